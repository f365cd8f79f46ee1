import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Waiting } from './job.ts';
import { nextBatch } from './next-batch.ts';

const push = (replicaId: string, sender?: object): Waiting => ({
  job: new Promise(() => {}),
  replicaIds: [replicaId],
  opCount: 1,
  fail: () => {},
  sender,
});

describe('the next batch', () => {
  const link = {};
  const other = {};

  it('takes the pushes that one link sends for a replica together', () => {
    const waiting = [push('phone', link), push('phone', link), push('car', other)];
    deepEqual(nextBatch(waiting), { batch: waiting, rest: [] });
  });

  it('keeps a replica’s pushes over two links apart, in order', () => {
    const [first, second, third] = [push('phone', link), push('phone', other), push('phone', link)];
    deepEqual(nextBatch([first, second, third]), { batch: [first], rest: [second, third] });
  });

  it('keeps two replicas of one link apart: its answer names ops by number alone', () => {
    const [first, second] = [push('disk', link), push('memory', link)];
    deepEqual(nextBatch([first, second]), { batch: [first], rest: [second] });
  });
});
