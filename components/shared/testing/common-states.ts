import type { ErrorCode, GroupAction, SyncStatus } from '../../../sdk/index.ts';
import type { ElementState, World } from './element-state.ts';
import { synced } from './fake-jamz.ts';

/** Why a group cannot be shown, by the state's name: every element of a group has a face for each. */
const refusals: Readonly<Record<string, readonly [code: ErrorCode, message: string]>> = {
  unreachable: ['unavailable', 'The server does not answer.'],
  'token-expired': ['token-expired', 'Sign in again.'],
  'no-permission': ['forbidden', 'You are not a member of this group.'],
  'origin-not-allowed': ['origin-not-allowed', 'This origin is not allowed.'],
  'rate-limited': ['rate-limited', 'Wait a moment.'],
  'update-needed': ['update-needed', 'Reload this page.'],
  removed: ['removed', 'You were removed.'],
  gone: ['gone', 'The group was deleted.'],
  'server-error': ['internal', 'The server has a problem of its own. Try again in a moment.'],
};

const deniedAll: ReadonlySet<GroupAction> = new Set<GroupAction>([
  'listen',
  'control',
  'add-tracks',
  'remove-tracks',
  'move-tracks',
  'upload',
  'invite',
  'remove-members',
  'set-roles',
  'update-group',
  'delete-group',
  'send-messages',
  'save-places',
  'report-position',
]);

/**
 * The states that every element of a group has.
 *
 * @param fill gives the group its content, for the states that show content
 */
export function groupStates(fill: (world: World) => void): readonly ElementState[] {
  const withContent = (name: string, change: (world: World) => void): ElementState => ({
    name,
    prepare(world) {
      fill(world);
      change(world);
    },
  });
  const unavailable = Object.entries(refusals).map(
    ([name, [code, message]]): ElementState => ({
      name,
      prepare: ({ group }) => group.availability$.next({ kind: 'unavailable', code, message }),
    }),
  );
  return [
    withContent('ready', () => {}),
    { name: 'loading', prepare: ({ group }) => group.availability$.next({ kind: 'connecting' }) },
    withContent('offline', ({ jamz }) => jamz.status$.next(status.offline)),
    withContent('reconnecting', ({ jamz }) => jamz.status$.next(status.syncing)),
    withContent('read-only', ({ group }) => {
      group.denied = deniedAll;
    }),
    {
      name: 'signed-out',
      prepare: ({ group }) => group.availability$.next({ kind: 'signed-out' }),
    },
    ...unavailable,
    { name: 'bad-configuration', alone: true },
  ];
}

const at = synced.lastSyncedAt ?? 0;

/** How a replica stands, as its status says. */
export const status: Readonly<Record<'syncing' | 'offline' | 'error', SyncStatus>> = {
  syncing: { ...synced, state: 'SYNCING', pending: 2 },
  offline: {
    ...synced,
    state: 'OFFLINE',
    pending: 3,
    lastSyncedAt: at - 4 * 60_000,
    nextRetryAt: at + 12_000,
  },
  error: {
    ...synced,
    state: 'ERROR',
    pending: 1,
    error: { code: 'update-needed', message: 'This page is too old for the server. Reload it.' },
  },
};
