import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import type { PushSubscriptionRecord, Store } from './store.ts';

/** The part of the store's contract that is about push messages, and about what people chose. */
export function pushContract(store: () => Store): void {
  const idsOf = async (...userIds: string[]) =>
    (await store().pushes.ofUsers(userIds)).map(({ subscriptionId }) => subscriptionId).sort();

  it('keeps the browsers of each person that show push messages', async () => {
    const { pushes } = store();
    await pushes.put(phone);
    await pushes.put({ ...phone, subscriptionId: 'p2', endpoint: 'https://push.example/2' });
    await pushes.put({ ...phone, subscriptionId: 'p3', userId: 'bo' });
    deepEqual(await pushes.get('p1'), phone);
    equal(await pushes.get('none'), undefined);
    deepEqual(await idsOf('ana'), ['p1', 'p2']);
    deepEqual(await idsOf('ana', 'bo', 'cem'), ['p1', 'p2', 'p3']);
    deepEqual(await idsOf(), []);
  });

  it('[WP5] gives a browser in which somebody else signs in to them', async () => {
    const { pushes } = store();
    await pushes.put(phone);
    await pushes.put({ ...phone, userId: 'bo', familyId: 'fam2' });
    deepEqual([await idsOf('ana'), await idsOf('bo')], [[], ['p1']]);
  });

  it('[WP5] forgets one browser, or those of one sign-in', async () => {
    const { pushes } = store();
    await pushes.put(phone);
    await pushes.put({ ...phone, subscriptionId: 'p2' });
    await pushes.put({ ...phone, subscriptionId: 'p3', familyId: 'fam2' });
    await pushes.drop('p1');
    await pushes.drop('p1');
    deepEqual(await idsOf('ana'), ['p2', 'p3']);
    await pushes.dropOfFamily('fam1');
    deepEqual(await idsOf('ana'), ['p3']);
  });

  it('[WP3] lets one of many have a message, until that is forgotten', async () => {
    const { pushes } = store();
    const claims = [1, 2, 3, 4].map(() => pushes.claim('op1', 1_000));
    equal((await Promise.all(claims)).filter(Boolean).length, 1);
    equal(await pushes.claim('op2', 2_000), true);
    await pushes.dropExpired(1_000);
    equal(await pushes.claim('op1', 3_000), true);
    equal(await pushes.claim('op2', 3_000), false);
  });

  it('keeps what people and sites chose, each kind apart', async () => {
    const { settings } = store();
    await settings.put('u:ana', 'push', '{"a":1}');
    await settings.put('u:ana', 'push', '{"a":2}');
    await settings.put('u:ana', 'history', '{}');
    await settings.put('s:s1', 'history', '{"days":9}');
    equal(await settings.get('u:ana', 'push'), '{"a":2}');
    equal(await settings.get('u:bo', 'push'), undefined);
    const page = async (after: 's:s1' | null) =>
      (await settings.all('history', after, 1)).map(({ owner, value }) => `${owner} ${value}`);
    deepEqual([await page(null), await page('s:s1')], [['s:s1 {"days":9}'], ['u:ana {}']]);
    equal(await settings.replace('u:ana', 'push', '{"a":1}', '{"a":3}'), false);
    equal(await settings.replace('u:bo', 'push', '{"a":2}', '{"a":3}'), false);
    const both = ['{"a":3}', '{"a":4}'].map((value) =>
      settings.replace('u:ana', 'push', '{"a":2}', value),
    );
    // Of two who read the same one is second.
    equal((await Promise.all(both)).filter(Boolean).length, 1);
    await settings.put('u:ana', 'push', '{"a":2}');
    const made = ['1', '2'].map((value) => settings.replace('u:cem', 'push', undefined, value));
    equal((await Promise.all(made)).filter(Boolean).length, 1);
    equal(await settings.replace('u:ana', 'push', undefined, '{}'), false);
    await settings.drop('s:s1', 'history');
    await settings.drop('s:s1', 'history');
    deepEqual([await page(null), await settings.get('u:ana', 'push')], [['u:ana {}'], '{"a":2}']);
  });

  it('[ID12] leaves neither browsers nor choices of a person who is erased', async () => {
    const { pushes, settings, users, personal } = store();
    await users.create(ana);
    await pushes.put(phone);
    await settings.put('u:ana', 'push', '{}');
    await settings.put('u:anabel', 'push', '{}');
    await personal.beginErasure('ana', { name: 'x', atMs: 30, alsoFiles: false });
    await personal.finishErasure('ana');
    deepEqual(await idsOf('ana'), []);
    equal(await settings.get('u:ana', 'push'), undefined);
    equal(await settings.get('u:anabel', 'push'), '{}');
  });
}

const phone: PushSubscriptionRecord = {
  subscriptionId: 'p1',
  userId: 'ana',
  siteId: 's1',
  familyId: 'fam1',
  endpoint: 'https://push.example/1',
  p256dh: 'BK…',
  auth: 'x',
  language: 'en',
  page: 'https://host.example/trip',
  createdAtMs: 5,
};

const ana = {
  ...{ userId: 'ana', siteId: 's1', name: 'Ana', guest: true, email: null },
  ...{ emailVerifiedAtMs: null, passwordHash: null, externalId: null, createdAtMs: 1 },
};
