/** What a person is told about this replica. */
export type SyncState = 'SYNCED' | 'SYNCING' | 'OFFLINE' | 'ERROR';

export const syncStates: readonly SyncState[] = ['SYNCED', 'SYNCING', 'OFFLINE', 'ERROR'];

/**
 * What can happen to it.
 *
 * - `opened`: the server answered on a new link, or again on one that was silent
 * - `caught-up`: every cursor is at its head and the outbox is empty
 * - `behind`: an op was made, or a head moved past a cursor
 * - `link-lost`: no answer comes: dropped, refused, timed out, switched off
 * - `server-failed`: the server is reached and fails, often enough to open the breaker
 * - `halted`: this replica cannot go on: update needed, signed out
 * - `resumed`: what halted it is over; a link is being opened
 */
export type SyncEvent =
  | 'opened'
  | 'caught-up'
  | 'behind'
  | 'link-lost'
  | 'server-failed'
  | 'halted'
  | 'resumed';

export const syncEvents: readonly SyncEvent[] = [
  'opened',
  'caught-up',
  'behind',
  'link-lost',
  'server-failed',
  'halted',
  'resumed',
];

/** The whole machine: one row a state, one column an event. An op made offline leaves it OFFLINE. */
export const transitions: Readonly<Record<SyncState, Readonly<Record<SyncEvent, SyncState>>>> = {
  SYNCED: {
    opened: 'SYNCING',
    'caught-up': 'SYNCED',
    behind: 'SYNCING',
    'link-lost': 'OFFLINE',
    'server-failed': 'ERROR',
    halted: 'ERROR',
    resumed: 'SYNCED',
  },
  SYNCING: {
    opened: 'SYNCING',
    'caught-up': 'SYNCED',
    behind: 'SYNCING',
    'link-lost': 'OFFLINE',
    'server-failed': 'ERROR',
    halted: 'ERROR',
    resumed: 'SYNCING',
  },
  OFFLINE: {
    opened: 'SYNCING',
    'caught-up': 'OFFLINE',
    behind: 'OFFLINE',
    'link-lost': 'OFFLINE',
    'server-failed': 'ERROR',
    halted: 'ERROR',
    resumed: 'OFFLINE',
  },
  ERROR: {
    opened: 'SYNCING',
    'caught-up': 'ERROR',
    behind: 'ERROR',
    'link-lost': 'OFFLINE',
    'server-failed': 'ERROR',
    halted: 'ERROR',
    resumed: 'SYNCING',
  },
};

/** Before anything is known a replica is on its way. */
export const initialSyncState: SyncState = 'SYNCING';

export function nextSyncState(state: SyncState, event: SyncEvent): SyncState {
  return transitions[state][event];
}
