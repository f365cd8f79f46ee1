/** Relates an AudioContext's time to the monotonic clock, as the loudspeaker sounds it. */
export interface OutputClock {
  /** Takes one reading, unless the audio clock has not moved since the last one: then there is nothing to read. */
  sample(): void;
  /** The context was suspended: what was read before tells nothing of what comes. */
  restart(): void;
  /** Enough readings agree for drift to be told. */
  readonly isSteady: boolean;
  /** Context time, seconds, that is heard at a moment of the monotonic clock; undefined before the first reading. */
  contextSecondsAt(monotonicMs: number): number | undefined;
  /** How long rendered sound takes to be heard, ms; undefined before the first reading. */
  readonly latencyMs: number | undefined;
}

/** About 28 s of readings at the engine's pace. */
const windowSize = 112;
const steadyAfter = 4;
/** A rate needs this long to be told from noise. */
const rateAfterMs = 4_000;
const mostRate = 3e-4;
/** Readings can only be late, never early: what is read lags behind by up to one hardware buffer. */
const percentile = 0.9;
/** So many readings in a row on one far side of the window are a step (another device, a stall), not noise. */
const stepReadings = 4;
const stepBeyondMs = 1;
/**
 * No hardware buffer makes readings differ by more. Where they do, sound was held up between them, as happens right
 * after audio opens on a busy machine: that is a step, and must not widen what counts as noise.
 */
const mostNoiseMs = 25;

export type ClockedContext = Pick<
  AudioContext,
  'currentTime' | 'baseLatency' | 'outputLatency' | 'getOutputTimestamp'
>;

interface Reading {
  readonly atMs: number;
  /** Context ms minus monotonic ms. */
  readonly offsetMs: number;
}

/** Between the two clocks: at `atMs` the offset is `offsetMs`, and it grows by `rate` for each ms. */
interface Line extends Reading {
  readonly rate: number;
  /** How far most readings lie apart beside it. */
  readonly noiseMs: number;
  /** How many readings, the last ones, it goes through. */
  readonly count: number;
}

/**
 * Estimates from a window of readings: the upper percentile of context time minus monotonic time, along the slope that
 * the two clocks' different speeds give it. A step flushes the window.
 */
export function createOutputClock(context: ClockedContext, monotonicMs: () => number): OutputClock {
  let readings: Reading[] = [];
  let outliers: Reading[] = [];
  let line: Line | undefined;
  let last: Pick<Moment, 'contextMs' | 'currentMs'> = unmoved;
  const offsetAt = ({ atMs, offsetMs, rate }: Line, ms: number): number =>
    offsetMs + rate * (ms - atMs);

  return {
    sample() {
      const atMs = monotonicMs();
      const moment = momentOf(context, atMs);
      if (moment.contextMs === last.contextMs || moment.currentMs === last.currentMs) return;
      last = moment;
      const reading = { atMs, offsetMs: moment.contextMs - moment.atMs };
      const beside = line ? reading.offsetMs - offsetAt(line, atMs) : 0;
      if (line && Math.abs(beside) > stepBeyondMs + 2 * Math.min(line.noiseMs, mostNoiseMs)) {
        const before = line;
        const isEarly = beside > 0;
        outliers = outliers.filter(
          (other) => other.offsetMs > offsetAt(before, other.atMs) === isEarly,
        );
        outliers.push(reading);
        if (outliers.length < stepReadings) return;
        readings = outliers;
      } else readings = [...readings, reading].slice(-windowSize);
      outliers = [];
      line = lineThrough(readings, line?.rate ?? 0);
      readings = readings.slice(-line.count);
    },
    restart() {
      readings = [];
      outliers = [];
      line = undefined;
      last = unmoved;
    },
    get isSteady() {
      return readings.length >= steadyAfter && outliers.length === 0;
    },
    contextSecondsAt: (ms) => (line === undefined ? undefined : (ms + offsetAt(line, ms)) / 1000),
    get latencyMs() {
      if (line === undefined) return undefined;
      const nowMs = monotonicMs();
      return Math.max(0, context.currentTime * 1000 - (nowMs + offsetAt(line, nowMs)));
    },
  };
}

/** @param known what the rate was before a step: the crystals are the same */
function lineThrough(readings: readonly Reading[], known: number): Line {
  const third = Math.ceil(readings.length / 3);
  const [early, late] = [readings.slice(0, third), readings.slice(-third)].map((part) => ({
    atMs: middle(part.map(({ atMs }) => atMs)),
    sorted: part.map(({ offsetMs }) => offsetMs).sort((a, b) => a - b),
  }));
  const atMs = readings.at(-1)?.atMs ?? 0;
  let rate = known;
  if (early && late && late.atMs - early.atMs > rateAfterMs) {
    const grownMs = quantile(late.sorted, percentile) - quantile(early.sorted, percentile);
    const noiseMs = quantile(late.sorted, percentile) - quantile(late.sorted, 1 - percentile);
    const isTold = Math.abs(grownMs) > (2 * noiseMs) / Math.sqrt(third);
    rate = isTold ? grownMs / (late.atMs - early.atMs) : 0;
    // No two crystals differ by that much: there was a step, and what came before it tells nothing.
    if (Math.abs(rate) > mostRate) return lineThrough(readings.slice(-third), 0);
  }
  const levelled = readings
    .map((reading) => reading.offsetMs - rate * (reading.atMs - atMs))
    .sort((a, b) => a - b);
  const offsetMs = quantile(levelled, percentile);
  const noiseMs = offsetMs - quantile(levelled, 1 - percentile);
  return { atMs, rate, offsetMs, noiseMs, count: readings.length };
}

/** What the context tells of one moment: `contextMs` of it is heard at `atMs` of the monotonic clock. */
interface Moment {
  readonly contextMs: number;
  readonly atMs: number;
  /** How far it has rendered. */
  readonly currentMs: number;
}

const unmoved = { contextMs: Number.NaN, currentMs: 0 };

function momentOf(context: ClockedContext, nowMs: number): Moment {
  const currentMs = context.currentTime * 1000;
  const { contextTime, performanceTime } = context.getOutputTimestamp?.() ?? {};
  if (contextTime && performanceTime) {
    // Some browsers give a timestamp that stopped moving: it would look like a context that runs ever later.
    const isFresh = Math.abs(nowMs - performanceTime) < 1000;
    if (isFresh) return { contextMs: contextTime * 1000, atMs: performanceTime, currentMs };
  }
  const latencyMs = (context.outputLatency || context.baseLatency || 0) * 1000;
  return { contextMs: currentMs - latencyMs, atMs: nowMs, currentMs };
}

function middle(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
