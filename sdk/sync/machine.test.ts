import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initialSyncState, nextSyncState, syncEvents, syncStates } from './machine.ts';

/** Written down a second time, by what a person is to be told, so that a slip in one of the two shows. */
const table = `
          opened   caught-up  behind   link-lost  server-failed  halted  resumed
SYNCED    SYNCING  SYNCED     SYNCING  OFFLINE    ERROR          ERROR   SYNCED
SYNCING   SYNCING  SYNCED     SYNCING  OFFLINE    ERROR          ERROR   SYNCING
OFFLINE   SYNCING  OFFLINE    OFFLINE  OFFLINE    ERROR          ERROR   OFFLINE
ERROR     SYNCING  ERROR      ERROR    OFFLINE    ERROR          ERROR   SYNCING
`;

const [events = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('sync state machine', () => {
  it('[SM1] knows the states and events of the table and no others', () => {
    deepEqual([...syncEvents].sort(), [...events].sort());
    deepEqual([...syncStates].sort(), rows.map(([state]) => state).sort());
  });

  for (const [from, ...row] of rows) {
    row.forEach((to, column) => {
      it(`[SM1] goes from ${from} to ${to} on ${events[column]}`, () => {
        const state = syncStates.find((name) => name === from);
        const event = syncEvents.find((name) => name === events[column]);
        equal(state && event && nextSyncState(state, event), to);
      });
    });
  }

  it('[SM2] is on its way before anything is known', () => {
    equal(initialSyncState, 'SYNCING');
  });
});
