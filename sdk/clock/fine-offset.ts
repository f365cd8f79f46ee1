/** What one question for the time proves, whatever its two ways took: the offset lies between these. */
export interface OffsetBounds {
  /** By this device's monotonic clock, ms. */
  readonly atMs: number;
  /** The answer came later than it was sent. */
  readonly leastMs: number;
  /** The question came later than it was asked. */
  readonly mostMs: number;
}

/** About four minutes of one probe a second: long enough to tell two crystals apart, short enough that they keep their speed. */
const windowSize = 256;
/** Beyond this the clocks' own wandering is more than what old answers prove. */
const longestMs = 600_000;
/** Crystals differ by some 30 parts in a million, rarely by 100. */
const usualDrift = 5e-5;
const mostDrift = 3e-4;
/** What a drift learnt over {@link learntMs} is worth once the offset has to be learnt anew. */
const learntDrift = 5e-6;
const learntMs = 60_000;
/** What clocks and timers blur, however still the link is, ms. */
const blurMs = 0.1;
const stepSlackMs = 0.5;

/**
 * Offset and drift between two clocks over a link whose two ways jitter each for itself. Delays only ever add: of a
 * window of answers those count that were fastest on the way there, and those that were fastest on the way back, which
 * need not be the same. Where delays beyond the least are exponential, the likeliest drift is the one that leaves the
 * bounds furthest apart (Moon, Skelly and Towsley 1999, for one way), weighed here against how crystals are; and the
 * offset is the middle between the bounds, as far as the least delays of both ways are alike.
 */
export class FineOffset {
  #window: readonly OffsetBounds[] = [];
  #atMs = 0;
  #offsetMs = 0;
  #drift = 0;
  /** What the drift was taken to be before this window, and how sure that was. */
  #priorDrift = 0;
  #priorDeviation = usualDrift;
  /** The usual delay beyond the least, one way. */
  #scaleMs = blurMs;

  /** The other clock less this one at `atMs`, ms. */
  offsetAt(atMs: number): number {
    return this.#offsetMs + this.#drift * (atMs - this.#atMs);
  }

  /** About one standard deviation of {@link offsetAt}, ms. */
  deviationMs(atMs: number): number {
    return Math.hypot(
      this.#scaleMs / Math.max(1, this.#window.length),
      this.#driftDeviation * (atMs - this.#atMs),
    );
  }

  /** Takes in some answers, the latest last. */
  add(answers: readonly OffsetBounds[]): void {
    const last = answers.at(-1);
    if (!last) return;
    if (this.#hasStepped(answers, last.atMs)) this.#forget();
    this.#window = [...this.#window, ...answers]
      .filter(({ atMs }) => last.atMs - atMs < longestMs)
      .slice(-windowSize);
    this.#atMs = last.atMs;
    this.#learn();
    // Bounds that contradict each other: one of the clocks was slewed, and the older ones tell of before.
    while (this.#gapAt(this.#drift) < 0 && this.#window.length > answers.length) {
      this.#window = this.#window.slice(Math.ceil(this.#window.length / 2));
      this.#learn();
    }
  }

  #learn(): void {
    const count = this.#window.length;
    const roundTrips = this.#window
      .map(({ leastMs, mostMs }) => mostMs - leastMs)
      .sort((a, b) => a - b);
    const usualMs = roundTrips[count >> 1] ?? 0;
    // Both ways together are a gamma distribution of shape 2, whose median lies at 1.68 of its scale.
    this.#scaleMs = Math.max(blurMs, (usualMs - this.#gapAt(this.#drift)) / 1.68);
    const likelihood = (drift: number): number =>
      (count * this.#gapAt(drift)) / this.#scaleMs -
      ((drift - this.#priorDrift) / this.#priorDeviation) ** 2 / 2;
    this.#drift = highest(likelihood, -mostDrift, mostDrift);
    const { leastMs, mostMs } = boundsOf(this.#window, this.#drift, this.#atMs);
    this.#offsetMs = (leastMs + mostMs) / 2;
  }

  #gapAt(drift: number): number {
    const { leastMs, mostMs } = boundsOf(this.#window, drift, this.#atMs);
    return mostMs - leastMs;
  }

  get #spanMs(): number {
    return this.#atMs - (this.#window[0]?.atMs ?? this.#atMs);
  }

  get #driftDeviation(): number {
    // Of the answers those at both ends of the window count, and of these the fastest.
    const learnt = (this.#window.length * this.#spanMs) / (8 * this.#scaleMs);
    return 1 / Math.hypot(1 / this.#priorDeviation, learnt);
  }

  /**
   * Whether a clock was set, or this device slept: then both bounds have moved the same way, and further than luck
   * explains. Where only one has, or both closed in, a way has become shorter, and all that was proved stays true.
   */
  #hasStepped(answers: readonly OffsetBounds[], atMs: number): boolean {
    if (this.#window.length === 0) return false;
    const before = boundsOf(this.#window, this.#drift, atMs);
    const now = boundsOf(answers, this.#drift, atMs);
    const driftedMs = 4 * this.#driftDeviation * (atMs - this.#atMs);
    const leastMs = stepSlackMs + driftedMs + (6 * this.#scaleMs) / this.#window.length;
    const mostMs = leastMs + (6 * this.#scaleMs) / answers.length;
    const [low, high] = [now.leastMs - before.leastMs, now.mostMs - before.mostMs];
    return (low > leastMs && high > mostMs) || (-high > leastMs && -low > mostMs);
  }

  /** The offset is void; the crystals are the same. */
  #forget(): void {
    if (this.#spanMs > learntMs) {
      this.#priorDrift = this.#drift;
      this.#priorDeviation = Math.max(learntDrift, this.#driftDeviation);
    }
    this.#window = [];
  }
}

/** What all of them prove together of the moment `atMs`, if the clocks drift so. */
function boundsOf(
  window: readonly OffsetBounds[],
  drift: number,
  atMs: number,
): { readonly leastMs: number; readonly mostMs: number } {
  let leastMs = Number.NEGATIVE_INFINITY;
  let mostMs = Number.POSITIVE_INFINITY;
  for (const bounds of window) {
    const driftedMs = drift * (atMs - bounds.atMs);
    leastMs = Math.max(leastMs, bounds.leastMs + driftedMs);
    mostMs = Math.min(mostMs, bounds.mostMs + driftedMs);
  }
  return { leastMs, mostMs };
}

/** Where a concave function is highest (golden section). */
function highest(valueAt: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let step = 0; step < 40; step++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (valueAt(left) < valueAt(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}
