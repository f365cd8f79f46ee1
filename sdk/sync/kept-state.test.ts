import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeSnapshot, stateHash } from '../merge/encode-snapshot.ts';
import { emptyState, foldVersion } from '../merge/fold.ts';
import type { GroupState } from '../merge/states.ts';
import { startMs, TestLog } from '../merge/test-log.ts';
import { toRuns } from '../protocol/codec.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';
import type { StoredFold } from '../store/journal.ts';
import { KeptState } from './kept-state.ts';
import type { Ledger } from './ledger.ts';
import { ScopeReplica } from './scope-replica.ts';
import type { Stamps } from './stamps.ts';

const road: Scope = 'g:road';
const start: Cursor = [1, 0, ''];

describe('what is kept of the confirmed state', () => {
  const stamps = { seen() {}, confirm() {} } as unknown as Stamps;

  const bench = (given?: typeof encodeSnapshot) => {
    const folds: StoredFold[] = [];
    const ledger = {
      keepsState: true,
      folded() {},
      snapshot: (_scope: Scope, fold: () => StoredFold) => folds.push(fold()),
    } as unknown as Ledger;
    const log = new TestLog(road);
    const replica = new ScopeReplica(road, () => startMs);
    replica.replace(emptyState(road), start);
    const kept = new KeptState(ledger, stamps, given);
    kept.replaced(road, replica.confirmed, start, null);
    const commit = (count: number): void => {
      const before = log.ops.length;
      const ids = Array.from({ length: count }, (_, at) => `i${before + at}`);
      log.add(ids);
      const { folded } = replica.receive([commitOf(log.ops.slice(before), before + 1)]);
      kept.folded(replica, folded);
    };
    return { folds, log, replica, kept, commit };
  };

  it('[ST9] a snapshot of the server stays as it came, and the beginning of a log needs none', () => {
    const { folds, kept, replica } = bench();
    const json = { foldVersion, as: 'it came' };
    kept.replaced(road, replica.confirmed, [1, 7, 'h7'], json);
    deepEqual(folds, [
      { cursor: start, foldVersion, json: null },
      { cursor: [1, 7, 'h7'], foldVersion, json },
    ]);
    const [first] = folds;
    if (!first) throw new TypeError('Nothing was kept.');
    const again = new ScopeReplica(road, () => startMs);
    kept.restore(again, { scope: road, snapshot: first, commits: [] });
    equal(stateHash(again.confirmed), stateHash(emptyState(road)));
    deepEqual(again.cursor, start);
  });

  it('[LG23] what an earlier generation left between the commits of this one is passed over', () => {
    const { kept, log } = bench();
    log.add(['a', 'b', 'c']);
    const [a, b, c] = log.ops;
    if (!a || !b || !c) throw new TypeError('The log has three.');
    const ofThis = (commit: Commit): Commit => ({ ...commit, generation: 2 });
    const replica = new ScopeReplica(road, () => startMs);
    kept.restore(replica, {
      scope: road,
      snapshot: { cursor: [2, 0, ''], foldVersion, json: null },
      commits: [ofThis(commitOf([a, b], 1)), commitOf([b], 2), ofThis(commitOf([c], 3))],
    });
    deepEqual(replica.cursor, [2, 3, 'h3']);
    equal((replica.confirmed as GroupState).playlist.items.size, 3);
    equal(replica.caughtUp, true);
  });

  it('[ST9] a snapshot of its own is written after a thousand ops', () => {
    const { folds, log, commit } = bench(encodeSnapshot);
    commit(600);
    equal(folds.length, 1);
    commit(600);
    deepEqual(folds.at(-1), {
      cursor: [1, 1_200, 'h1200'],
      foldVersion,
      json: encodeSnapshot(log.state),
    });
  });

  it('[ST9] the code that writes one comes when one is due, which then is of what is confirmed by then', async () => {
    const { folds, log, commit } = bench();
    commit(1_000);
    commit(1);
    equal(folds.length, 1);
    // Asked for behind the code's own request, so that it is there before.
    await import('../merge/encode-snapshot.ts');
    await import('../merge/snapshot.ts');
    deepEqual(folds.at(-1)?.cursor, [1, 1_001, 'h1001']);
    deepEqual(folds.at(-1)?.json, encodeSnapshot(log.state));
    equal(folds.length, 2);
  });

  it('[AC1] nothing is written of a scope that left the device meanwhile', async () => {
    const { folds, kept, commit } = bench();
    commit(1_000);
    kept.forget(road);
    await import('../merge/encode-snapshot.ts');
    await import('../merge/snapshot.ts');
    equal(folds.length, 1);
  });
});

function commitOf(ops: readonly Op[], seq: number): Commit {
  const last = seq + ops.length - 1;
  return {
    generation: 1,
    seq,
    count: ops.length,
    atMs: startMs,
    hash: `h${last}`,
    runs: toRuns(ops),
  };
}
