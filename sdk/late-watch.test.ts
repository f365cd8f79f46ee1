import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { lateWatch } from './late-watch.ts';
import { memoryKeyValue } from './store/memory-key-value.ts';
import { LiveValue } from './sync/live-value.ts';
import { restingStatus, type SyncStatus } from './sync/status.ts';
import { virtualScheduler } from './testing/virtual-scheduler.ts';
import type { WatchDeps } from './watch.ts';

describe('what runs beside sync', () => {
  const { settle } = virtualScheduler();
  let opened: number;
  let status$: LiveValue<SyncStatus>;

  const deps = (): WatchDeps => {
    opened += 1;
    return {
      hub: {
        engine: undefined,
        userId: 'ana',
        state: () => undefined,
        ended: () => undefined,
        changes: () => () => () => {},
        send: () => ({ opId: '', acked: Promise.resolve() }),
      },
      jamz: { status$, setAside$: new LiveValue([]) },
      storage: memoryKeyValue(),
      tabsName: () => null,
      newId: () => 'new',
      nowMs: () => 0,
      reporting: undefined,
    };
  };
  const told: SyncStatus = {
    ...restingStatus,
    state: 'ERROR',
    error: { code: 'update-needed', message: 'Reload.' },
  };

  beforeEach(() => {
    opened = 0;
    status$ = new LiveValue(told);
  });

  it('[NT6] comes with the first status that says something, once', async () => {
    const watch = lateWatch(deps);
    watch.look(restingStatus);
    await settle();
    equal(opened, 0);
    watch.look(told);
    watch.look(told);
    await settle();
    equal(opened, 1);
    deepEqual(
      watch.notices$.value.map(({ kind, text }) => [kind, text]),
      [['update-needed', 'Reload.']],
    );
    watch.close();
  });

  it('does not begin after it was closed, and stops when it is', async () => {
    const early = lateWatch(deps);
    early.look(told);
    early.close();
    await settle();
    equal(opened, 0);
    const late = lateWatch(deps);
    late.look(told);
    await settle();
    late.close();
    status$.next(restingStatus);
    equal(late.notices$.value.length, 1);
  });
});
