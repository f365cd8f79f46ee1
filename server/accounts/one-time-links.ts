import { createHash } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { OneTimePurpose, OneTimeToken, OneTimeTokenStore } from '../ports/store.ts';

/** Secrets that are sent to an address and work once: 256 bits, stored as a hash. */
export interface OneTimeLinks {
  make(
    purpose: OneTimePurpose,
    person: { readonly userId: UserId; readonly email: string },
  ): Promise<string>;
  /** Spends it. @throws {JamzError} `gone` for one that expired, was used, or never was */
  take(purpose: OneTimePurpose | readonly OneTimePurpose[], token: string): Promise<OneTimeToken>;
  /** Makes worthless what a person was sent for this purpose. */
  dropOf(userId: UserId, purpose: OneTimePurpose): Promise<void>;
}

/** How long each is good. */
export const linkLivesMs: Readonly<Record<OneTimePurpose, number>> = {
  'verify-email': 24 * 3_600_000,
  'reset-password': 3_600_000,
  'change-email': 24 * 3_600_000,
};

export interface OneTimeLinksDeps {
  readonly tokens: OneTimeTokenStore;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
}

export function createOneTimeLinks({ tokens, clock, randomBytes }: OneTimeLinksDeps): OneTimeLinks {
  return {
    async make(purpose, { userId, email }) {
      const token = Buffer.from(randomBytes(32)).toString('base64url');
      const expiresAtMs = clock.nowMs() + linkLivesMs[purpose];
      await tokens.create({ tokenHash: hashOf(token), purpose, userId, email, expiresAtMs });
      return token;
    },
    async take(purpose, token) {
      const purposes = typeof purpose === 'string' ? [purpose] : purpose;
      for (const one of purposes) {
        const found = await tokens.take(hashOf(token), one, clock.nowMs());
        if (found) return found;
      }
      throw new JamzError('gone', 'This link has expired or was used already: ask for a new one');
    },
    dropOf: (userId, purpose) => tokens.dropOf(userId, purpose),
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
