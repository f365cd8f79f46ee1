import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldVersion } from '../../sdk/merge/fold.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { LogStore, Store } from '../ports/store.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');
const hourMs = 60 * 60 * 1_000;

describe('A store that was put back to an older copy', () => {
  const twoStores = async () => {
    const now = createSqliteStore({ path: ':memory:' });
    const older = createSqliteStore({ path: ':memory:' });
    let used: Store = now;
    const through = <Port extends object>(of: (store: Store) => Port): Port =>
      new Proxy(of(now), { get: (_, key) => Reflect.get(of(used), key) });
    const store: Store = {
      ...now,
      log: through<LogStore>((one) => one.log),
      snapshots: through((one) => one.snapshots),
      memberships: through((one) => one.memberships),
    };
    const bench = createSyncBench(store);
    await makeGroup(bench);
    used = older;
    await makeGroup(createSyncBench({ ...older }));
    used = now;
    return { bench, store, putBack: () => (used = older) };
  };
  const tapOn = async (bench: SyncBench, count: number) => {
    const phone = testReplica('ana');
    let head: Cursor = [1, 0, ''];
    for (let tap = 0; tap < count; tap++) {
      const op = phone.op('messages.send', { messageId: `m${tap}`, text: 'hi' });
      ({ head } = await bench.logs.push(ana, phone.push(op)));
    }
    return head;
  };

  it('[LG16] goes on in a generation of its own, by what the process remembers', async () => {
    const { bench, putBack } = await twoStores();
    const head = await tapOn(bench, 3);
    putBack();
    const view = await bench.logs.viewOf(road);
    deepEqual([view.generation, view.seq], [2, 3]);
    const answer = await bench.pulls.pull(ana, { scope: road, cursor: head, fold: foldVersion });
    deepEqual(answer.snapshot && answer.rewound, { toSeq: 3, resend: true });
  });

  it('[LG16] goes on in a generation of its own, by what a replica remembers', async () => {
    const { bench, store, putBack } = await twoStores();
    const head = await tapOn(bench, 3);
    putBack();
    const restarted = createSyncBench(store);
    equal((await restarted.logs.viewOf(road)).generation, 1);
    const ask = (cursor: Cursor) =>
      restarted.pulls.pull(ana, { scope: road, cursor, fold: foldVersion });
    const answer = await ask(head);
    deepEqual(answer.snapshot && answer.rewound, { toSeq: 3, resend: true });
    deepEqual(answer.head.slice(0, 2), [2, 3]);

    // Anybody could say so: it is heeded now and then only.
    await ask([2, 99, 'ffffffffffffffff']);
    equal((await restarted.logs.viewOf(road)).generation, 2);
    restarted.clock.advance(hourMs);
    await ask([2, 99, 'ffffffffffffffff']);
    equal((await restarted.logs.viewOf(road)).generation, 3);
    await ask([9_999, 1, 'ffffffffffffffff']);
    equal((await restarted.logs.viewOf(road)).generation, 3);
  });

  it('[LG16] tells every replica that asks while it goes on in a generation of its own', async () => {
    const { bench, store, putBack } = await twoStores();
    const head = await tapOn(bench, 3);
    putBack();
    const { pulls } = createSyncBench(store);
    const ask = () => pulls.pull(ana, { scope: road, cursor: head, fold: foldVersion });
    for (const answer of await Promise.all([ask(), ask(), ask()])) {
      deepEqual(answer.snapshot && answer.rewound, { toSeq: 3, resend: true });
    }
  });

  it('[LG16] heeds the next replica where nothing came of what the first one said', async () => {
    const { bench, store, putBack } = await twoStores();
    const head = await tapOn(bench, 3);
    putBack();
    let fails = true;
    const fork: LogStore['fork'] = async (...wanted) => {
      if (fails) throw new Error('The disk is full');
      return store.log.fork(...wanted);
    };
    const log = new Proxy(store.log, {
      get: (at, key) => (key === 'fork' ? fork : Reflect.get(at, key)),
    });
    const { pulls } = createSyncBench({ ...store, log });
    const ask = () => pulls.pull(ana, { scope: road, cursor: head, fold: foldVersion });
    await rejects(ask());
    fails = false;
    const answer = await ask();
    deepEqual(answer.snapshot && answer.rewound, { toSeq: 3, resend: true });
  });
});
