import type { Fix } from '../protocol/wire.ts';
import type { Pace } from './motion.ts';

/** Why no fix comes. */
export type LocationProblem =
  /** The person, or the site's settings, said no. */
  | 'denied'
  /** Allowed, but the device finds nothing now; it keeps looking. */
  | 'searching';

export interface LocationListener {
  /** `atMs` by the device's own clock. */
  fix(fix: Fix): void;
  problem(problem: LocationProblem): void;
}

/** Port for whatever knows where this device is: the browser, a recorded track, a drive. */
export interface LocationSource {
  /** Tells fixes at this pace until it is ended. @returns ends it */
  watch(pace: Pace, listener: LocationListener): () => void;
}
