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
