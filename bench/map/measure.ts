import { distanceM, type LatLng } from '../../sdk/positions/earth.ts';
import { positionSignal } from '../../sdk/positions/signal.ts';
import { lengthMs, onTrack, type Track } from '../../sdk/positions/tracks.ts';
import type { Heard } from './receiver.ts';
import type { Told, Way } from './ways.ts';

/** What one way gave on some tracks; metres and ms. */
export interface Measured {
  readonly name: string;
  /** Of each moment with a network: between where the marker is and where the device is. */
  readonly errorsM: number[];
  /** The longest way of a marker within a frame that its device did not go, outages apart. */
  jumpM: number;
  reports: number;
  bytes: number;
  hours: number;
  /** Between the age that others are shown and the true age of the fix. */
  readonly ageErrorsMs: number[];
  /** Silences of more than 30 s, and how many of them were told in time. */
  silences: number;
  toldInTime: number;
}

export function nothingMeasured(name: string): Measured {
  return {
    ...{ name, errorsM: [], ageErrorsMs: [], jumpM: 0, reports: 0, bytes: 0, hours: 0 },
    ...{ silences: 0, toldInTime: 0 },
  };
}

/** Frames a second at which jumps are looked for. */
const framesPerS = 60;
const errorsPerS = 10;
/** Behind an outage the receiver needs up to three seconds, and a marker has five to come back. */
const recoveryMs = 8_000;
/** By what the two clocks' estimates of the server's time differ: as `docs/performance.md` has it. */
const clockErrorMs = 4;

/** Drives a track with one way of telling and drawing it. */
export function drive(
  way: Way,
  track: Track,
  heard: readonly Heard[],
  random: () => number,
  into: Measured,
): void {
  const told = way.tell(heard, () => 35 + random() * 90);
  const durationMs = lengthMs(track);
  into.reports += told.length;
  into.bytes += told.reduce((sum, { bytes }) => sum + bytes, 0);
  into.hours += durationMs / 3_600_000;
  const beganMs = track.points[0]?.atMs ?? 0;
  const isOut = (nowMs: number): boolean =>
    track.outages.some(
      ({ fromMs, toMs }) => beganMs + nowMs >= fromMs && beganMs + nowMs < toMs + recoveryMs,
    );
  const at = way.draw(told);
  let [before, trueBefore]: (LatLng | undefined)[] = [];
  for (let frame = 0; frame < (durationMs / 1000) * framesPerS; frame++) {
    const nowMs = (frame / framesPerS) * 1000;
    const drawn = at(nowMs);
    if (!drawn) continue;
    const truth = onTrack(track, nowMs);
    if (isOut(nowMs)) before = undefined;
    else {
      if (before && trueBefore) {
        const extra = distanceM(before, drawn) - distanceM(trueBefore, truth);
        into.jumpM = Math.max(into.jumpM, extra);
      }
      if (frame % (framesPerS / errorsPerS) === 0) into.errorsM.push(distanceM(drawn, truth));
      before = drawn;
    }
    trueBefore = truth;
  }
  watchAge(told, durationMs, random, into);
}

/** What a viewer's label says, second by second, by a clock of their own estimate. */
function watchAge(
  told: readonly Told[],
  durationMs: number,
  random: () => number,
  into: Measured,
): void {
  const offMs = (random() - 0.5) * 2 * clockErrorMs;
  let next = 0;
  let isSilent = false;
  for (let nowMs = 0; nowMs <= durationMs; nowMs += 1_000) {
    while ((told[next]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs) next += 1;
    const last = told[next - 1];
    if (!last) continue;
    into.ageErrorsMs.push(Math.abs(nowMs + offMs - last.fix.atMs - (nowMs - last.fix.atMs)));
    const isLong = nowMs - last.fix.atMs >= 30_000;
    if (isLong && !isSilent) {
      into.silences += 1;
      if (positionSignal(last, nowMs + offMs) !== 'live') into.toldInTime += 1;
    }
    isSilent = isLong;
  }
}
