import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numbersIn, opsOf, toRuns } from '../protocol/codec.ts';
import type { Op } from '../protocol/ops.ts';
import type { AckedCommit, Commit, OwnRun, Run } from '../protocol/wire.ts';
import { completeCommit } from './own-runs.ts';
import { pendingAdd } from './test-pending.ts';

const op = (number: number, replicaId = 'phone'): Op =>
  pendingAdd(`tab-${number}`, { number, replicaId }).op;
const sent = (...numbers: number[]): Run[] => toRuns(numbers.map((number) => op(number)));
const countIn = (run: Run | OwnRun): number =>
  'own' in run ? [...numbersIn(run.own)].length : run.ops.length;
const commit = (...runs: (Run | OwnRun)[]): AckedCommit => ({
  generation: 1,
  seq: 7,
  count: runs.reduce((sum, run) => sum + countIn(run), 0),
  atMs: 5,
  hash: 'h',
  runs,
});
const opsIn = (completed: Pick<Commit, 'runs'> | undefined): Op[] =>
  opsOf(completed ?? { runs: [] });
const numbersOf = (completed: Commit | undefined): number[] =>
  opsIn(completed).map(({ number }) => number);

describe('completeCommit', () => {
  it('[WR4] puts the runs that were sent back as they are when all of them are in the log', () => {
    const runs = sent(1, 2, 3);
    equal(completeCommit(commit({ own: [[1, 3]] }), runs)?.runs[0], runs[0]);
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

  it('[WR4] keeps the order of the log', () => {
    const own = [
      [5, 6],
      [2, 2],
    ] as const;
    deepEqual(numbersOf(completeCommit(commit({ own }), sent(2, 5, 6))), [5, 6, 2]);
  });

  it('[WR4] keeps what others wrote in between', () => {
    const [foreign] = toRuns([op(9, 'other')]);
    const runs = foreign ? [{ own: [[1, 1]] as const }, foreign, { own: [[2, 2]] as const }] : [];
    const completed = completeCommit(commit(...runs), sent(1, 2));
    deepEqual(
      opsIn(completed).map(({ replicaId, number }) => `${replicaId} ${number}`),
      ['phone 1', 'other 9', 'phone 2'],
    );
  });

  it('keeps everything else of the commit', () => {
    const completed = completeCommit(commit({ own: [[1, 1]] }), sent(1));
    deepEqual([completed?.seq, completed?.count, completed?.hash], [7, 1, 'h']);
  });

  it('[WR4] finds the ops of pushes behind the one that was answered', () => {
    const pushes = [...sent(1, 2), ...sent(3, 4), ...sent(5)];
    const own = [
      [1, 2],
      [3, 4],
      [5, 5],
    ] as const;
    const told = commit(...own.map((range) => ({ own: [range] })));
    deepEqual(completeCommit(told, pushes)?.runs, pushes);
  });

  it('gives nothing where it does not have all that the commit names', () => {
    equal(completeCommit(commit({ own: [[1, 3]] }), sent(1, 2)), undefined);
  });
});
