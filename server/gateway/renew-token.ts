import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Authenticate } from '../access/actor.ts';
import { familyRoom, type Session } from './session.ts';

/**
 * Puts a fresh token in the place of one that will expire.
 *
 * @throws {JamzError} `forbidden` for the token of another person, and what `authenticate` throws
 */
export async function renewToken(
  session: Session,
  token: string,
  authenticate: Authenticate,
): Promise<void> {
  const { socket, siteKey, origin } = session;
  const actor = await authenticate(token, siteKey, origin);
  if (actor.userId !== session.actor.userId) {
    throw new JamzError('forbidden', 'This token is another person’s: open a socket of their own');
  }
  await socket.leave(familyRoom(session.actor.familyId));
  await socket.join(familyRoom(actor.familyId));
  session.actor = actor;
}
