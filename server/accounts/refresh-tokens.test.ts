import { deepEqual, equal, notEqual, rejects } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../ports/store.ts';
import {
  createRefreshTokens,
  graceMs,
  type Lifetime,
  type RefreshTokens,
} from './refresh-tokens.ts';

const livesMs = 1_000_000;
const renewed = async (): Promise<Lifetime> => ({
  kind: 'renewed',
  livesMs,
  atMostMs: 10 * livesMs,
});
const fixed = async (): Promise<Lifetime> => ({ kind: 'fixed' });
const ended = { code: 'unauthenticated' };

describe('refresh tokens', () => {
  let store: Store;
  let nowMs: number;
  let tokens: RefreshTokens;
  let endedFamilies: string[];

  beforeEach(async () => {
    nowMs = 1_000;
    endedFamilies = [];
    store = createSqliteStore({ path: ':memory:' });
    await store.sites.put({
      siteId: 'site',
      key: 'pk_a',
      name: 'A',
      policy: 'open',
      origins: ['*'],
      secretHash: null,
      sealedSecret: null,
      createdAtMs: 0,
    });
    await store.users.create({
      userId: 'ann',
      siteId: 'site',
      name: 'Ann',
      guest: true,
      email: null,
      emailVerifiedAtMs: null,
      passwordHash: null,
      externalId: null,
      createdAtMs: 0,
    });
    tokens = createRefreshTokens({
      sessions: store.sessions,
      clock: { nowMs: () => nowMs },
      key: randomBytes(32),
      randomBytes,
      onEnded: (familyId) => endedFamilies.push(familyId),
    });
  });
  afterEach(() => store.close());

  it('have 256 bits and are stored as a hash only', async () => {
    const { token } = await tokens.begin('ann', livesMs);
    equal(Buffer.from(token, 'base64url').length, 32);
    equal(await store.sessions.get(token), undefined);
    const hash = createHash('sha256').update(token).digest('hex');
    equal((await store.sessions.get(hash))?.userId, 'ann');
  });

  it('lead to a new one of the same family', async () => {
    const first = await tokens.begin('ann', livesMs);
    const second = await tokens.rotate(first.token, renewed);
    notEqual(second.token, first.token);
    equal(second.familyId, first.familyId);
    equal(second.userId, 'ann');
  });

  it('lead to the same successor again within the grace, as two tabs with one cookie need', async () => {
    const { token } = await tokens.begin('ann', livesMs);
    const once = await tokens.rotate(token, renewed);
    nowMs += graceMs;
    equal((await tokens.rotate(token, renewed)).token, once.token);
  });

  it('lead to one successor when two requests race', async () => {
    const { token } = await tokens.begin('ann', livesMs);
    const [one, other] = await Promise.all([
      tokens.rotate(token, renewed),
      tokens.rotate(token, renewed),
    ]);
    equal(one.token, other.token);
  });

  it('end the family when one is used again after the grace', async () => {
    const { token, familyId } = await tokens.begin('ann', livesMs);
    const { token: successor } = await tokens.rotate(token, renewed);
    nowMs += graceMs + 1;
    await rejects(tokens.rotate(token, renewed), ended);
    equal(await store.sessions.familyAlive(familyId), false);
    deepEqual(endedFamilies, [familyId]);
    await rejects(tokens.rotate(successor, renewed), ended);
  });

  it('do not outlive their time, and live anew from each use', async () => {
    const { token } = await tokens.begin('ann', livesMs);
    nowMs += livesMs - 1;
    const { token: successor } = await tokens.rotate(token, renewed);
    nowMs += livesMs - 1;
    const last = await tokens.rotate(successor, renewed);
    nowMs += livesMs;
    await rejects(tokens.rotate(last.token, renewed), ended);
  });

  it('[ID19] end with their sign-in a year after it began, however often they are used', async () => {
    let { token } = await tokens.begin('ann', livesMs);
    for (let uses = 0; uses < 19; uses++) {
      nowMs += livesMs / 2;
      token = (await tokens.rotate(token, renewed)).token;
    }
    nowMs += livesMs / 2 - 1;
    token = (await tokens.rotate(token, renewed)).token;
    nowMs += 1;
    await rejects(tokens.rotate(token, renewed), ended);
  });

  it('of an identity that the site signed end with the sign-in, however often they are used', async () => {
    const { token } = await tokens.begin('ann', livesMs);
    nowMs += livesMs - 1;
    const { token: successor } = await tokens.rotate(token, fixed);
    nowMs += 1;
    await rejects(tokens.rotate(successor, fixed), ended);
  });

  it('are refused when nobody issued them', async () => {
    await rejects(tokens.rotate('made up', renewed), ended);
  });

  it('end with the sign-out of any of their family', async () => {
    const { token, familyId } = await tokens.begin('ann', livesMs);
    const { token: successor } = await tokens.rotate(token, renewed);
    await tokens.end(token);
    deepEqual(endedFamilies, [familyId]);
    await rejects(tokens.rotate(successor, renewed), ended);
  });

  it('leave other sign-ins of the same person alone', async () => {
    const phone = await tokens.begin('ann', livesMs);
    const laptop = await tokens.begin('ann', livesMs);
    await tokens.end(phone.token);
    equal((await tokens.rotate(laptop.token, renewed)).familyId, laptop.familyId);
  });
});
