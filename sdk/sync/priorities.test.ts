import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type OpType, payloadShapes } from '../protocol/payloads.ts';
import { type Priority, priorityOf } from './priorities.ts';

/** Every kind of op, by how soon it is sent. */
const kinds: Readonly<Record<Priority, readonly string[]>> = {
  0: ['playback', 'repeat', 'shuffle', 'session'],
  1: ['playlist'],
  2: ['group', 'members', 'invitations', 'places', 'messages'],
  3: ['reactions', 'profile'],
};

describe('priorities', () => {
  it('[OB2] are those of the kinds, for every type of op that there is', () => {
    const found: Record<Priority, Set<string>> = {
      0: new Set(),
      1: new Set(),
      2: new Set(),
      3: new Set(),
    };
    for (const type of Object.keys(payloadShapes)) {
      const [kind = ''] = type.split('.');
      // Only the server makes these, straight into the log.
      if (kind === 'log') continue;
      found[priorityOf(type as OpType)].add(kind);
    }
    for (const priority of [0, 1, 2, 3] as const) {
      deepEqual([...found[priority]].sort(), [...kinds[priority]].sort());
    }
  });
});
