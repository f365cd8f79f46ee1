import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { opsOf, toRuns } from '../protocol/codec.ts';
import type { Op } from '../protocol/ops.ts';
import type { AckedCommit, OwnRun, Run } from '../protocol/wire.ts';
import { completeCommit } from './own-runs.ts';
import { pendingAdd } from './test-pending.ts';

const op = (number: number, replicaId = 'phone'): Op =>
  pendingAdd(`tab-${number}`, { number, replicaId }).op;
const sent = (...numbers: number[]): Run[] => toRuns(numbers.map((number) => op(number)));
const commit = (...runs: (Run | OwnRun)[]): AckedCommit => ({
  generation: 1,
  seq: 7,
  count: 3,
  atMs: 5,
  hash: 'h',
  runs,
});
const numbersOf = (completed: { readonly runs: readonly Run[] }): number[] =>
  opsOf(completed).map(({ number }) => number);

describe('completeCommit', () => {
  it('puts the runs that were sent back as they are when all of them are in the log', () => {
    const runs = sent(1, 2, 3);
    equal(completeCommit(commit({ own: [[1, 3]] }), runs).runs, runs);
  });

  it('leaves out what the log did not take', () => {
    deepEqual(
      numbersOf(
        completeCommit(
          commit({
            own: [
              [1, 1],
              [3, 3],
            ],
          }),
          sent(1, 2, 3),
        ),
      ),
      [1, 3],
    );
  });

  it('keeps the order of the log', () => {
    const own = [
      [5, 6],
      [2, 2],
    ] as const;
    deepEqual(numbersOf(completeCommit(commit({ own }), sent(2, 5, 6))), [5, 6, 2]);
  });

  it('keeps what others wrote in between', () => {
    const [foreign] = toRuns([op(9, 'other')]);
    const runs = foreign ? [{ own: [[1, 1]] as const }, foreign, { own: [[2, 2]] as const }] : [];
    const completed = completeCommit(commit(...runs), sent(1, 2));
    deepEqual(
      opsOf(completed).map(({ replicaId, number }) => `${replicaId} ${number}`),
      ['phone 1', 'other 9', 'phone 2'],
    );
  });

  it('keeps everything else of the commit', () => {
    const { seq, count, hash } = completeCommit(commit({ own: [[1, 1]] }), sent(1));
    deepEqual([seq, count, hash], [7, 3, 'h']);
  });
});
