import type { Fix } from '../protocol/wire.ts';
import { distanceM } from './earth.ts';
import { reckoned } from './glide.ts';

/** What one report may cost: more where the person has little data or battery. */
export interface Thrift {
  /** Times the error that others may see before they are told. */
  readonly slack: number;
  /** At most this often a fix leaves the device. */
  readonly leastGapMs: number;
}

export const plenty: Thrift = { slack: 1, leastGapMs: 900 };
/** `Save-Data`, or a battery that runs low: about half of the reports, and twice the error. */
export const sparing: Thrift = { slack: 2, leastGapMs: 2_000 };

/** Who stands still is there as long as this says so at least this often: the others call it stale after 30 s. */
export const stillEveryMs = 20_000;
/** Who drives is drawn on along the last course for about as long. */
export const movingEveryMs = 12_000;
/** Who moves slower than this is where they were. */
const standingMps = 0.6;
/** A report is drawn by others about so much later: what counts is who is right then. */
const aheadMs = 300;
const leastSlackM = 4;
const mostSlackM = 20;
const betterAccuracy = 0.6;
/**
 * A good receiver is told of as often as it is right, a poor one is not believed for as much as it doubts: with one and
 * the same multiple of the accuracy the good moments cost most of the reports, and the poor ones most of the error.
 */
const ofGood = 1.9;
const ofPoorM = 7;

/**
 * Whether the others have to be told: they draw this device on along the course of what they were told last, by
 * {@link reckoned}, and so does this. As long as both agree as well as fixes are known at all, there is nothing to say,
 * but for a sign of life now and then.
 *
 * The policy is the deviation policy of Wolfson, Sistla, Chamberlain & Yesha, “Updating and Querying Databases that
 * Track Mobile Units” (Distributed and Parallel Databases 7, 1999), with the accuracy of the fix as its threshold.
 */
export function isWorthTelling(fix: Fix, told: Fix | undefined, { slack }: Thrift): boolean {
  if (!told || fix.atMs < told.atMs) return true;
  const ageMs = fix.atMs - told.atMs;
  const isMoving = Math.max(fix.speedMps ?? 0, told.speedMps ?? 0) > standingMps;
  if (ageMs >= (isMoving ? movingEveryMs : stillEveryMs)) return true;
  if (fix.accuracyM < told.accuracyM * betterAccuracy) return true;
  const soon = fix.atMs + aheadMs;
  return distanceM(reckoned(told, soon), reckoned(fix, soon)) > allowedM(fix) * slack;
}

/** How far off the others may draw a device that knows its own place as well as this. */
export function allowedM({ accuracyM }: Fix): number {
  const slackM = Math.min(accuracyM * ofGood, ofPoorM + accuracyM / 2);
  return Math.min(mostSlackM, Math.max(leastSlackM, slackM));
}
