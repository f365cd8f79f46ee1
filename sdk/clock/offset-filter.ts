/** Crystals differ by some 30 parts in a million: what a drift is expected to be before it was seen. */
const usualDrift = 3e-5;
/** How fast a crystal's drift itself wanders with its temperature, per square root of ms. */
const driftWander = 1e-9;
/** How fast an offset wanders for reasons of its own, ms per square root of ms. */
const offsetWander = 2e-4;
/** A drift less certain than this many deviations is not used: it would only add noise. */
const significantDeviations = 2;
/** A measurement beyond the physically possible and this slack means that a clock was set or slept. */
const slackMs = 5;

/**
 * Offset and drift between two clocks from noisy measurements: a Kalman filter of two states (Kalman 1960), constant
 * drift with wander. All times are on the device's monotonic clock, ms.
 */
export class OffsetFilter {
  #atMs = 0;
  #offsetMs = 0;
  #drift = 0;
  /** Covariance: of the offset, of both, of the drift. */
  #offsetVariance = Number.POSITIVE_INFINITY;
  #covariance = 0;
  #driftVariance = usualDrift ** 2;

  get known(): boolean {
    return this.#offsetVariance !== Number.POSITIVE_INFINITY;
  }

  /** The other clock less this one at `atMs`, by the drift where that is certain enough. */
  offsetAt(atMs: number): number {
    return this.#offsetMs + this.#usedDrift * (atMs - this.#atMs);
  }

  /** One standard deviation of {@link offsetAt}, ms. */
  deviationMs(atMs: number): number {
    return Math.sqrt(this.#predictedVariance(Math.max(0, atMs - this.#atMs)));
  }

  /** Takes in one measurement. The offset lies within half the round trip of it, and most likely near its middle. */
  add({
    atMs,
    offsetMs,
    roundTripMs,
  }: {
    readonly atMs: number;
    readonly offsetMs: number;
    readonly roundTripMs: number;
  }): void {
    const noise = (0.3 + roundTripMs / 8) ** 2;
    if (!this.known) {
      this.#restart(atMs, offsetMs, noise);
      return;
    }
    const passedMs = Math.max(0, atMs - this.#atMs);
    const offsetVariance = this.#predictedVariance(passedMs);
    const surprise = offsetMs - (this.#offsetMs + this.#drift * passedMs);
    const possibleMs = roundTripMs / 2 + 3 * Math.sqrt(offsetVariance) + slackMs;
    if (Math.abs(surprise) > possibleMs) {
      this.#restart(atMs, offsetMs, noise);
      return;
    }

    const covariance = this.#covariance + passedMs * this.#driftVariance;
    const driftVariance = this.#driftVariance + passedMs * driftWander ** 2;
    const total = offsetVariance + noise;
    const offsetGain = offsetVariance / total;
    const driftGain = covariance / total;
    this.#offsetMs += this.#drift * passedMs + offsetGain * surprise;
    this.#drift += driftGain * surprise;
    this.#offsetVariance = (1 - offsetGain) * offsetVariance;
    this.#covariance = (1 - offsetGain) * covariance;
    this.#driftVariance = driftVariance - driftGain * covariance;
    this.#atMs += passedMs;
  }

  get #usedDrift(): number {
    const certain = this.#drift ** 2 > significantDeviations ** 2 * this.#driftVariance;
    return certain ? this.#drift : 0;
  }

  #predictedVariance(passedMs: number): number {
    const drifted = 2 * passedMs * this.#covariance + passedMs ** 2 * this.#driftVariance;
    return this.#offsetVariance + drifted + passedMs * offsetWander ** 2;
  }

  /** A clock was set, or this one slept: what was learnt of the offset is void, the crystals are the same. */
  #restart(atMs: number, offsetMs: number, noise: number): void {
    this.#atMs = atMs;
    this.#offsetMs = offsetMs;
    this.#offsetVariance = noise;
    this.#covariance = 0;
  }
}
