import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../../server/access/actor.ts';

export const siteId = 's1';
const tokenLivesMs = 10 * 60_000;
const freshMs = 60_000;

/** Who gives out tokens and knows what they say. */
export interface Authority {
  issue(userId: string, serverNowMs: number): string;
  /** @throws {JamzError} `unauthenticated`, `token-expired` */
  actorOf(token: string, serverNowMs: number): Actor;
  /** Every token given out is expired from now on, but for the newest: a fresh one that is refused means signed out. */
  expireAll(nowMs: number): void;
}

export function createAuthority(): Authority {
  let refusedBeforeMs = 0;
  return {
    issue: (userId, serverNowMs) => `${userId} ${serverNowMs + tokenLivesMs} ${serverNowMs}`,
    actorOf(token, serverNowMs) {
      const [userId = '', expires = '', made = ''] = token.split(' ');
      if (userId === '') throw new JamzError('unauthenticated', 'This token is not ours');
      const expiresAtMs = Number(expires);
      if (expiresAtMs <= serverNowMs || Number(made) < refusedBeforeMs) {
        throw new JamzError('token-expired', 'The token has expired: renew it');
      }
      return {
        userId,
        siteId,
        name: userId,
        guest: false,
        siteAdmin: false,
        familyId: `family-${userId}`,
        expiresAtMs,
      };
    },
    expireAll(nowMs) {
      refusedBeforeMs = nowMs - freshMs;
    },
  };
}
