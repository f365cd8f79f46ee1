import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyState, foldCommit, foldPending } from '../merge/fold.ts';
import { groupPayloads, userPayloads } from '../merge/log-arbitraries.laws.ts';
import { itemIds } from '../merge/playlist-order.ts';
import { stateHash } from '../merge/snapshot.ts';
import type { GroupState, ScopeState } from '../merge/states.ts';
import { startMs } from '../merge/test-log.ts';
import { toRuns } from '../protocol/codec.ts';
import { formatHlc } from '../protocol/hlc.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';
import type { PendingOp } from './pending-op.ts';
import { ScopeReplica } from './scope-replica.ts';
import { pendingAdd } from './test-pending.ts';

/** A replica and the log it follows; time stands still, so that a merge has one result only. */
class Bench {
  readonly replica: ScopeReplica;
  readonly pending: PendingOp[] = [];
  readonly log: Commit[] = [];
  head: ScopeState;
  seq = 0;
  #numbers = 0;
  #made = 0;

  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.head = emptyState(scope);
    this.replica = new ScopeReplica(scope, () => startMs);
    this.replica.replace(this.head, this.cursor);
  }

  get cursor(): Cursor {
    return [1, this.seq, `h${this.seq}`];
  }

  tap(intent: Intent): void {
    this.#numbers += 1;
    const op = { ...this.#op(intent, 'phone', this.#numbers), base: this.replica.base };
    const pending = pendingAdd(op.opId, { number: op.number, scope: this.#scope });
    pending.op = op;
    this.pending.push(pending);
    this.replica.add(pending);
  }

  /** The log takes these; the replica hears of it. */
  commit(ops: readonly Op[]): void {
    if (ops.length === 0) return;
    const commit = this.append(ops);
    const { covered } = this.replica.receive([commit]);
    for (const pending of covered) this.pending.splice(this.pending.indexOf(pending), 1);
  }

  append(ops: readonly Op[]): Commit {
    const seq = this.seq + 1;
    this.seq += ops.length;
    const rest = { generation: 1, seq, count: ops.length, atMs: startMs, hash: `h${this.seq}` };
    const commit = { ...rest, runs: toRuns(ops) };
    this.head = foldCommit(this.head, commit);
    this.log.push(commit);
    return commit;
  }

  foreign(intent: Intent): Op {
    return this.#op(intent, 'bo', 1_000 + this.#made);
  }

  drop(at: number): void {
    const [pending] = this.pending.splice(at % this.pending.length, 1);
    if (pending) this.replica.drop(pending);
  }

  snapshot(): void {
    for (const pending of this.replica.replace(this.head, this.cursor)) {
      this.pending.splice(this.pending.indexOf(pending), 1);
    }
  }

  /** What must be shown, laid from the beginning. */
  get expected(): ScopeState {
    const { generation, seq } = this.replica.base;
    return this.pending.reduce(
      (state, { op }, index) =>
        foldPending(state, op, {
          at: { generation, seq: seq + index + 1, atMs: startMs },
          edit: {},
        }),
      this.replica.confirmed,
    );
  }

  #op({ type, payload }: Intent, by: string, number: number): Op {
    this.#made += 1;
    return {
      type,
      payload,
      opId: `${by}tab-${this.#made}`,
      number,
      replicaId: by,
      authorId: by === 'phone' ? 'ana' : by,
      stamp: formatHlc(startMs + this.#made, 0, `${by}tab`),
      base: { generation: 1, seq: this.seq },
      version: 1,
    } as Op;
  }
}

interface Intent {
  readonly type: string;
  readonly payload: unknown;
}

type Step =
  | { readonly do: 'tap' | 'foreign'; readonly intent: Intent }
  | { readonly do: 'commit' | 'acrossCommit' | 'drop'; readonly some: number }
  | { readonly do: 'snapshot' | 'missed' | 'look' };

function stepsOf(payloads: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  const intent = fc.oneof(
    ...Object.entries(payloads).map(([type, payload]) =>
      fc.record({ type: fc.constant(type), payload }),
    ),
  );
  const some = fc.nat(5);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('tap' as const), intent }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('foreign' as const), intent }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('commit' as const), some }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('acrossCommit' as const), some }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), some }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('snapshot' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('missed' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  );
  return fc.array(step, { maxLength: 40, size: 'max' });
}

function run(bench: Bench, step: Step): void {
  switch (step.do) {
    case 'tap':
      bench.tap(step.intent);
      break;
    case 'foreign':
      bench.commit([bench.foreign(step.intent)]);
      break;
    case 'commit':
      bench.commit(bench.pending.slice(0, step.some).map(({ op }) => op));
      break;
    case 'acrossCommit':
      // The log has a later op first, as when a batch of another priority overtakes.
      bench.commit(bench.pending.slice(-step.some - 1).map(({ op }) => op));
      break;
    case 'drop':
      if (bench.pending.length > 0) bench.drop(step.some);
      break;
    case 'snapshot':
      bench.snapshot();
      break;
    case 'missed':
      bench.append(bench.pending.slice(0, 1).map(({ op }) => op));
      bench.snapshot();
      break;
    case 'look':
      void bench.replica.shown;
  }
}

/** Applied numbers are of the confirmed state alone: an overlay that counted them would hide ops sent again. */
function hashOf(state: ScopeState, confirmed: ScopeState): string {
  return stateHash({ ...state, applied: confirmed.applied });
}

describe('scope replica', () => {
  for (const [scope, payloads] of [
    ['g:crew', groupPayloads],
    ['u:ana', userPayloads],
  ] as const) {
    it(`[OP18] ${scope}: shows what laying everything from the beginning shows, whatever happened`, () => {
      fc.assert(
        fc.property(stepsOf(payloads), fc.boolean(), (steps, isWatched) => {
          const bench = new Bench(scope);
          for (const step of [...steps, { do: 'look' } as const]) {
            run(bench, step);
            // What nobody looks at in between is laid together.
            if (!isWatched && step.do !== 'look') continue;
            const { confirmed } = bench.replica;
            equal(hashOf(bench.replica.shown, confirmed), hashOf(bench.expected, confirmed));
          }
          equal(stateHash(bench.replica.confirmed), stateHash(bench.head));
        }),
        { numRuns: 300 },
      );
    });

    it(`[OP12] ${scope}: never changes a state that somebody holds`, () => {
      fc.assert(
        fc.property(stepsOf(payloads), (steps) => {
          const bench = new Bench(scope);
          const held: { state: ScopeState; hash: string }[] = [];
          for (const step of steps) {
            run(bench, step);
            for (const state of [bench.replica.shown, bench.replica.confirmed]) {
              held.push({ state, hash: stateHash(state) });
            }
          }
          ok(held.every(({ state, hash }) => stateHash(state) === hash));
        }),
        { numRuns: 100 },
      );
    });
  }

  const song = (title: string): Intent => ({
    type: 'playlist.add',
    payload: { items: [{ itemId: title, title }] },
  });
  const titles = (state: ScopeState): string[] => [...itemIds((state as GroupState).playlist)];

  it('gives the same object until something changed', () => {
    const bench = new Bench('g:crew');
    bench.tap(song('a'));
    const { shown } = bench.replica;
    equal(bench.replica.shown, shown);
    bench.tap(song('b'));
    notEqual(bench.replica.shown, shown);
  });

  it('[WR7] keeps an own op on the screen from the tap to its commit without a flicker', () => {
    const bench = new Bench('g:crew');
    bench.tap(song('a'));
    bench.tap(song('b'));
    const seen = [titles(bench.replica.shown)];
    bench.commit(bench.pending.slice(0, 1).map(({ op }) => op));
    seen.push(titles(bench.replica.shown));
    bench.commit(bench.pending.map(({ op }) => op));
    seen.push(titles(bench.replica.shown));
    deepEqual(seen, [
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    equal(bench.replica.pendingCount, 0);
  });

  it('[OP14] tells a gap and folds nothing behind it', () => {
    const bench = new Bench('g:crew');
    const first = bench.append([bench.foreign(song('a'))]);
    const second = bench.append([bench.foreign(song('b'))]);
    deepEqual([bench.replica.receive([second]).gap, titles(bench.replica.confirmed)], [true, []]);
    equal(bench.replica.caughtUp, false);
    equal(bench.replica.receive([first, second]).gap, false);
    deepEqual(titles(bench.replica.confirmed), ['a', 'b']);
    equal(bench.replica.caughtUp, true);
  });

  it('[OP14] ignores commits that it has', () => {
    const bench = new Bench('g:crew');
    const commit = bench.append([bench.foreign(song('a'))]);
    bench.replica.receive([commit]);
    const { confirmed } = bench.replica;
    deepEqual(bench.replica.receive([commit]), { folded: [], covered: [], gap: false });
    equal(bench.replica.confirmed, confirmed);
  });

  it('knows nothing to continue from before its first state', () => {
    const bench = new Bench('g:crew');
    const commit = bench.append([bench.foreign(song('a'))]);
    const fresh = new ScopeReplica('g:crew', () => startMs);
    equal(fresh.receive([commit]).gap, true);
    equal(fresh.caughtUp, false);
  });

  it('[OP14] takes a commit of another generation for a gap', () => {
    const bench = new Bench('g:crew');
    const commit = { ...bench.append([bench.foreign(song('a'))]), generation: 2 };
    equal(bench.replica.receive([commit]).gap, true);
  });

  it('[LG23] is caught up with a restored log that is shorter than the old one', () => {
    const bench = new Bench('g:crew');
    for (const title of ['a', 'b', 'c']) bench.commit([bench.foreign(song(title))]);
    bench.replica.replace(emptyState('g:crew'), [2, 1, 'x']);
    equal(bench.replica.caughtUp, true);
  });

  it('[LG23] still knows of a newer head when an older snapshot of the same log arrives', () => {
    const bench = new Bench('g:crew');
    const old = bench.cursor;
    bench.append([bench.foreign(song('a'))]);
    const late = bench.append([bench.foreign(song('b'))]);
    bench.replica.receive([late]);
    bench.replica.replace(emptyState('g:crew'), old);
    equal(bench.replica.caughtUp, false);
  });
});
