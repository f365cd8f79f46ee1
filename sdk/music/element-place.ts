/** About fifteen seconds of readings at the engine's pace. */
const windowSize = 60;
const knownAfter = 6;
/** An element's time is told by whole blocks of sound: it can be read up to one of them late, never early. */
const percentile = 0.9;
/** So many readings in a row on one far side of the others are a step (a stall, a seek), not noise. */
const stepReadings = 4;
const stepBeyondMs = 6;

/**
 * Where a media element stands beside the audio clock that it sounds through. Both move by that clock, so what lies
 * between them is one number until the element stalls or is sought; what is read of it is not.
 */
export class ElementPlace {
  #readings: number[] = [];
  #outliers: number[] = [];
  #offsetMs: number | undefined;
  #sinceSeconds = Number.POSITIVE_INFINITY;

  /** Takes one reading. @param rate the element's speed */
  add(elementSeconds: number, contextSeconds: number, rate: number): void {
    const readMs = (elementSeconds - contextSeconds * rate) * 1000;
    const besideMs = this.#offsetMs === undefined ? 0 : readMs - this.#offsetMs;
    if (Math.abs(besideMs) > stepBeyondMs) {
      const offsetMs = readMs - besideMs;
      this.#outliers = this.#outliers.filter((other) => other > offsetMs === besideMs > 0);
      this.#outliers.push(readMs);
      if (this.#outliers.length < stepReadings) return;
      this.#readings = this.#outliers;
      this.#sinceSeconds = contextSeconds;
    } else this.#readings = [...this.#readings, readMs].slice(-windowSize);
    this.#outliers = [];
    this.#sinceSeconds = Math.min(this.#sinceSeconds, contextSeconds);
    const sorted = [...this.#readings].sort((a, b) => a - b);
    this.#offsetMs = sorted[Math.floor((sorted.length - 1) * percentile)];
  }

  /** The element's time less the context's times its speed, ms; undefined until enough readings agree. */
  get offsetMs(): number | undefined {
    const isKnown = this.#readings.length >= knownAfter && this.#outliers.length === 0;
    return isKnown ? this.#offsetMs : undefined;
  }

  /** The context time since which that has held; infinite before the first reading. */
  get sinceSeconds(): number {
    return this.#sinceSeconds;
  }

  clear(): void {
    this.#sinceSeconds = Number.POSITIVE_INFINITY;
    this.#readings = [];
    this.#outliers = [];
    this.#offsetMs = undefined;
  }
}
