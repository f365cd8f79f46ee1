import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { logContract } from './log.contract.ts';
import { logLifeContract } from './log-life.contract.ts';
import { peopleContract } from './people.contract.ts';
import { personalContract } from './personal.contract.ts';
import { pushContract } from './push.contract.ts';
import { safetyContract } from './safety.contract.ts';
import { sitesContract } from './sites.contract.ts';
import type { FileRecord, GroupRecord, Site, Store } from './store.ts';
import { tripsContract } from './trips.contract.ts';

/** What every store must do. Each test gets an empty one from `makeStore`. */
export function storeContract(name: string, makeStore: () => Promise<Store>): void {
  describe(`${name} keeps the store's promise`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await makeStore();
    });
    afterEach(() => store.close());

    logContract(() => store);
    logLifeContract(() => store);
    peopleContract(() => store);
    personalContract(() => store);
    safetyContract(() => store);
    pushContract(() => store);
    sitesContract(() => store);
    tripsContract(() => store);

    it('[SN3] replaces a snapshot only by one further on', async () => {
      const at = (generation: number, seq: number, foldVersion = 1) =>
        store.snapshots.put('g:road', {
          cursor: [generation, seq, `h${seq}`],
          atMs: 5,
          foldVersion,
          bytes: Uint8Array.of(seq),
        });
      equal(await at(1, 7), 'written');
      equal(await at(1, 7), 'older');
      equal(await at(1, 6), 'older');
      equal(await at(1, 9), 'written');
      equal(await at(1, 9, 2), 'written');
      equal(await at(2, 4), 'written');
      deepEqual(await store.snapshots.get('g:road'), {
        cursor: [2, 4, 'h4'],
        atMs: 5,
        foldVersion: 1,
        bytes: Uint8Array.of(4),
      });
      equal(await store.snapshots.get('g:other'), undefined);
    });

    it('[OP6] remembers the first refusal of a number until it expires', async () => {
      const refused = { number: 4, code: 'forbidden', message: 'not yours' } as const;
      await store.refusals.put('g:road', 'phone', [refused], 1_000);
      await store.refusals.put('g:road', 'phone', [{ ...refused, code: 'invalid' }], 2_000);
      const known = await store.refusals.get('g:road', 'phone', [3, 4]);
      deepEqual([...known], [[4, { code: 'forbidden', message: 'not yours' }]]);
      equal((await store.refusals.get('g:road', 'tablet', [4])).size, 0);

      await store.refusals.dropExpired(1_000);
      equal((await store.refusals.get('g:road', 'phone', [4])).size, 0);
    });

    it('finds sites by key and id and overwrites them', async () => {
      await store.sites.put(site);
      await store.sites.put({ ...site, name: 'Renamed', origins: ['*'] });
      deepEqual(await store.sites.byKey('pk_demo'), { ...site, name: 'Renamed', origins: ['*'] });
      deepEqual(await store.sites.byId('s1'), await store.sites.byKey('pk_demo'));
      equal((await store.sites.list()).length, 1);
      equal(await store.sites.byKey('pk_none'), undefined);
      equal(await store.sites.bySecretHash('abc'), undefined);
      await store.sites.put({ ...site, secretHash: 'abc' });
      equal((await store.sites.bySecretHash('abc'))?.siteId, 's1');
    });

    it('lists the groups a user is in, with the role, but for deleted ones', async () => {
      equal(await store.memberships.createGroup(group), 'written');
      equal(
        await store.memberships.createGroup({ ...group, groupId: 'sea', place: null }),
        'written',
      );
      const of = { userId: 'ana', siteId: 's1', role: 'member' } as const;
      await store.memberships.put({ ...of, groupId: 'road' });
      await store.memberships.put({ ...of, groupId: 'sea' });
      await store.memberships.put({ ...of, groupId: 'road', role: 'owner' });
      await store.memberships.updateGroup({ ...group, groupId: 'sea', place: null, deleted: true });
      deepEqual(await store.memberships.ofUser('ana'), [{ ...group, role: 'owner' }]);
      await store.memberships.remove('ana', 'road');
      deepEqual(await store.memberships.ofUser('ana'), []);
      deepEqual(await store.memberships.group('road'), group);
    });

    it('makes one group for a place of a site', async () => {
      equal(await store.memberships.createGroup(group), 'written');
      equal(await store.memberships.createGroup({ ...group, groupId: 'other' }), 'taken');
      equal((await store.memberships.groupByPlace('s1', '/trip'))?.groupId, 'road');
      equal(await store.memberships.groupByPlace('s2', '/trip'), undefined);
    });

    it('lists the groups of a site page by page, but for deleted ones', async () => {
      for (const groupId of ['c', 'a', 'b', 'd']) {
        await store.memberships.createGroup({ ...group, groupId, place: null });
      }
      await store.memberships.createGroup({ ...group, groupId: 'e', siteId: 's2' });
      await store.memberships.updateGroup({ ...group, groupId: 'b', place: null, deleted: true });
      const page = async (after: string | null) =>
        (await store.memberships.ofSite('s1', after, 2)).map(({ groupId }) => groupId);
      deepEqual([await page(null), await page('c'), await page('d')], [['a', 'c'], ['d'], []]);
    });

    it('knows who came by a code', async () => {
      await store.invitations.noteUse('code1', 'ana');
      await store.invitations.noteUse('code1', 'ana');
      equal(await store.invitations.wasUsedBy('code1', ['bo', 'ana']), true);
      equal(await store.invitations.wasUsedBy('code1', ['bo']), false);
      equal(await store.invitations.wasUsedBy('code1', []), false);
      equal(await store.invitations.wasUsedBy('code2', ['ana']), false);
    });

    it('keeps an invitation code with its first group', async () => {
      await store.invitations.put('code1', 'road');
      await store.invitations.put('code1', 'sea');
      equal(await store.invitations.groupOf('code1'), 'road');
      equal(await store.invitations.groupOf('code2'), undefined);
    });

    it('keeps what is known of a file and finds it by its bytes within the group', async () => {
      await store.files.put(file);
      const known = { ...file, peaks: Uint8Array.of(1, 255), artist: 'Nova' };
      await store.files.put(known);
      deepEqual(await store.files.get('f1'), known);
      equal((await store.files.bySha256('road', 'abc'))?.fileId, 'f1');
      equal(await store.files.bySha256('sea', 'abc'), undefined);
    });

    it('counts what a person uploaded, but for what was taken down, and pages through all files', async () => {
      for (const [fileId, uploadedBy, bytes] of [
        ['f3', 'ana', 5],
        ['f1', 'ana', 10],
        ['f2', 'bo', 100],
        ['f4', 'ana', 1_000],
      ] as const) {
        await store.files.put({ ...file, fileId, uploadedBy, bytes });
      }
      await store.takedowns.add('f4', 1);
      await store.files.put({ ...file, fileId: 'f5', bytesKey: 'demo/shared', bytes: 10_000 });
      deepEqual(await store.files.usageOf('ana'), { files: 2, bytes: 15 });
      deepEqual(await store.files.usageOf('nobody'), { files: 0, bytes: 0 });
      const page = async (after: string | null) =>
        (await store.files.page(after, 2)).map(({ fileId }) => fileId);
      deepEqual(
        [await page(null), await page('f2'), await page('f4')],
        [['f1', 'f2'], ['f3', 'f4'], ['f5']],
      );
    });

    it('writes a fact only where it is new, and returns what stands', async () => {
      const [one, two] = await Promise.all([
        store.meta.putIfAbsent('secret', 'one'),
        store.meta.putIfAbsent('secret', 'two'),
      ]);
      equal(one, two);
      equal(await store.meta.get('secret'), one);
      equal(await store.meta.putIfAbsent('secret', 'three'), one);
      equal(await store.meta.get('nothing'), undefined);
    });

    it('writes what waits when it is closed, and refuses what comes after', async () => {
      const waiting = store.meta.putIfAbsent('late', 'yes');
      await store.close();
      equal(await waiting, 'yes');
      await rejects(store.meta.putIfAbsent('later', 'no'), JamzError);
    });
  });
}

const site: Site = {
  siteId: 's1',
  key: 'pk_demo',
  name: 'Demo',
  policy: 'open',
  origins: ['https://a.example'],
  secretHash: null,
  sealedSecret: null,
  createdAtMs: 1,
};

const group: GroupRecord = {
  groupId: 'road',
  siteId: 's1',
  name: 'Road trip',
  memberCount: 1,
  policies: { join: 'open', add: 'everyone', control: 'everyone' },
  deleted: false,
  place: '/trip',
};

const file: FileRecord = {
  fileId: 'f1',
  groupId: 'road',
  uploadedBy: 'ana',
  bytesKey: 'road/f1',
  name: 'song.mp3',
  mediaType: 'audio/mpeg',
  bytes: 3,
  sha256: 'abc',
  title: 'Song',
  artist: null,
  durationMs: 1234.5,
  artworkKey: null,
  artworkMediaType: null,
  peaks: null,
  createdAtMs: 1,
};
