import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import type { FileRecord, GroupRecord, Site, SiteWebhooks, Store, WebhookEvent } from './store.ts';

/** The part of the store's contract that is about sites, what they use and what they are told. */
export function sitesContract(store: () => Store): void {
  it('keeps all that is known of a site, and changes only what is named', async () => {
    const { sites } = store();
    await sites.put(site);
    await sites.put({ ...full, siteId: 's2', key: 'pk_two' });
    deepEqual(await sites.byId('s2'), { ...full, siteId: 's2', key: 'pk_two' });
    await Promise.all([
      sites.update('s1', { origins: ['https://a.example'] }),
      sites.update('s1', { policy: 'signed' }),
      sites.update('s1', { quotas: { groups: 3 } }),
      sites.update('nobody', { policy: 'open' }),
    ]);
    deepEqual(await sites.byKey('pk_one'), {
      ...site,
      origins: ['https://a.example'],
      policy: 'signed',
      quotas: { groups: 3 },
    });
    await sites.update('s2', { webhooks: null, previousSecret: null });
    equal((await sites.byId('s2'))?.webhooks ?? null, null);
  });

  it('lets one of two replace a secret, and finds a site by both', async () => {
    const { sites } = store();
    await sites.put({ ...site, secretHash: 'one', sealedSecret: 'x' });
    const next = (hash: string) => ({
      secretHash: hash,
      previousSecret: { hash: 'one', sealed: 'x', untilMs: 9 },
    });
    const if1 = { secretHash: 'one' };
    const both = [sites.update('s1', next('two'), if1), sites.update('s1', next('three'), if1)];
    deepEqual((await Promise.all(both)).sort(), ['changed', 'written']);
    const now = (await sites.byId('s1'))?.secretHash ?? '';
    equal((await sites.bySecretHash(now))?.siteId, 's1');
    equal((await sites.bySecretHash('one'))?.siteId, 's1');
    equal(await sites.bySecretHash(now === 'two' ? 'three' : 'two'), undefined);
    equal(await sites.update('s1', { secretHash: 'four' }, { secretHash: null }), 'changed');
  });

  it('lets one of two change webhooks, from nothing on', async () => {
    const { sites } = store();
    await sites.put(site);
    const to = (revision: number, url: string) =>
      sites.update(
        's1',
        { webhooks: { ...webhooks, url, revision } },
        { webhooksRevision: revision - 1 },
      );
    for (const revision of [1, 2]) {
      const both = await Promise.all([to(revision, 'https://a'), to(revision, 'https://b')]);
      deepEqual([...both].sort(), ['changed', 'written']);
      const { url } = (await sites.byId('s1'))?.webhooks ?? {};
      equal(url, both[0] === 'written' ? 'https://a' : 'https://b');
    }
    equal(await to(1, 'https://late'), 'changed');
  });

  it('lists the sites of who registered them', async () => {
    const { sites } = store();
    await sites.put(site);
    await sites.put({ ...full, siteId: 's3', key: 'pk_3', createdAtMs: 3 });
    await sites.put({ ...full, siteId: 's2', key: 'pk_2', createdAtMs: 2 });
    const ids = async (owner: string) => (await sites.ofOwner(owner)).map(({ siteId }) => siteId);
    deepEqual([await ids('ana'), await ids('bo')], [['s2', 's3'], []]);
  });

  it('[WH1] takes an event once, whatever became of it', async () => {
    const { webhookOutbox: box } = store();
    await Promise.all([box.add([event]), box.add([event])]);
    const [first] = await box.claim('s1', 10, 100, 9);
    deepEqual(first, {
      ...event,
      ...{ state: 'waiting', attempts: 0, nextAtMs: 100, problem: null, triedAtMs: null },
    });
    const done = { state: 'delivered', attempts: 1, nextAtMs: 0, problem: null, triedAtMs: 11 };
    await box.settle('e1', { ...done, state: 'delivered' });
    await box.add([event]);
    deepEqual(await box.claim('s1', 1_000, 2_000, 9), []);
    deepEqual(await box.list({}, 9), [{ ...event, ...done }]);
  });

  it('[WH2] gives an event to one of many who send, and to another when that one died', async () => {
    const { webhookOutbox: box } = store();
    await box.add(['e1', 'e2', 'e3'].map((eventId, index) => ({ ...event, eventId, atMs: index })));
    await box.add([{ ...event, eventId: 'other', siteId: 's2' }]);
    deepEqual([...(await box.dueSites(10, 9))].sort(), ['s1', 's2']);
    const claims = await Promise.all([1, 2, 3].map(() => box.claim('s1', 10, 100, 2)));
    const ids = claims.flat().map(({ eventId }) => eventId);
    deepEqual(ids.sort(), ['e1', 'e2', 'e3']);
    deepEqual(await box.dueSites(99, 9), ['s2']);
    const again = await box.claim('s1', 100, 200, 9);
    deepEqual(again.map(({ eventId }) => eventId).sort(), ['e1', 'e2', 'e3']);
  });

  it('[WH3] lists what was given up, begins it anew, and forgets what is old', async () => {
    const { webhookOutbox: box } = store();
    const dead = { state: 'dead', attempts: 12, nextAtMs: 0, problem: 'answered 500' } as const;
    for (const [index, eventId] of ['e1', 'e2', 'e3', 'e4'].entries()) {
      await box.add([{ ...event, eventId, atMs: index }]);
      if (eventId !== 'e4') await box.settle(eventId, { ...dead, triedAtMs: 50 });
    }
    await box.add([{ ...event, eventId: 'other', siteId: 's2' }]);
    const page = async (after?: { atMs: number; eventId: string }) => {
      const asked = { siteId: 's1', state: 'dead' as const, ...(after ? { after } : {}) };
      return (await box.list(asked, 2)).map(({ eventId }) => eventId);
    };
    deepEqual([await page(), await page({ atMs: 1, eventId: 'e2' })], [['e3', 'e2'], ['e1']]);
    equal(await box.retry('s2', 60, 'e1'), 0);
    equal(await box.retry('s1', 60, 'e1'), 1);
    equal(await box.retry('s1', 60, 'e4'), 0);
    equal(await box.retry('s1', 60), 2);
    const [first] = await box.list({ siteId: 's1', state: 'waiting' }, 9);
    equal(first?.attempts, 0);
    await box.settle('e1', { ...dead, triedAtMs: 50 });
    await box.settle('e2', { ...dead, state: 'delivered', problem: null, triedAtMs: 50 });
    await box.dropOld(50, 50);
    equal((await box.list({ siteId: 's1' }, 9)).length, 4);
    await box.dropOld(51, 50);
    await box.dropOld(51, 51);
    equal((await box.list({ siteId: 's1' }, 9)).length, 2);
  });

  it('[WH1] notes how far a log was looked through, and never goes back in a generation', async () => {
    const { webhookOutbox: box } = store();
    equal(await box.seenTo('g:road'), undefined);
    await Promise.all([box.noteSeen('g:road', 1, 9), box.noteSeen('g:road', 1, 7)]);
    deepEqual(await box.seenTo('g:road'), { generation: 1, seq: 9 });
    await box.noteSeen('g:road', 2, 4);
    await box.noteSeen('g:road', 1, 20);
    deepEqual(await box.seenTo('g:road'), { generation: 2, seq: 4 });
  });

  it('[SI4] gives an idempotency key to one request, and its answer to the others', async () => {
    const { idempotency } = store();
    const claim = { siteId: 's1', key: 'k', fingerprint: 'f', nowMs: 10, expiresAtMs: 100 };
    const begin = (over: object = {}) => idempotency.begin({ ...claim, abandonedMs: 0, ...over });
    const kinds = (await Promise.all([begin(), begin()])).map(({ kind }) => kind);
    deepEqual(kinds.sort(), ['mine', 'under-way']);
    equal((await begin({ fingerprint: 'g' })).kind, 'other');
    equal((await begin({ siteId: 's2' })).kind, 'mine');
    // Who had it died.
    equal((await begin({ nowMs: 50, abandonedMs: 11 })).kind, 'mine');
    equal((await begin({ nowMs: 51, abandonedMs: 11 })).kind, 'under-way');
    await idempotency.finish('s1', 'k', { status: 201, body: 'b' });
    deepEqual(await begin({ nowMs: 60, abandonedMs: 59 }), {
      kind: 'done',
      answer: { status: 201, body: 'b' },
    });
    await idempotency.release('s2', 'k');
    equal((await begin({ siteId: 's2', fingerprint: 'g' })).kind, 'mine');
    await idempotency.dropExpired(99);
    equal((await begin()).kind, 'done');
    await idempotency.dropExpired(100);
    equal((await begin()).kind, 'mine');
  });

  it('[SI5] counts what a site uses, and nothing of another', async () => {
    const { memberships, files, takedowns, usage } = store();
    for (const groupId of ['a', 'b', 'c']) await memberships.createGroup({ ...group, groupId });
    await memberships.createGroup({ ...group, groupId: 'd', siteId: 's2' });
    await memberships.updateGroup({ ...group, groupId: 'c', deleted: true });
    for (const [userId, groupId, siteId] of [
      ['ana', 'a', 's1'],
      ['ana', 'b', 's1'],
      ['bo', 'a', 's1'],
      ['bo', 'd', 's2'],
    ] as const) {
      await memberships.put({ userId, groupId, siteId, role: 'member' });
    }
    for (const [fileId, groupId] of [
      ['f1', 'a'],
      ['f2', 'b'],
      ['f3', 'a'],
      ['f4', 'd'],
    ] as const) {
      await files.put({ ...file, fileId, groupId });
    }
    await takedowns.add('f3', 5);
    deepEqual(await usage.countsOf('s1'), { groups: 2, members: 3, storageBytes: 200 });
    deepEqual(await usage.countsOf('none'), { groups: 0, members: 0, storageBytes: 0 });
  });

  it('[SI5] adds up the ops of a day, whoever counted them', async () => {
    const { usage } = store();
    await Promise.all([usage.addOps('s1', '2026-11-23', 3), usage.addOps('s1', '2026-11-23', 4)]);
    await usage.addOps('s2', '2026-11-23', 50);
    await usage.addOps('s1', '2026-11-24', 1);
    equal(await usage.addOps('s1', '2026-11-23', 0), 7);
    await usage.dropBefore('2026-11-24');
    equal(await usage.addOps('s1', '2026-11-23', 0), 0);
    equal(await usage.addOps('s1', '2026-11-24', 0), 1);
  });
}

const site: Site = {
  siteId: 's1',
  key: 'pk_one',
  name: 'One',
  policy: 'open',
  origins: ['*'],
  secretHash: null,
  sealedSecret: null,
  createdAtMs: 1,
};

const webhooks: SiteWebhooks = {
  url: 'https://a.example/hook',
  types: ['member.joined'],
  resolveTrackUrl: null,
  sinceMs: 4,
  sealedSecret: 'w',
  previous: { sealedSecret: 'v', untilMs: 9 },
};

const full: Site = {
  ...site,
  secretHash: 'hash',
  sealedSecret: 'sealed',
  previousSecret: { hash: 'before', sealed: 'sealed-before', untilMs: 5 },
  ownerId: 'ana',
  quotas: { members: 10, sockets: 4 },
  webhooks,
};

const event: WebhookEvent = {
  eventId: 'e1',
  siteId: 's1',
  type: 'member.joined',
  atMs: 5,
  data: { groupId: 'road', memberId: 'ana', count: 2, nothing: null },
};

const group: GroupRecord = {
  groupId: 'a',
  siteId: 's1',
  name: 'A',
  memberCount: 1,
  policies: { join: 'open', add: 'everyone', control: 'everyone' },
  deleted: false,
  place: null,
};

const file: FileRecord = {
  fileId: 'f1',
  groupId: 'a',
  uploadedBy: 'ana',
  bytesKey: 'a/f1',
  name: 'song.mp3',
  mediaType: 'audio/mpeg',
  bytes: 100,
  sha256: 'abc',
  title: 'Song',
  artist: null,
  durationMs: 1,
  artworkKey: null,
  artworkMediaType: null,
  peaks: null,
  createdAtMs: 1,
};
