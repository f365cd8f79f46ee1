import type { Socket } from 'socket.io';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { newestAcceptedVersion, oldestAcceptedVersion } from '../../sdk/protocol/version.ts';
import type { Actor, Authenticate } from '../access/actor.ts';

export interface Introduction {
  readonly actor: Actor;
  readonly siteKey: string;
  readonly origin: string | undefined;
}

/**
 * Finds out who opens a socket, from the `auth` of its handshake: `{version, site, token}`.
 *
 * @throws {JamzError} `invalid`, `update-needed`, and what `authenticate` throws
 */
export async function introduce(socket: Socket, authenticate: Authenticate): Promise<Introduction> {
  const { version, site, token }: Readonly<Record<string, unknown>> = socket.handshake.auth;
  if (typeof version !== 'number' || typeof site !== 'string' || typeof token !== 'string') {
    throw new JamzError('invalid', 'The handshake needs auth {version, site, token}');
  }
  if (version > newestAcceptedVersion || version < oldestAcceptedVersion) {
    throw new JamzError(
      'update-needed',
      `Protocol version ${version}: this server speaks ${oldestAcceptedVersion} to ${newestAcceptedVersion}`,
    );
  }
  const { origin } = socket.handshake.headers;
  return { actor: await authenticate(token, site, origin), siteKey: site, origin };
}
