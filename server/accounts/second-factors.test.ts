import { equal, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { SettingsStore, Store } from '../ports/store.ts';
import { createSecondFactors, type SecondFactors } from './second-factors.ts';
import { codeOf, stepMs } from './totp.ts';
import { bytesOf } from './totp-fixture.ts';

const ana = {
  ...{ userId: 'ana', siteId: 's1', name: 'Ana', email: 'ana@x.example', passwordHash: '…' },
  ...{ guest: false, externalId: null, createdAtMs: 0, emailVerifiedAtMs: null },
};
const actor = {
  ...{ userId: 'ana', siteId: 's1', name: 'Ana', guest: false, siteAdmin: false },
  ...{ familyId: 'f1', expiresAtMs: 0 },
};

describe('a second factor, of which two processes know', () => {
  let store: Store;
  let nowMs: number;
  /** Awaited by who has read it, once. */
  let hasRead: () => Promise<unknown>;

  beforeEach(() => {
    nowMs = 100 * stepMs;
    hasRead = async () => {};
    store = createSqliteStore({ path: ':memory:' });
  });
  afterEach(() => store.close());

  function factors(settings: SettingsStore): SecondFactors {
    return createSecondFactors({
      store: { ...store, settings },
      clock: { nowMs: () => nowMs },
      ...{ key: new Uint8Array(32).fill(7), randomBytes, note: () => {} },
      proven: async () => ana,
      postman: { post: () => {}, settled: async () => {}, close: async () => {} },
    });
  }
  const here = (): SecondFactors => factors(store.settings);
  /** Of another process, which something comes between after it has read. */
  const there = (): SecondFactors =>
    factors({
      ...store.settings,
      async get(owner, kind) {
        const value = await store.settings.get(owner, kind);
        const wait = hasRead;
        hasRead = async () => {};
        await wait();
        return value;
      },
    });
  const next = (secret: string): string => {
    nowMs += stepMs;
    return codeOf(bytesOf(secret), Math.floor(nowMs / stepMs));
  };
  const turnOn = async () => {
    const { secret } = await here().begin(actor, 'password');
    return here().confirm(actor, next(secret));
  };

  it('[ID24] is not turned off by who had begun another one before it was on', async () => {
    hasRead = turnOn;
    await rejects(there().begin(actor, 'password'), { code: 'invalid' });
    equal((await here().look(actor)).on, true);

    await here().endFor(ana, 'ana');
    await here().begin(actor, 'password');
    hasRead = turnOn;
    await rejects(there().begin(actor, 'password'), { code: 'invalid' });
    equal((await here().look(actor)).on, true);
  });

  it('[ID25] has the codes for recovery that were shown, also where it is confirmed twice at once', async () => {
    const { secret } = await here().begin(actor, 'password');
    const first = next(secret);
    const second = next(secret);
    let shown: readonly string[] = [];
    hasRead = async () => {
      shown = (await here().confirm(actor, first)).recoveryCodes;
    };
    await rejects(there().confirm(actor, second));
    await here().pass(ana, shown[0]);
    equal((await here().look(actor)).recoveryCodesLeft, 9);
  });
});
