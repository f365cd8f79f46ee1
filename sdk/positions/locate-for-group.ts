import type { Group } from '../api.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { type DeviceGeolocation, deviceSource } from './device-source.ts';
import { type Locating, locate } from './locating.ts';
import type { LocationProblem, LocationSource } from './location-source.ts';

export interface LocateForOptions {
  /** Where fixes come from: the browser's Geolocation, or anything that knows where this device is. */
  readonly from: DeviceGeolocation | LocationSource;
  readonly onProblem: (problem: LocationProblem) => void;
  /** Takes each fix, its time by the server's clock; default: {@link Group.reportPosition}. */
  readonly report?: Group['reportPosition'];
  /** Default: the page, and whether it is looked at. */
  readonly page?: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  readonly time?: Pick<Scheduler, 'nowMs' | 'after'>;
}

export function locateForGroup(
  group: Pick<Group, 'jamz' | 'reportPosition' | 'sharing' | 'sharing$'>,
  options: LocateForOptions,
): Locating {
  const { from, onProblem, report = group.reportPosition } = options;
  const { page = document, time = deviceTime } = options;
  return locate({
    source: 'watch' in from ? from : deviceSource(from, time.after),
    nowMs: time.nowMs,
    serverNowMs: () => group.jamz.serverNow(),
    report,
    onProblem,
    isVisible: () => page.visibilityState === 'visible',
    onVisibility(listener) {
      page.addEventListener('visibilitychange', listener);
      return () => page.removeEventListener('visibilitychange', listener);
    },
    onPaused(paused) {
      const { mode } = group.sharing$.value;
      if (mode !== 'off') group.sharing(mode, { paused });
    },
  });
}

/** Not the engine's own scheduler, which would be one more file for every page if this one named it, too. */
const deviceTime: Pick<Scheduler, 'nowMs' | 'after'> = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
