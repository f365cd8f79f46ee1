import { deepEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../ports/store.ts';
import { createDevices, type Devices, maxDevices } from './devices.ts';
import { createRefreshTokens, type RefreshTokens } from './refresh-tokens.ts';

const livesMs = 1_000_000;

describe('the sign-ins of one person', () => {
  let store: Store;
  let nowMs: number;
  let tokens: RefreshTokens;
  let devices: Devices;
  let ended: string[];

  beforeEach(() => {
    nowMs = 1_000;
    ended = [];
    store = createSqliteStore({ path: ':memory:' });
    const clock = { nowMs: () => nowMs };
    const onEnded = (familyId: string) => ended.push(familyId);
    const { sessions } = store;
    devices = createDevices({ sessions, clock, note: () => {}, onEnded });
    tokens = createRefreshTokens({
      ...{ sessions, clock, onEnded, randomBytes, key: randomBytes(32) },
    });
  });
  afterEach(() => store.close());

  async function signIn(userId = 'ana'): Promise<{ token: string; familyId: string }> {
    nowMs += 1;
    const begun = await tokens.begin(userId, livesMs);
    await devices.keepWithin({ siteId: 's1', userId }, begun.familyId);
    return begun;
  }

  it('[ID19] are a hundred at most: with one more that which was not used for longest ends', async () => {
    const oldest = await signIn();
    const second = await signIn();
    const others = await signIn('bo');
    for (let more = 2; more < maxDevices; more++) await signIn();
    deepEqual(ended, []);
    await tokens.rotate(oldest.token, async () => ({
      ...{ kind: 'renewed', livesMs, atMostMs: livesMs },
    }));
    await signIn();
    deepEqual(ended, [second.familyId]);
    deepEqual((await store.sessions.familiesOf('ana', nowMs)).length, maxDevices);
    deepEqual(await store.sessions.familyAlive(others.familyId), true);
  });

  it('[ID19] never end with the sign-in that is just made', async () => {
    // A clock that went back makes it the oldest of all.
    for (let more = 0; more < maxDevices; more++) await signIn();
    nowMs = 0;
    const newest = await signIn();
    deepEqual(await store.sessions.familyAlive(newest.familyId), true);
    deepEqual(ended.length, 1);
  });
});
