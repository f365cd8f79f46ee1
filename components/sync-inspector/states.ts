import type { InspectedOp, SyncState } from '../../sdk/index.ts';
import { status } from '../shared/testing/common-states.ts';
import type { ElementState, ElementStates, World } from '../shared/testing/element-state.ts';
import { press } from '../shared/testing/element-state.ts';
import { synced } from '../shared/testing/fake-jamz.ts';

/** Everything that `<jamz-sync-inspector>` can look like. */
export const syncInspectorStates: ElementStates = {
  tag: 'jamz-sync-inspector',
  of: 'client',
  states: [
    { name: 'in-sync', prepare: ({ jamz }) => inside(jamz, ['SYNCING', 'SYNCED']) },
    {
      name: 'offline',
      prepare({ jamz }) {
        jamz.status$.next(status.offline);
        inside(jamz, ['SYNCING', 'SYNCED', 'OFFLINE', 'SYNCING', 'SYNCED', 'OFFLINE']);
        jamz.inspector.inject({ offline: true, latencyMs: 300 });
        const outbox = [
          op('add “Road Song”', 'playlist.add', 41),
          op('play', 'playback.set', 12, 1),
        ];
        jamz.inspector.inside = { ...jamz.inspector.inside, outbox, waiting: 2 };
      },
    },
    {
      name: 'error',
      prepare({ jamz }) {
        jamz.status$.next(status.error);
        inside(jamz, ['SYNCING', 'SYNCED', 'ERROR']);
        jamz.inspector.inject({ serverError: true });
        const reason = { code: 'forbidden', message: 'Only owners may add tracks.' } as const;
        const setAside = [{ ...op('add “Road Song”', 'playlist.add', 300), reason }];
        jamz.inspector.inside = { ...jamz.inspector.inside, setAside };
      },
    },
    {
      name: 'long-drain',
      prepare({ jamz }) {
        jamz.status$.next({ ...status.syncing, pending: 4_210 });
        inside(jamz, ['SYNCING']);
        const outbox = Array.from({ length: 100 }, (_, at) =>
          op(`add “Track ${at + 1}”`, 'playlist.add', 900 - at),
        );
        jamz.inspector.inside = { ...jamz.inspector.inside, outbox, waiting: 4_210 };
      },
    },
    {
      name: 'transitions',
      prepare: ({ jamz }) => inside(jamz, ['SYNCING', 'SYNCED', 'OFFLINE', 'SYNCING', 'SYNCED']),
      act: (_world, element) => press(element, 'summary'),
    },
    { name: 'loading', alone: true },
  ] satisfies ElementState[],
};

function inside(jamz: World['jamz'], states: readonly SyncState[]): void {
  if (jamz.status$.value === synced) jamz.status$.next(synced);
  jamz.inspector.transitions = states.map((state, index) => ({
    atMs: jamz.nowMs - 100_000 + index * 18_000 + (index % 2) * 6_000,
    state,
    pending: state === 'OFFLINE' ? 2 : 0,
  }));
  jamz.inspector.inside = {
    replicaId: '7kq2m0x9d4fa',
    clockUncertaintyMs: 1.4,
    scopes: [
      log('u:ana', 12, 12, 0),
      log('g:weekend', 1_840, states.at(-1) === 'SYNCED' ? 1_840 : 1_846, 2),
    ],
  };
}

function log(scope: 'u:ana' | 'g:weekend', seq: number, headSeq: number, pending: number) {
  return { scope, cursor: { generation: 1, seq, hash: '9f02c44e1b7a6d30' }, headSeq, pending };
}

function op(summary: string, type: string, ageS: number, priority = 2): InspectedOp {
  return {
    opId: `tab-${ageS}`,
    scope: 'g:weekend',
    type,
    summary,
    ageMs: ageS * 1_000,
    stage: 'ready',
    priority,
    attempts: ageS > 30 ? 1 : 0,
    dependsOn: priority === 1 ? ['tab-41'] : [],
    reason: null,
  };
}
