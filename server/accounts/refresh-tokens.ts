import { createHash, createHmac } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { RefreshRecord, SessionStore } from '../ports/store.ts';

/** What a refresh token led to. */
export interface Refreshed {
  readonly token: string;
  readonly userId: UserId;
  readonly familyId: string;
}

/**
 * Refresh tokens: opaque, 256 bit, stored hashed, each good for one use. All that descend from one sign-in are a
 * family; a token used twice means that somebody has a copy, and ends the family (RFC 9700, section 4.14.2).
 */
export interface RefreshTokens {
  /** @param livesMs how long it may lie unused @param device coarse: browser and operating system */
  begin(userId: UserId, livesMs: number, device?: string): Promise<Refreshed>;
  /**
   * Trades a token for its successor. Within {@link graceMs} of its use a token leads to the same successor again:
   * two tabs that share a cookie, or an answer lost in a tunnel, are no theft.
   *
   * @throws {JamzError} `unauthenticated`
   */
  rotate(token: string, lifetime: (userId: UserId) => Promise<Lifetime>): Promise<Refreshed>;
  /** Ends the sign-in that a token descends from. Quiet for a token that is not known. */
  end(token: string): Promise<void>;
}

/**
 * How long a successor lives: anew from each use, though the sign-in ends `atMostMs` after it began; or never past the
 * end that the sign-in had from its beginning.
 */
export type Lifetime =
  | { readonly kind: 'renewed'; readonly livesMs: number; readonly atMostMs: number }
  | { readonly kind: 'fixed' };

export const graceMs = 10_000;

export interface RefreshTokenDeps {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly key: Uint8Array;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Told once a sign-in has ended, so that its open sockets end too. */
  readonly onEnded: (familyId: string) => void;
  /** Told of a token that was used again after its time: somebody has a copy. */
  readonly onReused?: (userId: UserId, familyId: string) => Promise<void>;
}

export function createRefreshTokens({
  sessions,
  clock,
  key,
  randomBytes,
  onEnded,
  onReused,
}: RefreshTokenDeps): RefreshTokens {
  /** Derived, not drawn: the grace must return the same one, and the store has only its hash. */
  const successorOf = (token: string): string =>
    createHmac('sha256', key).update(token).digest('base64url');

  async function endFamily(familyId: string): Promise<void> {
    await sessions.revokeFamily(familyId);
    onEnded(familyId);
  }

  async function secondUse(token: string, record: RefreshRecord): Promise<Refreshed> {
    const { usedAtMs, familyId, userId } = record;
    if (usedAtMs !== null && clock.nowMs() - usedAtMs <= graceMs) {
      return { token: successorOf(token), userId, familyId };
    }
    await endFamily(familyId);
    await onReused?.(userId, familyId);
    throw signInAgain('This sign-in was used from somewhere else and has been ended');
  }

  return {
    async begin(userId, livesMs, device = '') {
      const token = Buffer.from(randomBytes(32)).toString('base64url');
      const familyId = Buffer.from(randomBytes(16)).toString('hex');
      const atMs = clock.nowMs();
      const first: RefreshRecord = {
        tokenHash: hashOf(token),
        familyId,
        userId,
        expiresAtMs: atMs + livesMs,
        usedAtMs: null,
        successorHash: null,
      };
      await sessions.create(first, { device, atMs });
      return { token, userId, familyId };
    },

    async rotate(token, lifetime) {
      const tokenHash = hashOf(token);
      const record = await sessions.get(tokenHash);
      if (!record || record.expiresAtMs <= clock.nowMs()) throw signInAgain('This sign-in is over');
      const { userId, familyId } = record;
      const family = await sessions.familyOf(familyId);
      if (!family) throw signInAgain('This sign-in has been ended');
      if (record.usedAtMs !== null) return secondUse(token, record);

      const lives = await lifetime(userId);
      const successor = successorOf(token);
      const outcome = await sessions.rotate(
        tokenHash,
        {
          tokenHash: hashOf(successor),
          familyId,
          userId,
          expiresAtMs:
            lives.kind === 'fixed'
              ? record.expiresAtMs
              : Math.min(clock.nowMs() + lives.livesMs, family.createdAtMs + lives.atMostMs),
          usedAtMs: null,
          successorHash: null,
        },
        clock.nowMs(),
      );
      if (outcome === 'rotated') return { token: successor, userId, familyId };
      // Another request was first between our read and our write.
      return secondUse(token, (await sessions.get(tokenHash)) ?? record);
    },

    async end(token) {
      const record = await sessions.get(hashOf(token));
      if (record) await endFamily(record.familyId);
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function signInAgain(reason: string): JamzError {
  return new JamzError('unauthenticated', `${reason}: sign in again`);
}
