import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Run, WireOp } from '../../sdk/protocol/wire.ts';
import { factsOf } from './run-facts.ts';

function runOf(...ops: readonly (readonly [number: number, type: string])[]): Run {
  return {
    ...{ replicaId: 'phone', authorId: 'ana', stamperId: 'tab', version: 1, base: [1, 0] },
    ops: ops.map(([number, type]): WireOp => [number, number, 1_000, 0, type, {}]),
  };
}

describe('The facts of a run', () => {
  it('name every type that is in it', () => {
    const run = runOf([1, 'playlist.add'], [2, 'messages.send'], [3, 'playlist.add']);
    deepEqual([...factsOf(run).types].sort(), ['messages.send', 'playlist.add']);
  });

  it('tell the numbers as a range where none is missing', () => {
    deepEqual(factsOf(runOf([4, 'playlist.add'], [5, 'playlist.add'])).numbers, [4, 5]);
  });

  it('tell no range where one is missing, or comes out of turn', () => {
    equal(factsOf(runOf([4, 'playlist.add'], [6, 'playlist.add'])).numbers, undefined);
    equal(factsOf(runOf([5, 'playlist.add'], [4, 'playlist.add'])).numbers, undefined);
    equal(factsOf(runOf()).numbers, undefined);
  });
});
