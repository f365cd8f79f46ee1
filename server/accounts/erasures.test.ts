import { deepEqual, doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { formatHlc } from '../../sdk/protocol/hlc.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { FileRecord } from '../ports/store.ts';
import {
  actor,
  createSyncBench,
  groupState,
  road,
  type SyncBench,
  testReplica,
} from '../sync/sync-fixture.ts';
import { createEraseBench, everythingIn, signUp, talkingGroup } from './erase-fixture.ts';

describe('erasing a person', () => {
  let folder: string;
  let path: string;
  let bench: SyncBench;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jamz-erase-'));
    path = join(folder, 'store.sqlite');
    bench = createSyncBench(createSqliteStore({ path }));
  });
  afterEach(async () => {
    await bench.store.close();
    rmSync(folder, { recursive: true, force: true });
    deepEqual(bench.bugs, []);
  });

  const erase = (userId: string, options = {}) =>
    createEraseBench(bench).erasures.erase(userId, options);
  const membersOf = async (): Promise<unknown> =>
    [...(await groupState(bench)).members.present.values()].map(({ memberId, role }) => [
      memberId,
      role,
    ]);

  it('[ID12] leaves nothing in the database by which anybody is known', async () => {
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner', bo: 'member' });
    await bench.pulls.pull(actor('bo'), { scope: road, cursor: null });
    match(everythingIn(path), /anabel/i);
    equal(await erase('ana'), true);
    doesNotMatch(everythingIn(path), /anabel/i);
    match(everythingIn(path), /I am bo/);
  });

  it('[ID12] keeps what was done, without a name', async () => {
    await signUp(bench, 'ana');
    const replicas = await talkingGroup(bench, { ana: 'owner', bo: 'member' });
    const phone = replicas.get('ana') ?? testReplica('ana');
    const added = phone.op('playlist.add', { items: [{ itemId: 'i1', title: 'Song' }] });
    const liked = phone.op('reactions.set', { itemId: 'i1', like: true });
    await bench.logs.push(actor('ana'), phone.push(added, liked));
    await erase('ana');
    const { playlist, reactions, members, messages } = await groupState(bench);
    equal(playlist.items.get('i1')?.addedBy, 'ana');
    equal(reactions.get('i1 ana')?.like, true);
    equal(members.former.get('ana')?.name, 'Former member');
    deepEqual(
      [...messages.values()].map(({ text }) => text),
      ['—', 'I am bo'],
    );
  });

  it('[MG28] makes the longest-standing member owner, in the commit in which the owner leaves', async () => {
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner', zoe: 'member', bo: 'moderator' });
    bench.told.length = 0;
    await erase('ana');
    deepEqual(await membersOf(), [
      ['bo', 'moderator'],
      ['zoe', 'owner'],
    ]);
    const commits = bench.told.flatMap((told) =>
      told.kind === 'commits' && told.scope === road ? told.commits : [],
    );
    equal(commits.length, 1);
    deepEqual(
      (await bench.store.memberships.ofUser('zoe')).map(({ role, memberCount }) => [
        role,
        memberCount,
      ]),
      [['owner', 2]],
    );
  });

  it('[MG28] counts from the join that began the membership, and leaves the owners there are alone', async () => {
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner', zoe: 'member', bo: 'member' });
    await bench.logs.appendServerOps(road, [
      { type: 'members.leave', payload: {}, authorId: 'zoe' },
      { type: 'members.join', payload: { memberId: 'zoe', name: 'zoe', role: 'member' } },
    ]);
    await erase('ana');
    deepEqual(await membersOf(), [
      ['bo', 'owner'],
      ['zoe', 'member'],
    ]);
    await signUp(bench, 'bo');
    await bench.logs.appendServerOps(road, [
      { type: 'members.role', payload: { memberId: 'zoe', role: 'owner' } },
      { type: 'members.join', payload: { memberId: 'ada', name: 'ada', role: 'member' } },
    ]);
    await erase('bo');
    deepEqual(await membersOf(), [
      ['ada', 'member'],
      ['zoe', 'owner'],
    ]);
  });

  it('[ID12] deletes the group of which they were the last member', async () => {
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner' });
    await erase('ana');
    equal((await groupState(bench)).info.info.deleted, true);
    equal((await bench.store.memberships.group('road'))?.deleted, true);
    doesNotMatch(everythingIn(path), /anabel/i);
  });

  for (const [how, drafts] of [
    ['left', [{ type: 'members.leave', payload: {}, authorId: 'ana' }]],
    ['was banned', [{ type: 'members.remove', payload: { memberId: 'ana', ban: true } }]],
  ] as const) {
    it(`[ID12] reaches a group that the person ${how}`, async () => {
      await signUp(bench, 'ana');
      await talkingGroup(bench, { bo: 'owner', ana: 'member' });
      await bench.logs.appendServerOps(
        road,
        drafts.map((draft) => ({ ...draft, authorId: how === 'left' ? 'ana' : 'bo' })),
      );
      const was = (await groupState(bench)).members.former.get('ana');
      await erase('ana');
      doesNotMatch(everythingIn(path), /anabel/i);
      deepEqual((await groupState(bench)).members.former.get('ana'), { ...was, name: '' });
    });
  }

  it('[ID12] reaches a group that was deleted, and what a winding back had cut out', async () => {
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner', bo: 'member' });
    const { head } = bench.store.log;
    const toSeq = ((await head(road))?.seq ?? 0) - 3;
    await bench.logs.rewind(road, { toSeq, rejoin: false });
    await bench.logs.appendServerOps(road, [{ type: 'group.delete', payload: {} }]);
    await erase('ana');
    doesNotMatch(everythingIn(path), /anabel/i);
  });

  it('[ID12] outlasts an edit that is stamped ahead of the server’s clock', async () => {
    await signUp(bench, 'ana');
    const replicas = await talkingGroup(bench, { ana: 'member', bo: 'owner' });
    const phone = replicas.get('ana') ?? testReplica('ana');
    const stamp = formatHlc(bench.clock.nowMs() + 59_000, 0, 'fast');
    const edit = phone.op('messages.edit', { messageId: 'm-ana-road', text: 'Anabel!' }, { stamp });
    await bench.logs.push(actor('ana'), phone.push(edit));
    const mine = testReplica('ana', { scope: 'u:ana', replicaId: 'p2' });
    const renamed = mine.op('profile.update', { name: 'Anabel the 2nd' }, { stamp });
    await bench.logs.push(actor('ana'), mine.push(renamed));
    await erase('ana');
    doesNotMatch(everythingIn(path), /anabel/i);
  });

  it('[ID12] closes the question between two devices, which shows both values', async () => {
    await signUp(bench, 'ana');
    for (const [replicaId, name] of [
      ['p1', 'Anabel one'],
      ['p2', 'Anabel two'],
    ] as const) {
      const stampMs = bench.clock.nowMs() + 10;
      const phone = testReplica('ana', { scope: 'u:ana', replicaId, stampMs });
      await bench.logs.push(actor('ana'), phone.push(phone.op('profile.update', { name })));
    }
    const before = await bench.logs.stateOf('u:ana');
    equal(before?.kind === 'user' && before.conflicts.length, 1);
    await erase('ana');
    doesNotMatch(everythingIn(path), /anabel/i);
  });

  it('[ID12] ends their sign-ins, and turns away what their devices still had on the way', async () => {
    await signUp(bench, 'ana');
    const replicas = await talkingGroup(bench, { ana: 'member', bo: 'owner' });
    const { erasures, ended, noted } = createEraseBench(bench);
    await erasures.erase('ana');
    deepEqual(ended, ['family-ana']);
    deepEqual(noted, ['account-erased']);
    const late = replicas.get('ana') ?? testReplica('ana');
    const said = late.op('messages.send', { messageId: 'late', text: 'Anabel was here' });
    await rejects(bench.logs.push(actor('ana'), late.push(said)), { code: 'removed' });
    const mine = testReplica('ana', { scope: 'u:ana', replicaId: 'p2' });
    const renamed = mine.op('profile.update', { name: 'Anabel' });
    await rejects(bench.logs.push(actor('ana'), mine.push(renamed)), { code: 'gone' });
    doesNotMatch(everythingIn(path), /anabel/i);
  });

  it('[ID12] leaves uploads with their groups as nobody’s, or takes them out where that is asked for', async () => {
    await signUp(bench, 'ana');
    await signUp(bench, 'ada');
    await talkingGroup(bench, { ana: 'member', ada: 'member', bo: 'owner' });
    await bench.store.files.put(fileOf('ana', 'f-ana'));
    await bench.store.files.put(fileOf('ada', 'f-ada'));
    await bench.store.files.put({ ...fileOf('ada', 'f-demo'), bytesKey: 'demo/f' });
    const items = ['f-ana', 'f-ada'].map((fileId) => ({ itemId: fileId, title: 'T', fileId }));
    await bench.logs.appendServerOps(road, [{ type: 'playlist.add', payload: { items } }]);
    const { erasures, removed } = createEraseBench(bench);
    await erasures.erase('ana');
    await erasures.erase('ada', { alsoFiles: true });
    deepEqual([...(await groupState(bench)).playlist.items.keys()], ['f-ana']);
    deepEqual(removed, ['road/f-ada']);
    equal((await bench.store.files.get('f-ana'))?.uploadedBy, '');
    equal(await bench.store.takedowns.has('f-ada'), true);
    equal(await bench.store.takedowns.has('f-ana'), false);
  });

  it('[ID12] is known to be nobody, and the same asked twice at once', async () => {
    await signUp(bench, 'ana');
    const { erasures, noted } = createEraseBench(bench);
    equal(await erasures.erase('nobody'), false);
    deepEqual(await Promise.all([erasures.erase('ana'), erasures.erase('ana')]), [true, true]);
    deepEqual(noted, ['account-erased']);
    equal(await erasures.erase('ana'), false);
  });
});

function fileOf(uploadedBy: string, fileId: string): FileRecord {
  return {
    fileId,
    groupId: 'road',
    uploadedBy,
    bytesKey: `road/${fileId}`,
    name: 'song.mp3',
    mediaType: 'audio/mpeg',
    bytes: 3,
    sha256: fileId,
    title: 'Song',
    artist: null,
    durationMs: 1_000,
    artworkKey: null,
    artworkMediaType: null,
    peaks: null,
    createdAtMs: 5,
  };
}
