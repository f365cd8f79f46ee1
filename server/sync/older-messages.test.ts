import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { nodeCodec } from '../adapters/codec/node.ts';
import { fillArchive } from './archive.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createOlderMessages, type OlderMessages } from './older-messages.ts';
import {
  actor,
  createSyncBench,
  groupState,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const bo = actor('bo');

describe('Older messages', () => {
  let bench: SyncBench;
  let older: OlderMessages;
  let phone: ReturnType<typeof testReplica>;
  let said: number;

  beforeEach(async () => {
    bench = createSyncBench();
    older = createOlderMessages(bench);
    await makeGroup(bench);
    phone = testReplica('ana');
    said = 0;
  });
  const say = (count: number) =>
    bench.logs.push(
      ana,
      phone.push(
        ...Array.from({ length: count }, () => {
          said += 1;
          return phone.op('messages.send', { messageId: `m${said}`, text: `said ${said}` });
        }),
      ),
    );
  const edit = (messageId: string, text: string, who = ana, by = phone) =>
    bench.logs.push(who, by.push(by.op('messages.edit', { messageId, text })));
  const page = (before?: string, limit = 3, who = ana) => older.page(who, 'road', limit, before);
  const textsOf = async (asked: ReturnType<typeof page>) =>
    (await asked).messages.map(({ text }) => text);

  it('[SN17] are paged backwards, from any message on, down to the first', async () => {
    await say(250);
    deepEqual(await textsOf(page('m51')), ['said 48', 'said 49', 'said 50']);
    deepEqual(await textsOf(page('m248')), ['said 245', 'said 246', 'said 247']);
    deepEqual(await textsOf(page()), ['said 248', 'said 249', 'said 250']);
    const last = await page('m3');
    deepEqual([last.messages.length, last.more], [2, false]);
    equal((await page('m4')).more, false);
    equal((await page('m5')).more, true);
    deepEqual((await page('m1')).messages, []);
  });

  it('[SN17] [SN7] show the edits of their author, though the state no longer has the message', async () => {
    await say(250);
    equal((await groupState(bench)).messages.has('m10'), false);
    equal((await edit('m10', 'better')).applied.length, 1);
    equal((await edit('m240', 'newer')).applied.length, 1);
    const [, tenth] = (await page('m12')).messages;
    deepEqual([tenth?.text, typeof tenth?.editedAtMs], ['better', 'number']);
    equal((await groupState(bench)).messages.get('m240')?.text, 'newer');
  });

  it('[SN17] [MG24] take an edit from their author alone, and none of what was never said', async () => {
    await say(250);
    const tablet = testReplica('bo');
    equal((await edit('m10', 'x', bo, tablet)).refused[0]?.[1], 'forbidden');
    equal((await edit('m999', 'x')).refused[0]?.[1], 'not-found');
    deepEqual(await textsOf(page('m11', 1)), ['said 10']);
  });

  it('[SN17] are there after the log that told them was trimmed', async () => {
    for (let batch = 0; batch < 30; batch++) await say(10);
    await edit('m5', 'better');
    const housekeeping = createHousekeeping({
      ...bench,
      ...{
        codec: nodeCodec,
        afterTurn: setImmediate,
        onBug: (error) => void bench.bugs.push(error),
      },
      ...{ kept: { ops: 20, ms: 0 }, everyOps: 10 },
    });
    await housekeeping.tidy(road);
    deepEqual(await textsOf(page('m7', 2)), ['better', 'said 6']);
    equal((await edit('m6', 'also')).applied.length, 1);
    deepEqual(await textsOf(page('m7', 2)), ['better', 'also']);
  });

  it('[SN17] [SN8] [AC3] leave out what was said while their reader was no member', async () => {
    await say(2);
    const tablet = testReplica('bo');
    await bench.logs.push(bo, tablet.push(tablet.op('members.leave', {})));
    await say(2);
    const payload = { memberId: 'bo', name: 'Bo', role: 'member' } as const;
    await bench.logs.appendServerOps(road, [{ type: 'members.join', payload, authorId: 'bo' }]);
    await say(2);
    deepEqual(await textsOf(page(undefined, 10, bo)), ['said 1', 'said 2', 'said 5', 'said 6']);
    deepEqual(await textsOf(page('m6', 2, bo)), ['said 2', 'said 5']);
    equal((await textsOf(page(undefined, 10))).length, 6);
  });

  it('[AC4] [SN17] are for members only', async () => {
    await say(2);
    await rejects(page(undefined, 3, actor('eve')), { code: 'forbidden' });
    await rejects(page('m999'), { code: 'not-found' });
    const tablet = testReplica('bo');
    await bench.logs.push(bo, tablet.push(tablet.op('members.leave', {})));
    await rejects(page(undefined, 3, bo), { code: 'removed' });
  });

  it('[SN17] of a log in which nothing was said cost no reading of it', async () => {
    await bench.logs.push(ana, phone.push(phone.op('playlist.add', { items: [] })));
    const view = await bench.logs.viewOf(road);
    const read = (): never => {
      throw new Error('The log was read');
    };
    const store = { ...bench.store, log: { ...bench.store.log, read } };
    await fillArchive(store, road, undefined, view);
    equal(await bench.store.archive.filledTo(road), view.seq);
    await say(1);
    deepEqual(await textsOf(page()), ['said 1']);
  });
});
