import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import type { OneTimeToken, RefreshRecord, Store, UserRecord } from './store.ts';

/** The part of the store's contract that is about people and their sign-ins. */
export function peopleContract(
  store: () => Pick<Store, 'users' | 'sessions' | 'oneTimeTokens'>,
): void {
  it('gives an e-mail and an external id to one user of a site only', async () => {
    equal(await store().users.create(ana), 'written');
    equal(await store().users.create({ ...ana, userId: 'bo', externalId: 'x2' }), 'taken');
    equal(await store().users.create({ ...ana, userId: 'bo', email: 'bo@x.example' }), 'taken');
    equal(await store().users.create({ ...ana, userId: 'bo', siteId: 's2' }), 'written');
    deepEqual(await store().users.byEmail('s1', 'ana@x.example'), ana);
    deepEqual(await store().users.byExternalId('s1', 'x1'), ana);
    equal(await store().users.byId('nobody'), undefined);
  });

  it('lets any number of guests have no e-mail', async () => {
    const guest = { ...ana, guest: true, email: null, externalId: null, passwordHash: null };
    equal(await store().users.create({ ...guest, userId: 'g1' }), 'written');
    equal(await store().users.create({ ...guest, userId: 'g2' }), 'written');
  });

  it('renames a user, and nothing else of theirs', async () => {
    await store().users.create(ana);
    await store().users.rename('ana', 'Ana M.');
    await store().users.rename('nobody', 'N');
    deepEqual(await store().users.byId('ana'), { ...ana, name: 'Ana M.' });
  });

  it('spends a refresh token once, whoever comes together', async () => {
    await store().sessions.create(token('t1'), from);
    const both = await Promise.all([
      store().sessions.rotate('t1', token('t2'), 50),
      store().sessions.rotate('t1', token('t3'), 50),
    ]);
    deepEqual([...both].sort(), ['rotated', 'used']);
    const [successorHash, other] = both[0] === 'rotated' ? ['t2', 't3'] : ['t3', 't2'];
    const spent = { ...token('t1'), usedAtMs: 50, successorHash };
    deepEqual(await store().sessions.get('t1'), spent);
    equal((await store().sessions.get(successorHash))?.usedAtMs, null);
    equal(await store().sessions.get(other), undefined);
  });

  it('ends a whole family and lets none of its tokens rotate', async () => {
    await store().sessions.create(token('t1'), from);
    equal(await store().sessions.familyAlive('f1'), true);
    deepEqual(await store().sessions.familyOf('f1'), {
      ...{ familyId: 'f1', userId: 'ana', device: 'Tablet', createdAtMs: 5, lastUsedAtMs: 5 },
    });
    await store().sessions.revokeFamily('f1');
    equal(await store().sessions.familyAlive('f1'), false);
    equal(await store().sessions.familyOf('f1'), undefined);
    equal(await store().sessions.rotate('t1', token('t2'), 50), 'used');
    await store().sessions.dropExpired(1_000);
    equal(await store().sessions.get('t1'), undefined);
    equal(await store().sessions.familyAlive('f1'), false);
  });

  it('makes an account of a guest once, and of nobody else', async () => {
    const { users } = store();
    const guest = { ...ana, guest: true, email: null, passwordHash: null, externalId: null };
    await users.create(guest);
    await users.create({ ...ana, userId: 'bo', email: 'bo@x.example', externalId: null });
    const account = { name: 'Ana', email: 'ana@x.example', passwordHash: 'p' };
    equal(await users.upgrade('ana', { ...account, email: 'bo@x.example' }), 'taken');
    deepEqual(await users.byId('ana'), guest);
    const both = [users.upgrade('ana', account), users.upgrade('ana', account)];
    deepEqual((await Promise.all(both)).sort(), ['no-guest', 'written']);
    deepEqual(await users.byId('ana'), { ...guest, ...account, guest: false });
    equal(await users.upgrade('bo', account), 'no-guest');
    equal(await users.upgrade('nobody', account), 'no-guest');
  });

  it('notes that an address is somebody’s while it is theirs, and keeps the first time', async () => {
    const { users } = store();
    await users.create(ana);
    equal(await users.verifyEmail('ana', 'old@x.example', 5), false);
    equal((await users.byId('ana'))?.emailVerifiedAtMs, null);
    equal(await users.verifyEmail('ana', 'ana@x.example', 5), true);
    equal(await users.verifyEmail('ana', 'ana@x.example', 9), true);
    await users.setPassword('ana', 'new');
    deepEqual(await users.byId('ana'), { ...ana, emailVerifiedAtMs: 5, passwordHash: 'new' });
  });

  it('gives an account another address, unless that is another’s', async () => {
    const { users } = store();
    await users.create(ana);
    await users.create({ ...ana, userId: 'bo', email: 'bo@x.example', externalId: null });
    const guest = { ...ana, guest: true, email: null, passwordHash: null, externalId: null };
    await users.create({ ...guest, userId: 'g1' });
    equal(await users.changeEmail('ana', 'bo@x.example', 9), 'taken');
    deepEqual(await users.byId('ana'), ana);
    for (const nobody of ['g1', 'nobody']) {
      equal(await users.changeEmail(nobody, 'new@x.example', 9), 'no-account');
    }
    equal(await users.changeEmail('ana', 'new@x.example', 9), 'written');
    const changed = { ...ana, email: 'new@x.example', emailVerifiedAtMs: 9 };
    deepEqual(await users.byEmail('s1', 'new@x.example'), changed);
    equal(await users.byEmail('s1', 'ana@x.example'), undefined);
    equal(await users.changeEmail('bo', 'ana@x.example', 9), 'written');
  });

  it('lists the sign-ins of a person that can go on, the last used first', async () => {
    const { sessions } = store();
    await sessions.create(token('t1'), from);
    await sessions.create({ ...token('u1'), familyId: 'f2' }, { device: 'Phone', atMs: 7 });
    await sessions.create({ ...token('v1'), familyId: 'f3', expiresAtMs: 20 }, from);
    await sessions.create({ ...token('w1'), familyId: 'f4', userId: 'bo' }, from);
    const tablet = { familyId: 'f1', userId: 'ana', device: 'Tablet', createdAtMs: 5 };
    const phone = { familyId: 'f2', userId: 'ana', device: 'Phone', createdAtMs: 7 };
    deepEqual(await sessions.familiesOf('ana', 20), [
      { ...phone, lastUsedAtMs: 7 },
      { ...tablet, lastUsedAtMs: 5 },
    ]);
    await sessions.rotate('t1', token('t2'), 50);
    deepEqual(await sessions.familiesOf('ana', 60), [
      { ...tablet, lastUsedAtMs: 50 },
      { ...phone, lastUsedAtMs: 7 },
    ]);
    await sessions.revokeFamily('f2');
    deepEqual(await sessions.familiesOf('ana', 60), [{ ...tablet, lastUsedAtMs: 50 }]);
  });

  it('ends all sign-ins of a person but one, and says which those were', async () => {
    const { sessions } = store();
    for (const familyId of ['f1', 'f2', 'f3', 'f4']) {
      const userId = familyId === 'f4' ? 'bo' : 'ana';
      await sessions.create({ ...token(`of-${familyId}`), familyId, userId }, from);
    }
    await sessions.revokeFamily('f3');
    deepEqual(await sessions.revokeAllOf('ana', 'f1'), ['f2']);
    const alive = await Promise.all(['f1', 'f2', 'f4'].map((id) => sessions.familyAlive(id)));
    deepEqual(alive, [true, false, true]);
    deepEqual(await sessions.revokeAllOf('ana'), ['f1']);
    deepEqual(await sessions.revokeAllOf('ana'), []);
  });

  it('hands a token of a mail out once, in its time and for its purpose', async () => {
    const { oneTimeTokens } = store();
    await oneTimeTokens.create(mailed);
    equal(await oneTimeTokens.take('m1', 'reset-password', 10), undefined);
    equal(await oneTimeTokens.take('m2', 'verify-email', 10), undefined);
    equal(await oneTimeTokens.take('m1', 'verify-email', 100), undefined);
    const takes = [1, 2, 3].map(() => oneTimeTokens.take('m1', 'verify-email', 99));
    deepEqual(
      (await Promise.all(takes)).filter((taken) => taken),
      [mailed],
    );
  });

  it('forgets the tokens of a person and those that expired', async () => {
    const { oneTimeTokens } = store();
    await oneTimeTokens.create(mailed);
    await oneTimeTokens.create({ ...mailed, tokenHash: 'm2', purpose: 'reset-password' });
    await oneTimeTokens.create({ ...mailed, tokenHash: 'm3', expiresAtMs: 200 });
    await oneTimeTokens.dropOf('ana', 'reset-password');
    equal(await oneTimeTokens.take('m2', 'reset-password', 10), undefined);
    await oneTimeTokens.dropExpired(100);
    equal(await oneTimeTokens.take('m1', 'verify-email', 10), undefined);
    equal((await oneTimeTokens.take('m3', 'verify-email', 10))?.userId, 'ana');
  });
}

const from = { device: 'Tablet', atMs: 5 };

const mailed: OneTimeToken = {
  tokenHash: 'm1',
  purpose: 'verify-email',
  userId: 'ana',
  email: 'ana@x.example',
  expiresAtMs: 100,
};

const ana: UserRecord = {
  userId: 'ana',
  siteId: 's1',
  name: 'Ana',
  guest: false,
  email: 'ana@x.example',
  emailVerifiedAtMs: null,
  passwordHash: '$argon2id$…',
  externalId: 'x1',
  createdAtMs: 1,
};

function token(tokenHash: string): RefreshRecord {
  return {
    tokenHash,
    familyId: 'f1',
    userId: 'ana',
    expiresAtMs: 1_000,
    usedAtMs: null,
    successorHash: null,
  };
}
