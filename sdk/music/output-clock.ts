/** Relates an AudioContext's time to the monotonic clock, as the loudspeaker sounds it. */
export interface OutputClock {
  /** Takes one reading. */
  sample(): void;
  /** Enough readings agree for drift to be told. */
  readonly isSteady: boolean;
  /** Context time, seconds, that is heard at a moment of the monotonic clock; undefined before the first reading. */
  contextSecondsAt(monotonicMs: number): number | undefined;
  /** How long rendered sound takes to be heard, ms; undefined before the first reading. */
  readonly latencyMs: number | undefined;
}

/** Ten seconds of readings at the engine's pace. */
const windowSize = 40;
const steadyAfter = 4;
/** Readings can only be late, never early: what is read lags behind by up to one hardware buffer. */
const percentile = 0.9;
/** So many readings in a row on one far side of the window are a step (another device, a stall), not noise. */
const stepReadings = 4;
const stepBeyondMs = 8;

export type ClockedContext = Pick<
  AudioContext,
  'currentTime' | 'baseLatency' | 'outputLatency' | 'getOutputTimestamp'
>;

/** Estimates from a window of readings; a step flushes the window. */
export function createOutputClock(context: ClockedContext, monotonicMs: () => number): OutputClock {
  /** Context ms minus monotonic ms, of the last readings. */
  let offsets: number[] = [];
  let outliers: number[] = [];
  let offsetMs: number | undefined;

  return {
    sample() {
      const offset = readOffset(context, monotonicMs());
      const low = Math.min(...offsets) - stepBeyondMs;
      const high = Math.max(...offsets) + stepBeyondMs;
      const isOutlier = offsets.length > 0 && (offset < low || offset > high);
      if (isOutlier && outliers.every((other) => other < low === offset < low)) {
        outliers.push(offset);
        if (outliers.length < stepReadings) return;
        offsets = outliers;
        outliers = [];
      } else if (isOutlier) {
        outliers = [offset];
        return;
      } else {
        outliers = [];
        offsets = [...offsets, offset].slice(-windowSize);
      }
      offsetMs = upper(offsets);
    },
    get isSteady() {
      return offsets.length >= steadyAfter && outliers.length === 0;
    },
    contextSecondsAt: (ms) => (offsetMs === undefined ? undefined : (ms + offsetMs) / 1000),
    get latencyMs() {
      if (offsetMs === undefined) return undefined;
      return Math.max(0, context.currentTime * 1000 - (monotonicMs() + offsetMs));
    },
  };
}

function readOffset(context: ClockedContext, nowMs: number): number {
  const { contextTime, performanceTime } = context.getOutputTimestamp?.() ?? {};
  if (contextTime && performanceTime) {
    // Some browsers give a timestamp that stopped moving: it would look like a context that runs ever later.
    const isFresh = Math.abs(nowMs - performanceTime) < 1000;
    if (isFresh) return contextTime * 1000 - performanceTime;
  }
  const latencyMs = (context.outputLatency || context.baseLatency || 0) * 1000;
  return context.currentTime * 1000 - latencyMs - nowMs;
}

function upper(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * percentile))];
}
