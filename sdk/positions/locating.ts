import type { Fix } from '../protocol/wire.ts';
import { FixFilter } from './fix-filter.ts';
import type { LocationProblem, LocationSource } from './location-source.ts';
import { firstMotion, type Motion, motionAfter, paces } from './motion.ts';

export interface LocatingDeps {
  readonly source: LocationSource;
  /** The device's clock, in which sources tell times; ms since 1970. */
  readonly nowMs: () => number;
  /** By the server's clock. */
  readonly serverNowMs: () => number;
  /** Takes a fix, its time by the server's clock. */
  readonly report: (fix: Omit<Fix, 'atMs'> & { readonly at: number }) => void;
  readonly onProblem: (problem: LocationProblem) => void;
  /** Whether somebody looks at the page; browsers tell no fixes to others. */
  readonly isVisible: () => boolean;
  /** @returns ends it */
  readonly onVisibility: (listener: () => void) => () => void;
  /** Fixes stop, or may come again: the screen was locked, or another app came in front. */
  readonly onPaused: (paused: boolean) => void;
}

/** A device that is asked where it is, as often as it moves. */
export interface Locating {
  readonly motion: Motion;
  stop(): void;
}

/**
 * Asks a device where it is until it is stopped: all the time while it drives, now and then while somebody walks or
 * stays. Its clock may be wrong: how old a fix is counts, by that clock, and is put under the server's.
 */
export function locate(deps: LocatingDeps): Locating {
  const { source, nowMs, serverNowMs, report, onProblem, isVisible, onVisibility, onPaused } = deps;
  const filter = new FixFilter();
  let state = firstMotion(nowMs());
  let end = (): void => {};
  let isOver = false;
  const begin = (): void => {
    end();
    const pace = paces[state.motion];
    end = source.watch(pace, {
      fix(fix) {
        if (isOver) return;
        const ageMs = Math.min(oldestMs, Math.max(0, nowMs() - fix.atMs));
        const { atMs: _, ...place } = fix;
        report({ ...place, at: serverNowMs() - ageMs });
        const filtered = filter.take(fix);
        if (filtered.kind !== 'fix') return;
        const before = state.motion;
        state = motionAfter(state, filtered.fix);
        if (state.motion !== before) begin();
      },
      problem(problem) {
        if (!isOver) onProblem(problem);
      },
    });
  };
  const unwatch = onVisibility(() => {
    onPaused(!isVisible());
    if (isVisible()) {
      // Whoever locked their phone on foot may look at it from a car.
      state = firstMotion(nowMs());
      begin();
    } else {
      end();
      end = () => {};
    }
  });
  begin();
  return {
    get motion() {
      return state.motion;
    },
    stop() {
      isOver = true;
      unwatch();
      end();
    },
  };
}

/** Some browsers count a fix's time from anything but 1970: it is taken for new then. */
const oldestMs = 60_000;
