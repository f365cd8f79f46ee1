import type { Live } from './live.ts';
import { type Changes, View } from './view.ts';

/** A value and when it stops being true by itself, server's time; null: not before something else changes. */
export interface Timed<T> {
  readonly value: T;
  readonly changesAtMs: number | null;
}

/** The longest delay that timers of all platforms keep. */
const longestDelayMs = 2 ** 31 - 1;

/** A stream whose value also changes as time passes, at moments that the value itself knows. */
export function timedView<T>(
  read: () => Timed<T>,
  same: (one: T, other: T) => boolean,
  changes: Changes,
  serverNowMs: () => number,
  after: (delayMs: number, run: () => void) => () => void,
): Live<T> {
  let last: T | undefined;
  /** The same object as long as it says the same. */
  const stable = (): T => {
    const { value } = read();
    if (last === undefined || !same(last, value)) last = value;
    return last;
  };
  const timed: Changes = (onChange, onEnd) => {
    let stop: (() => void) | undefined;
    const arm = (): void => {
      stop?.();
      stop = undefined;
      const { changesAtMs } = read();
      if (changesAtMs === null) return;
      const delayMs = Math.min(longestDelayMs, Math.max(1, changesAtMs - serverNowMs()));
      stop = after(delayMs, tell);
    };
    const tell = (): void => {
      onChange();
      arm();
    };
    arm();
    const end = changes(tell, onEnd);
    return () => {
      stop?.();
      end();
    };
  };
  return new View(stable, timed);
}
