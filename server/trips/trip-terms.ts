import { JamzError } from '../../sdk/protocol/errors.ts';
import type { TripSpan } from './trip-of.ts';

const dayMs = 24 * 3_600_000;
const maxSpanMs = 3 * dayMs;
const defaultLifeMs = 7 * dayMs;
const maxLifeMs = 30 * dayMs;

/** @throws {JamzError} `invalid` for a span that is none, or longer than three days */
export function checkSpan({ fromMs, untilMs }: TripSpan): void {
  if (fromMs < untilMs && untilMs - fromMs <= maxSpanMs) return;
  throw new JamzError('invalid', 'A trip begins before it ends, within three days and not to come');
}

/**
 * When a link ends: as asked, or in a week; never later than the last of its history.
 *
 * @throws {JamzError} `invalid` for a time that is past or more than thirty days away, and where nothing of the span is
 *   kept any more
 */
export function expiryOf(
  { untilMs, expiresAtMs }: Pick<TripSpan, 'untilMs'> & { readonly expiresAtMs?: number },
  nowMs: number,
  keptDays: number,
): number {
  if (expiresAtMs !== undefined && (expiresAtMs <= nowMs || expiresAtMs > nowMs + maxLifeMs)) {
    throw new JamzError('invalid', 'expiresAtMs is a time to come, within thirty days');
  }
  const ends = Math.min(expiresAtMs ?? nowMs + defaultLifeMs, untilMs + keptDays * dayMs);
  if (ends > nowMs) return ends;
  throw new JamzError('invalid', 'Of so long ago nothing is kept here: choose a later drive');
}
