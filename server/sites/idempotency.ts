import { createHash, createHmac } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { openSealed, sealText } from '../accounts/site-secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore } from '../ports/store.ts';

/** Makes the ids of what a request creates: the same ones when it is sent again under its key. */
export type MakeId = (what: string, length?: number) => string;

/** Requests that take effect once, however often they are sent. */
export interface Idempotency {
  /**
   * Does the work once for each key and site, and gives its answer again for a day.
   *
   * @param request `key` as the caller chose it, undefined for none: then it is simply done
   * @throws {JamzError} `invalid` where the key was used for another request, `unavailable` while the first is under way
   */
  once<T>(
    siteId: string,
    request: { readonly key: string | undefined; readonly name: string; readonly body: unknown },
    work: (makeId: MakeId) => Promise<T>,
  ): Promise<T>;
}

export interface IdempotencyDeps {
  readonly store: IdempotencyStore;
  readonly clock: Clock;
  /** Answers may hold secrets: they are kept sealed. */
  readonly sealingKey: Uint8Array;
  readonly randomBytes: (count: number) => Uint8Array;
}

const livesMs = 24 * 3_600_000;
/** Who began so long ago and gave no answer has died. */
const abandonedAfterMs = 60_000;

export function createIdempotency(deps: IdempotencyDeps): Idempotency {
  const { store, clock, sealingKey, randomBytes } = deps;

  const idsFrom =
    (seed: string): MakeId =>
    (what, length = 16) => {
      const digest = createHmac('sha256', sealingKey).update(`${seed} ${what}`).digest();
      return [...digest.subarray(0, length)].map((byte) => alphabet[byte % 36]).join('');
    };

  return {
    async once(siteId, { key, name, body }, work) {
      if (key === undefined) return work(idsFrom(Buffer.from(randomBytes(16)).toString('hex')));
      if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
        throw new JamzError('invalid', 'Idempotency-Key has 1 to 200 characters without spaces');
      }
      const fingerprint = createHash('sha256')
        .update(JSON.stringify([name, body]))
        .digest('hex');
      const nowMs = clock.nowMs();
      const state = await store.begin({
        ...{ siteId, key, fingerprint, nowMs },
        ...{ expiresAtMs: nowMs + livesMs, abandonedMs: nowMs - abandonedAfterMs },
      });
      switch (state.kind) {
        case 'other':
          throw new JamzError('invalid', 'This Idempotency-Key was used for another request');
        case 'under-way':
          throw new JamzError('unavailable', 'The first request of this key is under way', {
            retryAfterMs: 1_000,
          });
        case 'done':
          return answered(state.answer.body, sealingKey);
        case 'mine':
      }
      try {
        const answer = await work(idsFrom(`${siteId} ${key}`));
        const text = sealText(JSON.stringify(answer ?? null), sealingKey, randomBytes(12));
        await store.finish(siteId, key, { status: 200, body: text });
        return answer;
      } catch (error) {
        // What it may have begun goes by the same ids when it is sent again.
        await store.release(siteId, key).catch(() => {});
        throw error;
      }
    },
  };
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

function answered<T>(body: string | null, sealingKey: Uint8Array): T {
  const text = body === null ? undefined : openSealed(body, sealingKey);
  if (text === undefined) {
    throw new JamzError(
      'unavailable',
      'The answer was kept under another AUTH_SECRET: use a new key',
    );
  }
  // Written by `once` for the same request.
  return JSON.parse(text) as T;
}
