import type { SyncStatus } from '../../sdk/index.ts';
import type { SyncWords } from './words.ts';

/** The pill's word. */
export function stateWord(status: SyncStatus | undefined, words: SyncWords): string {
  if (!status) return words.connecting;
  return {
    SYNCED: words.synced,
    SYNCING: words.syncing,
    OFFLINE: words.offline,
    ERROR: words.error,
  }[status.state];
}

/** The pill's figure: what waits, else how well the clock is known while in sync, else when the next try is. */
export function figureText(
  status: SyncStatus | undefined,
  nowMs: number,
  words: SyncWords,
): string | undefined {
  if (!status) return undefined;
  if (status.pending > 0) return words.waiting(status.pending);
  if (status.state === 'SYNCED') {
    // Half the way there and back bounds the error of a clock that was read over it.
    const { roundTripMs } = status;
    return roundTripMs === null || status.clockOffsetMs === null
      ? undefined
      : words.accuracy(Math.max(1, Math.round(roundTripMs / 2)));
  }
  const seconds = secondsToTry(status, nowMs);
  return seconds === undefined || status.state === 'SYNCING' ? undefined : words.retryIn(seconds);
}

/** Seconds until the next try; undefined when none is planned or it is due. */
export function secondsToTry(status: SyncStatus, nowMs: number): number | undefined {
  if (status.nextRetryAt === null || status.state === 'SYNCED') return undefined;
  const seconds = Math.ceil((status.nextRetryAt - nowMs) / 1000);
  return seconds > 0 ? seconds : undefined;
}

/** `Just now`, `40 s ago`, `3 min ago`, `2 h ago`. */
export function sinceText(atMs: number | null, nowMs: number, words: SyncWords): string {
  if (atMs === null) return words.never;
  const seconds = Math.max(0, Math.floor((nowMs - atMs) / 1000));
  if (seconds < 10) return words.justNow;
  if (seconds < 60) return words.ago(words.seconds(seconds));
  if (seconds < 3600) return words.ago(words.minutes(Math.floor(seconds / 60)));
  return words.ago(words.hours(Math.floor(seconds / 3600)));
}

/** This device's clock against the server's: `3 ms behind`. */
export function clockText(offsetMs: number | null, words: SyncWords): string {
  if (offsetMs === null) return words.unknown;
  const figure = words.ms(Math.abs(Math.round(offsetMs)));
  return offsetMs > 0 ? words.behind(figure) : words.ahead(figure);
}
