/** Time and chance as a replica sees them; injected, so that tests and the simulator own them. */
export interface Scheduler {
  /** The device's wall clock, ms since 1970. May jump. */
  nowMs(): number;
  /** Never jumps, never runs backwards; ms since anything. */
  monotonicMs(): number;
  /** @returns stops the timer */
  after(delayMs: number, run: () => void): () => void;
  /** 0 ≤ x < 1. */
  random(): number;
}

export const deviceScheduler: Scheduler = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** What happens around a replica that should wake it. */
export interface Surroundings {
  /** False only where the platform is sure that there is no network. */
  isOnline(): boolean;
  /** Whether somebody is looking at this page; absent: nobody ever is. */
  readonly isVisible?: () => boolean;
  /** Network came back, page became visible, machine woke: something to try again for. @returns ends it */
  onWake(listener: () => void): () => void;
  /** The platform says the network is gone. @returns ends it */
  onOffline(listener: () => void): () => void;
}

export const noSurroundings: Surroundings = {
  isOnline: () => true,
  onWake: () => () => {},
  onOffline: () => () => {},
};

/** The browser's own signs: `online`, `offline`, `visibilitychange`, `pageshow`. */
export function browserSurroundings(): Surroundings {
  if (typeof addEventListener !== 'function' || typeof navigator === 'undefined')
    return noSurroundings;
  const on = (target: EventTarget, type: string, listener: () => void): (() => void) => {
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  };
  const isVisible = (): boolean =>
    typeof document !== 'undefined' && document.visibilityState === 'visible';
  return {
    isVisible,
    isOnline: () => navigator.onLine !== false,
    onWake(listener) {
      const seen = (): void => {
        if (isVisible()) listener();
      };
      const ends = [on(globalThis, 'online', listener), on(globalThis, 'pageshow', listener)];
      if (typeof document !== 'undefined') ends.push(on(document, 'visibilitychange', seen));
      return () => {
        for (const end of ends) end();
      };
    },
    onOffline: (listener) => on(globalThis, 'offline', listener),
  };
}
