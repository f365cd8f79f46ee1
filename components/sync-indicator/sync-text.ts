import type { Notice, SyncStatus } from '../../sdk/index.ts';
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

/** Notices that the panel lists; what was refused is listed as set aside, and the status says the rest itself. */
export function isListed(
  notice: Notice,
): notice is Extract<Notice, { kind: 'overtaken' | 'removed' }> {
  return notice.kind === 'overtaken' || notice.kind === 'removed';
}

/** How many things want the person's eye, and what the most pressing of them are. */
export function badgeOf(
  conflicts: number,
  setAside: number,
  notices: readonly Notice[],
  words: SyncWords,
): { readonly count: number; readonly text: string } | undefined {
  const told = notices.filter(isListed).length;
  const count = conflicts + setAside + told;
  if (count === 0) return undefined;
  if (conflicts > 0) return { count, text: words.conflicts(conflicts) };
  return { count, text: setAside > 0 ? words.setAsideTitle(setAside) : words.overtaken(told) };
}
