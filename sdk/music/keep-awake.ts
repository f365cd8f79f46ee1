import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import type { ListenerState } from './listener.ts';

/** The browser's screen wake lock (W3C Screen Wake Lock API); injected. */
export interface ScreenLocks {
  /** Rejected where the battery is low or the page is hidden. */
  request(): Promise<ScreenLock>;
  isVisible(): boolean;
  /** Somebody looks at the page again: a lock ends whenever it is hidden. @returns ends it */
  onVisible(listener: () => void): () => void;
}

export interface ScreenLock {
  release(): Promise<void>;
  /** The browser took it back. */
  onRelease(listener: () => void): void;
}

/** Keeps the screen on while this device sounds. */
export interface KeepAwake {
  /** Kept across reloads; stays false where the browser has no such lock. */
  isWanted: boolean;
  stop(): void;
}

const key = 'jamz:awake';

export function createKeepAwake(
  state$: Live<ListenerState>,
  preferences: KeyValue,
  locks: ScreenLocks | undefined,
): KeepAwake {
  let isWanted = false;
  let isTouched = false;
  let isStopped = false;
  let isAsking = false;
  let lock: ScreenLock | undefined;

  const isDue = (): boolean => {
    const { kind } = state$.value;
    return isWanted && !isStopped && (kind === 'playing' || kind === 'buffering');
  };

  function look(): void {
    if (!isDue()) {
      lock?.release().catch(() => undefined);
      lock = undefined;
    } else if (locks?.isVisible() && !lock && !isAsking) void ask(locks);
  }

  async function ask(from: ScreenLocks): Promise<void> {
    isAsking = true;
    try {
      const got = await from.request();
      lock = got;
      got.onRelease(() => {
        if (lock === got) lock = undefined;
      });
    } catch {
      // A low battery, or the page was hidden meanwhile: the next look at the page tries again.
    }
    isAsking = false;
    if (!isDue()) look();
  }

  const following = state$.subscribe(look);
  const stopSeeing = locks?.onVisible(look);
  preferences.get<unknown>(key).then(
    (kept) => {
      if (isTouched || kept !== true || !locks) return;
      isWanted = true;
      look();
    },
    () => undefined,
  );

  return {
    get isWanted() {
      return isWanted;
    },
    set isWanted(next) {
      isTouched = true;
      isWanted = next && locks !== undefined;
      preferences.set(key, isWanted).catch(() => undefined);
      look();
    },
    stop() {
      isStopped = true;
      following.unsubscribe();
      stopSeeing?.();
      look();
    },
  };
}

/** Undefined where the browser has none, or the page may not ask, as on plain http. */
export function browserScreenLocks(): ScreenLocks | undefined {
  const { wakeLock } = navigator as Partial<Navigator>;
  if (!wakeLock) return undefined;
  return {
    async request() {
      const sentinel = await wakeLock.request('screen');
      return {
        release: () => sentinel.release(),
        onRelease: (listener) => sentinel.addEventListener('release', listener),
      };
    },
    isVisible: () => document.visibilityState === 'visible',
    onVisible(listener) {
      document.addEventListener('visibilitychange', listener);
      return () => document.removeEventListener('visibilitychange', listener);
    },
  };
}
