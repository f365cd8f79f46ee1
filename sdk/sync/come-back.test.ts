import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { decodeSnapshot } from '../merge/decode-snapshot.ts';
import { encodeSnapshot } from '../merge/encode-snapshot.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';

const crew = groupScope('crew');

describe('what waits when its log is wound back', () => {
  let scheduler: VirtualScheduler;
  let journal: Journal;
  let network: LoopbackNetwork;
  let engine: Engine;

  const add = (title: string) =>
    engine.submit(crew, 'playlist.add', { items: [{ itemId: title, title }] });
  const bases = async (): Promise<readonly (readonly [string, number])[]> =>
    (await journal.load()).outbox.map(({ op }) => [op.opId, op.base.seq] as const);

  beforeEach(async () => {
    scheduler = virtualScheduler();
    const server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    journal = memoryJournal('ana-phone');
    network = loopbackNetwork(server, 'ana', scheduler.after);
    engine = await loopbackEngine({ journal, openLink: network.openLink, scheduler });
    engine.follow(crew);
    engine.start();
    await scheduler.advance(1_000);
  });
  afterEach(() => engine.close());

  it('[LG16] counts only up to where that went back to, also for the next run of this replica', async () => {
    const { replica } = engine;
    const [before, cursor] = [
      encodeSnapshot(replica.scope(crew).confirmed),
      replica.scope(crew).cursor,
    ];
    ok(cursor);
    add('goes');
    await scheduler.advance(1_000);
    network.down();
    await scheduler.advance(1_000);
    const { opId } = add('waits');
    await scheduler.settle();
    const comeBack = await replica.comeBack(crew, { toSeq: cursor[1], resend: true });
    const { opId: fresh } = add('just-made');
    const state = decodeSnapshot(crew, before);
    replica.replace(crew, state, [2, cursor[1], 'h'], before, comeBack);
    await scheduler.settle();
    const kept = new Map(await bases());
    equal(kept.size, 3, 'what was cut out waits, too');
    deepEqual([kept.get(opId), kept.get(fresh)], [cursor[1], cursor[1]]);
    const numbers = (await journal.load()).outbox.map(({ op }) => op.number).sort();
    deepEqual(numbers, [1, 2, 3]);
  });

  it('[LG17] has with it what is wanted of what was cut out, where only the rest was given up', async () => {
    const { replica } = engine;
    const before = encodeSnapshot(replica.scope(crew).confirmed);
    const { opId } = add('wanted');
    await scheduler.advance(1_000);
    const { cursor } = replica.scope(crew);
    ok(cursor);
    add('given-up');
    await scheduler.advance(1_000);
    network.down();
    await scheduler.advance(1_000);
    const rewound = { toSeq: 1, resend: false, resendUpTo: cursor[1] };
    const comeBack = await replica.comeBack(crew, rewound);
    replica.replace(crew, decodeSnapshot(crew, before), [3, 1, 'h'], before, comeBack);
    await scheduler.settle();
    deepEqual(
      (await bases()).map(([id]) => id),
      [opId],
    );
  });
});
