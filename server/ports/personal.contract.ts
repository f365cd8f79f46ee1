import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import { formatHlc } from '../../sdk/protocol/hlc.ts';
import type { FileRecord, GroupRecord, Store, UserRecord } from './store.ts';

/** The part of the store's contract that is about all that is kept of one person. */
export function personalContract(store: () => Store): void {
  it('[ID13] knows where a person ever was, also after they left and after the group was deleted', async () => {
    const { memberships, personal } = store();
    for (const groupId of ['road', 'sea', 'town']) {
      await memberships.createGroup({ ...group, groupId });
      const stay = { userId: 'ana', groupId, siteId: 's1', role: 'member' } as const;
      if (groupId !== 'town') await memberships.put(stay);
    }
    await memberships.put({ userId: 'ana', groupId: 'sea', siteId: 's1', role: 'owner' });
    await memberships.remove('ana', 'sea');
    await memberships.updateGroup({ ...group, deleted: true });
    deepEqual(await personal.groupsOf('ana'), ['road', 'sea']);
    deepEqual(await personal.groupsOf('bo'), []);
  });

  it('[ID13] knows what a person uploaded, the oldest first', async () => {
    const { files, personal } = store();
    await files.put({ ...file, fileId: 'f2', createdAtMs: 9 });
    await files.put(file);
    await files.put({ ...file, fileId: 'f3', uploadedBy: 'bo' });
    deepEqual(
      (await personal.filesOf('ana')).map(({ fileId }) => fileId),
      ['f1', 'f2'],
    );
  });

  it('[ID13] tells what a person wrote, as their last edit left it, page by page', async () => {
    await write();
    const { personal } = store();
    const first = await personal.messagesOf('g:road', 'ana', 0, 1);
    deepEqual(first, [
      { messageId: 'm1', authorId: 'ana', text: 'hello', sentAtMs: 10, editedAtMs: 14, seq: 1 },
    ]);
    deepEqual(
      (await personal.messagesOf('g:road', 'ana', 1, 9)).map(({ text }) => text),
      ['again'],
    );
    deepEqual(await personal.messagesOf('g:sea', 'ana', 0, 9), []);
  });

  it('[ID12] puts one text in the place of all that one person wrote, and of nobody else', async () => {
    await write();
    const { archive, personal } = store();
    await personal.redactMessages('g:road', 'ana', '—');
    const texts = (await archive.before('g:road', 99, 9)).map(({ authorId, text }) => [
      authorId,
      text,
    ]);
    deepEqual(texts, [
      ['ana', '—'],
      ['bo', 'hi ana'],
      ['ana', '—'],
    ]);
    equal((await archive.find('g:road', 'm1'))?.editedAtMs, null);
  });

  it('[ID12] forgets what a winding back cut out', async () => {
    const { log, personal } = store();
    const commit = { generation: 1, count: 1, atMs: 10, runs: [] };
    await log.append('g:road', { ...commit, seq: 1, hash: 'h1' });
    await log.append('g:road', { ...commit, seq: 2, hash: 'h2' });
    const fork = { generation: 2, forkedAtSeq: 1, hash: 'h1', atMs: 10, mintedAtMs: 20 };
    await log.fork('g:road', { generation: 1, seq: 2 }, { ...fork, rejoin: false });
    equal((await log.readCut('g:road', 2, 0, 9)).length, 1);
    await personal.dropCut('g:road');
    equal((await log.readCut('g:road', 2, 0, 9)).length, 0);
    equal((await log.generations('g:road')).length, 1);
  });

  it('[ID12] takes from an account at once all by which anybody signs in, and remembers that', async () => {
    const { users, personal } = store();
    await users.create(ana);
    const erasure = { name: 'Former member', atMs: 30, alsoFiles: true };
    equal(await personal.beginErasure('ana', erasure), true);
    equal(await personal.beginErasure('ana', { ...erasure, atMs: 40, alsoFiles: false }), true);
    equal(await personal.beginErasure('nobody', erasure), false);
    deepEqual(await personal.begunErasures(), [{ ...erasure, userId: 'ana', siteId: 's1' }]);
    const { name, email, emailVerifiedAtMs, passwordHash, externalId } =
      (await users.byId('ana')) ?? ana;
    deepEqual(
      [name, email, emailVerifiedAtMs, passwordHash, externalId],
      ['Former member', null, null, null, null],
    );
    equal(await users.create({ ...ana, userId: 'ana2' }), 'written');
  });

  it('[ID12] leaves nothing of an account that is erased', async () => {
    const { users, personal, sessions, oneTimeTokens, memberships, files } = store();
    await users.create(ana);
    await sessions.create(
      {
        tokenHash: 't1',
        familyId: 'fam',
        userId: 'ana',
        expiresAtMs: 1_000,
        usedAtMs: null,
        successorHash: null,
      },
      { device: 'Firefox on Android', atMs: 5 },
    );
    const link = { userId: 'ana', email: 'ana@x.example', expiresAtMs: 1_000 };
    await oneTimeTokens.create({ ...link, tokenHash: 'o1', purpose: 'verify-email' });
    await memberships.createGroup(group);
    await memberships.put({ userId: 'ana', groupId: 'road', siteId: 's1', role: 'member' });
    await files.put(file);
    await personal.beginErasure('ana', { name: 'x', atMs: 30, alsoFiles: false });
    await personal.finishErasure('ana');
    await personal.finishErasure('nobody');
    equal(await users.byId('ana'), undefined);
    equal(await sessions.get('t1'), undefined);
    equal(await sessions.familyAlive('fam'), false);
    equal(await oneTimeTokens.take('o1', 'verify-email', 6), undefined);
    deepEqual(await personal.groupsOf('ana'), []);
    deepEqual(await memberships.ofUser('ana'), []);
    deepEqual(await personal.begunErasures(), []);
    deepEqual(await files.get('f1'), { ...file, uploadedBy: '' });
  });

  async function write(): Promise<void> {
    const sent = (seq: number, messageId: string, authorId: string, text: string) => ({
      ...{ seq, messageId, authorId, text },
      sentAtMs: seq * 10,
      stamp: formatHlc(seq, 0, 'p'),
    });
    const edit = { messageId: 'm1', authorId: 'ana', text: 'hello', editedAtMs: 14, seq: 4 };
    await store().archive.fill(
      'g:road',
      0,
      4,
      [sent(1, 'm1', 'ana', 'helo'), sent(2, 'm2', 'bo', 'hi ana'), sent(3, 'm3', 'ana', 'again')],
      [{ ...edit, stamp: formatHlc(4, 0, 'p') }],
    );
  }
}

const ana: UserRecord = {
  userId: 'ana',
  siteId: 's1',
  name: 'Ana',
  guest: false,
  email: 'ana@x.example',
  emailVerifiedAtMs: 7,
  passwordHash: '$argon2id$…',
  externalId: 'x1',
  createdAtMs: 1,
};

const group: GroupRecord = {
  groupId: 'road',
  siteId: 's1',
  name: 'Road trip',
  memberCount: 1,
  policies: { join: 'open', add: 'everyone', control: 'everyone' },
  deleted: false,
  place: null,
};

const file: FileRecord = {
  fileId: 'f1',
  groupId: 'road',
  uploadedBy: 'ana',
  bytesKey: 'road/f1',
  name: 'song.mp3',
  mediaType: 'audio/mpeg',
  bytes: 3,
  sha256: 'ab',
  title: 'Song',
  artist: null,
  durationMs: 1_000,
  artworkKey: null,
  artworkMediaType: null,
  peaks: null,
  createdAtMs: 5,
};
