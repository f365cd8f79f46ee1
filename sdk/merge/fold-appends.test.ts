import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { opsOf } from '../protocol/codec.ts';
import type { Commit, Run, WireOp } from '../protocol/wire.ts';
import { emptyState, foldCommit, foldOp } from './fold.ts';
import { foldAppends } from './fold-appends.ts';
import { maxKeyChars } from './position-keys.ts';
import { stateHash } from './snapshot.ts';
import type { ScopeState } from './states.ts';
import { startMs } from './test-log.ts';

const itemId = fc.integer({ min: 0, max: 60 }).map((index) => `i${index}`);
const intent = fc.oneof(
  {
    weight: 12,
    arbitrary: itemId.map(
      (id) => ['playlist.add', { items: [{ itemId: id, title: 'x' }] }] as const,
    ),
  },
  fc
    .array(itemId, { minLength: 1, maxLength: 3 })
    .map(
      (ids) => ['playlist.add', { items: ids.map((id) => ({ itemId: id, title: 'x' })) }] as const,
    ),
  itemId.chain((id) =>
    fc
      .option(itemId)
      .map((after) => ['playlist.add', { items: [{ itemId: id, title: 'x' }], after }] as const),
  ),
  itemId.map((id) => ['playlist.remove', { itemId: id }] as const),
  itemId.chain((id) =>
    fc.option(itemId).map((after) => ['playlist.move', { itemId: id, after }] as const),
  ),
  fc
    .record({ itemId, playing: fc.boolean() })
    .map(
      ({ itemId: id, playing }) =>
        [
          'playback.set',
          { itemId: id, positionMs: 0, atServerMs: startMs, playing, rate: 1 },
        ] as const,
    ),
);

/** A run of one writer: its numbers mostly rise by one, and some come again. */
const run = fc.record({
  by: fc.constantFrom('ana', 'bo'),
  unseen: fc.constantFrom(0, 1, 3, 9, 40, -2),
  firstSkip: fc.constantFrom(0, 0, 0, 1, -2),
  intents: fc.array(intent, { minLength: 1, maxLength: 12 }),
});

type Intended = typeof run extends fc.Arbitrary<infer T> ? T : never;

function commitsOf(intended: readonly Intended[], perCommit: number): Commit[] {
  const next = new Map<string, number>();
  let seq = 1;
  const runs = intended.map(({ by, unseen, firstSkip, intents }): Run => {
    let number = Math.max(1, (next.get(by) ?? 1) + firstSkip);
    const base = [1, Math.max(0, seq - 1 - unseen)] as const;
    const ops = intents.map(([type, payload]): WireOp => {
      const wire = [number, number, startMs, number, type, payload] as const;
      number += 1;
      return wire;
    });
    next.set(by, number);
    seq += ops.length;
    return { replicaId: by, authorId: by, stamperId: by, version: 1, base, ops };
  });
  const commits: Commit[] = [];
  for (let from = 0, at = 1; from < runs.length; from += perCommit) {
    const some = runs.slice(from, from + perCommit);
    const count = some.reduce((sum, { ops }) => sum + ops.length, 0);
    const atMs = startMs + from * 40_000;
    commits.push({ generation: 1, seq: at, count, atMs, hash: 'x', runs: some });
    at += count;
  }
  return commits;
}

function oneByOne(state: ScopeState, commit: Commit): ScopeState {
  return opsOf(commit).reduce((next, op, index) => {
    const at = { generation: 1, seq: commit.seq + index, atMs: commit.atMs };
    return foldOp(next, op, { at, edit: {} });
  }, state);
}

const appends = (by: string, seq: number, count: number, base: number): Commit => {
  const ops = Array.from({ length: count }, (_, index): WireOp => {
    const items = [{ itemId: `${by}${seq}-${index}`, title: 'x' }];
    return [seq + index, seq + index, startMs, index, 'playlist.add', { items }];
  });
  const only = { replicaId: by, authorId: by, stamperId: by, version: 1, base: [1, base] as const };
  return { generation: 1, seq, count, atMs: startMs, hash: 'x', runs: [{ ...only, ops }] };
};

const behind = (run: Run, after: string): Run => ({
  ...run,
  ops: run.ops.map(([number, counter, wallMs, clock, type, payload]) => [
    number,
    counter,
    wallMs,
    clock,
    type,
    { ...(payload as object), after },
  ]),
});

describe('a run of appends', () => {
  it('[OP13] folds to what its ops fold to one by one', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (runs, per) => {
        let whole = emptyState('g:road');
        let single = whole;
        for (const commit of commitsOf(runs, per)) {
          whole = foldCommit(whole, commit);
          single = oneByOne(single, commit);
          equal(stateHash(whole), stateHash(single));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('[OP13] does so, too, where keys are handed out anew in the middle of it', () => {
    const longestKey = (state: ScopeState): number =>
      state.kind === 'group'
        ? Math.max(...[...state.playlist.order.keys()].map((key) => key.length))
        : 0;
    let whole = foldCommit(emptyState('g:road'), appends('bo', 1, 1, 0));
    let single = whole;
    const lengths = new Set<number>();
    // What ana appends without having seen the log stays before what bo puts right behind it: the room halves.
    for (let seq = 2; seq < 600; seq += 4) {
      const run = appends('ana', seq, 3, 0);
      const insert = appends('bo', seq + 3, 1, seq + 2);
      const after = `ana${seq}-2`;
      for (const commit of [
        run,
        { ...insert, runs: insert.runs.map((one) => behind(one, after)) },
      ]) {
        whole = foldCommit(whole, commit);
        single = oneByOne(single, commit);
        lengths.add(longestKey(whole));
      }
    }
    equal(stateHash(whole), stateHash(single));
    ok(lengths.has(3) && Math.max(...lengths) > maxKeyChars - 8, [...lengths].join());
    const last = longestKey(whole);
    ok(last < maxKeyChars - 8, `${last}: never handed out anew`);
  });

  it('is taken in one go', () => {
    const [only] = appends('ana', 1, 500, 0).runs;
    if (!only) throw new Error('A commit has a run');
    const context = { at: { generation: 1, seq: 1, atMs: startMs }, edit: {} };
    equal(foldAppends(emptyState('g:road'), only, 0, context)?.taken, 500);
  });
});
