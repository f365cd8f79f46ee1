import type { ScopeState } from '../merge/states.ts';
import type { SharingSource } from '../positions/open-sharing.ts';
import type { LiveReport } from '../protocol/wire.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { LiveValue } from '../sync/live-value.ts';
import { restingStatus, type SyncStatus } from '../sync/status.ts';
import { type VirtualScheduler, virtualScheduler } from './virtual-scheduler.ts';

/** A replica as sharing sees it, which a test can take off the network or hand to another person. */
export interface TestSource extends SharingSource {
  readonly time: VirtualScheduler;
  /** `path body` of each request. */
  readonly asked: { readonly path: string; readonly body: unknown }[];
  user: string | undefined;
  isEnded: boolean;
  /** What is known of the group. */
  group: ScopeState | undefined;
  /** What the server answers; default: nothing. */
  answer: () => Promise<unknown>;
  become(state: SyncStatus['state'], leader?: boolean): void;
}

export function sharingSource(options: {
  readonly report: (report: LiveReport) => void;
  readonly storage?: SharingSource['storage'];
  readonly time?: VirtualScheduler;
  readonly newId?: () => string;
  /** Takes the place of `asked` and `answer`. */
  readonly http?: (body: unknown) => Promise<unknown>;
}): TestSource {
  const time = options.time ?? virtualScheduler();
  const status$ = new LiveValue<SyncStatus>({ ...restingStatus, state: 'SYNCED' });
  const source: TestSource = {
    time,
    asked: [],
    user: 'ana',
    isEnded: false,
    group: undefined,
    answer: async () => undefined,
    become: (state, leader = status$.value.leader) =>
      status$.next({ ...status$.value, state, leader }),
    hub: {
      get userId() {
        return source.user;
      },
      serverNow: time.nowMs,
      report: options.report,
      ended: () => (source.isEnded ? {} : undefined),
      state: () => source.group,
    },
    jamz: { status$, session: { restored: Promise.resolve() } },
    storage: options.storage ?? {
      caches: memoryKeyValue(),
      preferences: memoryKeyValue(),
      tabsName: () => null,
    },
    http: async (_method: string, path: string, body?: unknown) => {
      if (options.http) return options.http(body) as Promise<never>;
      source.asked.push({ path, body });
      return source.answer() as Promise<never>;
    },
    scheduler: time,
    newId: options.newId ?? (() => 'phone'),
  };
  return source;
}
