import { offsetBy } from '../../sdk/positions/earth.ts';
import { onTrack, type Track } from '../../sdk/positions/tracks.ts';
import type { Fix } from '../../sdk/protocol/wire.ts';

/** A fix as a receiver gives it, and when the page hears of it. */
export interface Heard {
  readonly heardMs: number;
  readonly fix: Fix;
}

/** How long a receiver's error stays what it is: reflections change with the streets. */
const wanderS = 40;
/** Of each axis, of a radius that holds 68 per cent of the errors, as Android tells it. */
const axisOf68 = 1 / 1.515;
const outliers = 0.004;

/**
 * Fixes of a phone on a track, one a second. Their error wanders (a Gauss-Markov process of {@link wanderS}) within an
 * accuracy that itself wanders between 5 and 15 m, with a metre of noise on top; speeds come from Doppler shifts and
 * lag by half a second; in an outage there is none, and the first ones behind it are poor; four in a thousand are
 * reflections far away that claim to be good.
 *
 * @param isRecorded the track's own points are noisy fixes without speed: they are given as they are
 */
export function receive(track: Track, durationMs: number, random: () => number): readonly Heard[] {
  const normal = normalBy(random);
  const heard: Heard[] = [];
  let level = random();
  let [east, north] = [normal(), normal()];
  let backS = 30;
  for (let atMs = 0; atMs <= durationMs; atMs += 1000) {
    const here = onTrack(track, atMs);
    const keep = Math.exp(-1 / wanderS);
    east = keep * east + Math.sqrt(1 - keep ** 2) * normal();
    north = keep * north + Math.sqrt(1 - keep ** 2) * normal();
    level = Math.max(0, Math.min(1, level + 0.03 * normal()));
    backS = here.isOut ? -1 - random() * 2 : backS + 1;
    if (backS < 0) continue;
    const accuracyM = 5 + 10 * level + 25 * Math.exp(-backS / 3);
    const sigma = accuracyM * axisOf68;
    const isOutlier = random() < outliers;
    const far = isOutlier ? 40 + random() * 120 : 0;
    const wild = random() * 2 * Math.PI;
    const before = onTrack(track, atMs - 500);
    const speedMps = Math.max(0, before.speedMps + 0.3 * normal());
    const heading = before.headingDeg + (12 / Math.max(1, before.speedMps)) * normal();
    heard.push({
      heardMs: atMs + 80 + random() * 200,
      fix: {
        ...offsetBy(
          here,
          east * sigma + normal() + far * Math.cos(wild),
          north * sigma + normal() + far * Math.sin(wild),
        ),
        accuracyM,
        speedMps,
        ...(speedMps > 1 ? { headingDeg: (heading + 360) % 360 } : {}),
        atMs,
      },
    });
  }
  return heard;
}

/** Standard normal numbers: Box & Muller (1958). */
function normalBy(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
