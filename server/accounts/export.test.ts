import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Op } from '../../sdk/protocol/ops.ts';
import {
  actor,
  createSyncBench,
  road,
  type SyncBench,
  type TestReplica,
  testReplica,
} from '../sync/sync-fixture.ts';
import { signUp, talkingGroup } from './erase-fixture.ts';
import { type ExportFormat, type ExportRecord, exportText } from './export-record.ts';
import { exportRecords } from './export-records.ts';

describe('what a person takes along', () => {
  let bench: SyncBench;
  beforeEach(async () => {
    bench = createSyncBench();
    await signUp(bench, 'ana');
    const replicas = await talkingGroup(bench, { ana: 'owner', bo: 'member' });
    for (const who of ['ana', 'bo']) {
      const replica = replicas.get(who) ?? testReplica(who);
      await bench.logs.push(actor(who), replica.push(...doings(replica, who)));
    }
  });
  afterEach(() => bench.store.close());

  const records = async (userId = 'ana'): Promise<ExportRecord[]> => {
    const { store, logs, clock } = bench;
    return allOf(exportRecords({ store, logs, clock, fixesOf }, userId));
  };
  const text = async (format: ExportFormat): Promise<string> => {
    const { store, logs, clock } = bench;
    const all = exportRecords({ store, logs, clock, fixesOf }, 'ana');
    return (await allOf(exportText(all, format, 0))).join('');
  };

  it('[ID13] has who they are, what they said, made, chose and uploaded', async () => {
    const all = await records();
    deepEqual(
      all.map(({ kind, id }) => [kind, id]),
      [
        ['person', 'ana'],
        ['profile', undefined],
        ['device', 'family-ana'],
        ['group', undefined],
        ['place', 'p-ana'],
        ['track', 'i-ana'],
        ['reaction', 'i-ana'],
        ['message', 'm-ana-road'],
        ['position', 'd1'],
      ],
    );
    const [person] = all;
    equal(person?.email, 'ana@anabel.example');
    equal(all.at(-2)?.text, '=ana "says", hi');
  });

  it('[ID13] has nothing of others, and no password', async () => {
    for (const format of ['json', 'csv'] as const) {
      const whole = await text(format);
      match(whole, /Home of ana/);
      doesNotMatch(whole, /\bbo\b|-hash|token-ana/);
    }
  });

  it('[ID13] has what they said in a group that they have left', async () => {
    await bench.logs.appendServerOps(road, [
      { type: 'members.role', payload: { memberId: 'bo', role: 'owner' } },
      { type: 'members.leave', payload: {}, authorId: 'ana' },
    ]);
    const all = await records();
    equal(all.find(({ kind }) => kind === 'group')?.role, 'was a member (left)');
    equal(all.at(-2)?.kind, 'message');
  });

  it('[ID13] pages through any number of messages', async () => {
    for (let at = 0; at < 1_203; at += 400) {
      const drafts = Array.from({ length: Math.min(400, 1_203 - at) }, (_, index) => ({
        type: 'messages.send' as const,
        payload: { messageId: `n${at + index}`, text: 'on the road' },
        authorId: 'ana',
      }));
      await bench.logs.appendServerOps(road, drafts);
    }
    equal((await records()).filter(({ kind }) => kind === 'message').length, 1_204);
  });

  it('[ID13] is JSON that any program reads, times as ISO 8601', async () => {
    const { exportedAt, records: all } = JSON.parse(await text('json'));
    equal(exportedAt, '1970-01-01T00:00:00.000Z');
    equal(all[0].at, '1970-01-01T00:00:00.001Z');
    deepEqual(JSON.parse(await emptyText()), { exportedAt, records: [] });
  });

  it('[ID13] is CSV in which every line has every column, and no text is run as a formula', async () => {
    const lines = (await text('csv')).split('\r\n');
    equal(lines.pop(), '');
    const width = lines[0]?.split(',').length;
    equal(lines[0]?.startsWith('\u{FEFF}kind,group,id,name,'), true);
    match(lines.at(-2) ?? '', /^message,road,m-ana-road,.*,"'=ana ""says"", hi",/);
    deepEqual(
      [...new Set(lines.map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, 'x').split(',').length))],
      [width],
    );
  });

  it('[TR9] has the trips that they shared, and what they answered', async () => {
    const { trips } = bench.store;
    const trip = { siteId: 's1', groupId: 'road', fromMs: 1, untilMs: 2, incarnation: 1 };
    const times = { createdAtMs: 3, expiresAtMs: 9 };
    for (const sharedBy of ['ana', 'bo']) {
      const own = { tripId: `t-${sharedBy}`, codeHash: `h-${sharedBy}`, sharedBy, title: 'Sea' };
      await trips.add({ ...trip, ...times, ...own }, 20);
      for (const userId of ['ana', 'bo']) {
        await trips.answer({ ...own, userId, incarnation: 1, answer: 'yes', atMs: 4 });
      }
    }
    deepEqual(
      (await records()).filter(({ kind }) => kind.startsWith('trip')),
      [
        { kind: 'trip', group: 'road', id: 't-ana', title: 'Sea', atMs: 3, untilMs: 9 },
        { kind: 'trip-answer', id: 't-ana', text: 'yes', atMs: 4 },
        { kind: 'trip-answer', id: 't-bo', text: 'yes', atMs: 4 },
      ],
    );
  });

  it('is nothing for nobody', async () => {
    deepEqual(await records('nobody'), []);
  });

  async function emptyText(): Promise<string> {
    const { store, logs, clock } = bench;
    const none = exportRecords({ store, logs, clock, fixesOf }, 'nobody');
    return (await allOf(exportText(none, 'json', 0))).join('');
  }
});

/** Where Ana was, as history has it. */
async function* fixesOf(userId: string) {
  if (userId !== 'ana') return;
  yield { groupId: 'road', deviceId: 'd1', lat: 48.2, lng: 16.4, accuracyM: 5, atMs: 7 };
}

async function allOf<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

function doings(replica: TestReplica, who: string): readonly Op[] {
  return [
    replica.op('playlist.add', { items: [{ itemId: `i-${who}`, title: `Song of ${who}` }] }),
    replica.op('reactions.set', { itemId: `i-${who}`, like: true }),
    replica.op('places.save', { placeId: `p-${who}`, name: `Home of ${who}`, lat: 1, lng: 2 }),
    replica.op('messages.edit', { messageId: `m-${who}-road`, text: `=${who} "says", hi` }),
  ];
}
