import type { Notice } from './notices/notice.ts';
import { LiveValue } from './sync/live-value.ts';
import type { SyncStatus } from './sync/status.ts';
import type { Took } from './sync/took.ts';
import type { openWatch, WatchDeps } from './watch.ts';

/** Where the code does not come for long, what came first is what it is told. */
const maxEarly = 1_000;

type Told = Parameters<ReturnType<typeof openWatch>['took']>;

/** What runs beside sync, once it is at work: nobody waits for it, so its code comes last. */
export interface LateWatch {
  readonly notices$: LiveValue<readonly Notice[]>;
  readonly took: Took;
  /** The status is another: the first that says something brings the code. */
  look(status: SyncStatus): void;
  close(): void;
}

export function lateWatch(deps: () => WatchDeps): LateWatch {
  const notices$ = new LiveValue<readonly Notice[]>([]);
  let early: Told[] = [];
  let loading = false;
  let watch: ReturnType<typeof openWatch> | undefined;
  let closed = false;
  const begin = async (): Promise<void> => {
    try {
      const { openWatch } = await import('./watch.ts');
      if (closed) return;
      watch = openWatch(deps(), notices$);
      for (const told of early) watch.took(...told);
      early = [];
    } catch {
      // In a dead spot, before the browser has it: the next change of the status asks again.
      loading = false;
    }
  };
  return {
    notices$,
    took(scope, commits, own) {
      const told: Told = [scope, commits, own, scope.confirmed, scope.cursor];
      if (watch) watch.took(...told);
      else if (early.length < maxEarly) early.push(told);
    },
    look({ state }) {
      if (loading || state === 'SYNCING') return;
      loading = true;
      void begin();
    },
    close() {
      closed = true;
      watch?.close();
    },
  };
}
