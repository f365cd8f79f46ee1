import { JamzError, type Notice, type SyncStatus } from '../../sdk/index.ts';
import { status } from '../shared/testing/common-states.ts';
import { type ElementState, type ElementStates, press } from '../shared/testing/element-state.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { synced } from '../shared/testing/fake-jamz.ts';
import type { JamzSyncIndicator } from './jamz-sync-indicator.ts';

/** Everything that `<jamz-sync-indicator>` can look like. */
export const syncIndicatorStates: ElementStates = {
  tag: 'jamz-sync-indicator',
  of: 'client',
  states: [
    showing('in-sync', synced),
    showing('syncing', status.syncing),
    showing('offline', status.offline),
    showing('error', status.error),
    showing('questions', { ...synced, conflicts: 2 }),
    showing('set-aside', { ...synced, setAside: 1 }),
    overtaken('overtaken'),
    { name: 'loading', alone: true },
    { ...showing('opened', synced), overlayPx: 300, act: opened },
    {
      ...showing('opened-offline', { ...status.offline, storage: 'memory' }),
      overlayPx: 380,
      act: opened,
    },
    {
      ...showing('opened-error', { ...status.error, conflicts: 1, setAside: 1 }),
      overlayPx: 560,
      act: opened,
    },
    {
      ...showing('opened-paused-upload', { ...synced, state: 'SYNCING', pending: 1 }),
      overlayPx: 360,
      async act(world, element) {
        world.jamz.uploads.add(new File(['song'], 'song.mp3'), { groupId: 'crew' }).pause();
        element.requestUpdate();
        await opened(world, element);
      },
    },
    { ...overtaken('opened-overtaken'), overlayPx: 600, act: opened },
  ],
};

function showing(name: string, now: SyncStatus): ElementState {
  return {
    name,
    prepare({ jamz }, element) {
      jamz.status$.next(now);
      (element as JamzSyncIndicator).now = () => jamz.nowMs;
      if (now.setAside === 0) return;
      jamz.setAside$.next([
        {
          opId: 'x',
          scope: 'g:crew',
          summary: 'add “Road Song”',
          opType: 'playlist.add',
          reason: new JamzError('forbidden', 'Only owners may add tracks in this group.'),
          setAsideAtMs: jamz.nowMs,
          retry: () => {},
          discard: () => {},
        },
      ]);
    },
  };
}

/** Two changes that others overtook: one that can be put back, one of a member who was removed. */
function overtaken(name: string): ElementState {
  return {
    name,
    prepare(world, element) {
      showing(name, synced).prepare?.(world, element);
      world.jamz.notices$.next(overtakenBy(world.jamz.nowMs));
    },
  };
}

function overtakenBy(atMs: number): readonly Notice[] {
  const told = { scope: 'g:crew', atMs, text: '', dismiss: () => {} } as const;
  return [
    {
      ...told,
      id: 'place',
      kind: 'overtaken',
      about: 'place',
      title: 'Camp by the lake',
      fields: [{ field: 'name', mine: 'Camp', theirs: 'Camp by the lake' }],
      by: 'bo',
      byName: 'Bo',
      putBack: () => sent,
    },
    {
      ...told,
      id: 'member',
      kind: 'removed',
      about: 'member',
      title: 'Cleo',
      fields: [{ field: 'role', mine: 'moderator', theirs: null }],
      by: 'bo',
      byName: 'Bo',
      putBack: () => undefined,
    },
  ];
}

/** The panel's code comes when it first opens. */
async function opened(...[, element]: Parameters<NonNullable<ElementState['act']>>): Promise<void> {
  await press(element, '#pill');
  while (element.isConnected && !element.renderRoot.querySelector('#panel .button')) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
