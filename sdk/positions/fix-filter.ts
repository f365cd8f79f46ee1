import type { Fix } from '../protocol/wire.ts';
import { distanceM, type LatLng, offsetBy, offsetFrom } from './earth.ts';

/** Why a fix of the device was not believed. */
export type Dropped = 'inaccurate' | 'impossible' | 'old';

export type Filtered =
  | { readonly kind: 'fix'; readonly fix: Fix }
  | { readonly kind: 'dropped'; readonly why: Dropped };

/** A fix that is worse than this says in which town somebody is, and nothing for a map. */
const worstAccuracyM = 150;
/** No car, and hardly a train, is faster; 324 km/h. */
const fastestMps = 90;
/** Fixes in a row that contradict all before: then it is those before that were wrong. */
const contradictions = 4;
/** What is known is worth nothing after this long without a fix. */
const forgottenAfterMs = 15_000;
/** How far from its origin the plane is kept. */
const planeM = 5_000;

/** Noise of the acceleration, m²/s³: a car in town, and one that stands. */
const drivingNoise = 20;
const standingNoise = 0.02;
/** Receivers tell speeds from Doppler shifts, to decimetres a second; what they tell lags in bends; m/s. */
const dopplerMps = 0.6;
/** How far a told velocity leads astray, m²/s: what a car did within a second that no figure tells, and one that stands. */
const drivingDrift = 2;
const standingDrift = 0.01;
/** Longer ago, a velocity says nothing of the way in between. */
const ofIntervalS = 2;
/** Slower than this a velocity has no direction worth telling. */
const slowestCourseMps = 0.5;
/** Squared, in standard deviations: one true fix of a hundred thousand is further off. */
const gate = 23;

/**
 * Takes the noise out of a device's fixes and leaves out those that cannot be true: one Kalman filter with a state of
 * place and velocity on the plane that touches the Earth nearby.
 *
 * The model is the discretised white-noise acceleration of Bar-Shalom, Li & Kirubarajan, “Estimation with Applications
 * to Tracking and Navigation” (2001), section 6.2.2, its gate their section 5.4 (squared, normalised innovation). Both
 * axes have the same noise, so one covariance of three figures serves them. Where the device tells speed and heading they
 * are a second measurement, of velocity. A receiver's error wanders slowly instead of being new with each fix, so a
 * measured place counts for less than its accuracy says, and the velocity carries the way between.
 */
export class FixFilter {
  #origin: LatLng | undefined;
  #atMs = 0;
  #eastM = 0;
  #northM = 0;
  #eastMps = 0;
  #northMps = 0;
  /** Variances of place and velocity, and what they have in common. */
  #placeVar = 0;
  #mixedVar = 0;
  #velocityVar = 0;
  #contradicted = 0;

  /** Forgets where the device was: the next fix is believed as it is. */
  reset(): void {
    this.#origin = undefined;
    this.#contradicted = 0;
  }

  /** Takes a fix of the device; what comes back has the same time and accuracy, a better place, and a velocity. */
  take(fix: Fix): Filtered {
    if (fix.accuracyM > worstAccuracyM) return { kind: 'dropped', why: 'inaccurate' };
    if (!this.#origin || fix.atMs - this.#atMs > forgottenAfterMs) return this.#begin(fix);
    if (fix.atMs <= this.#atMs) return { kind: 'dropped', why: 'old' };
    const passedS = Math.max(1, (fix.atMs - this.#atMs) / 1000);
    // Before the place: receivers tell the mean of about the last second, which is the way from the fix before to this.
    const isOfInterval = passedS <= ofIntervalS && velocityOf(fix) !== undefined;
    if (isOfInterval) this.#goAlong(fix);
    else this.#predict(fix);
    const { eastM, northM } = offsetFrom(this.#origin, fix);
    const offEastM = eastM - this.#eastM;
    const offNorthM = northM - this.#northM;
    const measuredVar = placeVarOf(fix);
    const off = Math.hypot(offEastM, offNorthM);
    const isFar = off ** 2 / (this.#placeVar + measuredVar) > gate && off > 20;
    if (isFar || off > fastestMps * passedS) {
      this.#contradicted += 1;
      if (this.#contradicted >= contradictions) return this.#begin(fix);
      return { kind: 'dropped', why: 'impossible' };
    }
    this.#contradicted = 0;
    this.#atMs = fix.atMs;
    this.#correctPlace(offEastM, offNorthM, measuredVar);
    if (!isOfInterval) this.#correctVelocity(fix);
    return { kind: 'fix', fix: this.#told(fix) };
  }

  #begin(fix: Fix): Filtered {
    this.#origin = { lat: fix.lat, lng: fix.lng };
    this.#atMs = fix.atMs;
    this.#eastM = 0;
    this.#northM = 0;
    this.#contradicted = 0;
    const velocity = velocityOf(fix);
    this.#eastMps = velocity?.eastMps ?? 0;
    this.#northMps = velocity?.northMps ?? 0;
    this.#placeVar = placeVarOf(fix);
    this.#mixedVar = 0;
    this.#velocityVar = velocity ? dopplerMps ** 2 : 15 ** 2;
    return { kind: 'fix', fix };
  }

  /** To the time of the fix. The state itself is only kept if the fix is believed, but its doubt grows either way. */
  #predict(fix: Fix): void {
    const seconds = (fix.atMs - this.#atMs) / 1000;
    const noise = isStanding(fix) ? standingNoise : drivingNoise;
    this.#eastM += this.#eastMps * seconds;
    this.#northM += this.#northMps * seconds;
    this.#placeVar +=
      2 * seconds * this.#mixedVar + seconds ** 2 * this.#velocityVar + (noise * seconds ** 3) / 3;
    this.#mixedVar += seconds * this.#velocityVar + (noise * seconds ** 2) / 2;
    this.#velocityVar += noise * seconds;
    this.#atMs = fix.atMs;
  }

  /** The same by the velocity that the fix itself tells. */
  #goAlong(fix: Fix): void {
    const seconds = (fix.atMs - this.#atMs) / 1000;
    const isStill = isStanding(fix);
    this.#velocityVar += (isStill ? standingNoise : drivingNoise) * seconds;
    this.#correctVelocity(fix);
    this.#eastM += this.#eastMps * seconds;
    this.#northM += this.#northMps * seconds;
    this.#placeVar +=
      2 * seconds * this.#mixedVar +
      seconds ** 2 * this.#velocityVar +
      (isStill ? standingDrift : drivingDrift) * seconds;
    this.#mixedVar += seconds * this.#velocityVar;
    this.#atMs = fix.atMs;
  }

  #correctPlace(offEastM: number, offNorthM: number, measuredVar: number): void {
    const sum = this.#placeVar + measuredVar;
    const [gain, velocityGain] = [this.#placeVar / sum, this.#mixedVar / sum];
    this.#eastM += gain * offEastM;
    this.#northM += gain * offNorthM;
    this.#eastMps += velocityGain * offEastM;
    this.#northMps += velocityGain * offNorthM;
    this.#velocityVar -= velocityGain * this.#mixedVar;
    this.#mixedVar *= 1 - gain;
    this.#placeVar *= 1 - gain;
  }

  #correctVelocity(fix: Fix): void {
    const measured = velocityOf(fix);
    if (!measured) return;
    const sum = this.#velocityVar + dopplerMps ** 2;
    const [gain, placeGain] = [this.#velocityVar / sum, this.#mixedVar / sum];
    const offEast = measured.eastMps - this.#eastMps;
    const offNorth = measured.northMps - this.#northMps;
    this.#eastM += placeGain * offEast;
    this.#northM += placeGain * offNorth;
    this.#eastMps += gain * offEast;
    this.#northMps += gain * offNorth;
    this.#placeVar -= placeGain * this.#mixedVar;
    this.#mixedVar *= 1 - gain;
    this.#velocityVar *= 1 - gain;
  }

  #told(fix: Fix): Fix {
    const origin = this.#origin ?? fix;
    const at = offsetBy(origin, this.#eastM, this.#northM);
    const speedMps = Math.hypot(this.#eastMps, this.#northMps);
    if (distanceM(origin, at) > planeM) {
      this.#origin = at;
      this.#eastM = 0;
      this.#northM = 0;
    }
    const { accuracyM, atMs } = fix;
    const course = (Math.atan2(this.#eastMps, this.#northMps) * 180) / Math.PI;
    return {
      ...{ ...at, accuracyM, atMs, speedMps },
      ...(speedMps < slowestCourseMps ? {} : { headingDeg: (course + 360) % 360 }),
    };
  }
}

/**
 * Of one axis. The radius holds 68 (Android) to 95 per cent (W3C) of the errors; since one fix repeats most of the error
 * of the one before, each counts for less than that.
 */
function placeVarOf({ accuracyM }: Fix): number {
  return (1.3 * Math.max(3, accuracyM)) ** 2;
}

function velocityOf({ speedMps, headingDeg }: Fix) {
  if (speedMps === undefined) return undefined;
  if (speedMps < 0.3) return { eastMps: 0, northMps: 0 };
  if (headingDeg === undefined) return undefined;
  const course = (headingDeg * Math.PI) / 180;
  return { eastMps: speedMps * Math.sin(course), northMps: speedMps * Math.cos(course) };
}

function isStanding({ speedMps }: Fix): boolean {
  return speedMps !== undefined && speedMps < 0.3;
}
