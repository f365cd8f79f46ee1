import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Point, SeriesName, TimeSeries } from '../ports/time-series.ts';
import type { Timers } from '../ports/timers.ts';

/**
 * Takes points from whoever measures, and writes them in batches behind everybody's back. Nobody waits for it, it never
 * throws, and what it holds is bounded: what finds no room is missing, and the series `gaps` says from when to when.
 */
export interface SeriesWriter {
  add(point: Point): void;
  /**
   * Drops what waits of these points; resolves when none of them is on its way any more, so that what is forgotten
   * then stays forgotten.
   */
  drop(isMeant: (point: Point) => boolean): Promise<void>;
  /** Stretches of which points are missing and that are not written down yet. */
  openGaps(): readonly Gap[];
  /** How many points wait now. */
  readonly waiting: number;
  /** Writes what it can within two seconds. */
  close(): Promise<void>;
}

/** From when to when points of a series are missing. */
export interface Gap {
  readonly series: SeriesName;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly missing: number;
}

export interface SeriesWriterDeps {
  readonly series: Pick<TimeSeries, 'write'>;
  readonly timers: Pick<Timers, 'after'>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Tells this process's gaps from those of others. */
  readonly processId: string;
  /** Told once when the series are away, and once when they are back. */
  readonly onState: (state: 'away' | 'back', error?: unknown) => void;
  /** Told of each point that will never be taken. */
  readonly onRefused: (error: unknown) => void;
  readonly maxWaiting?: number;
}

/** At one fix a second of a thousand members, most of a minute; some 15 MB. */
const defaultMaxWaiting = 50_000;
const maxBatch = 1_000;
/** Points wait so long for company. */
const gatherMs = 1_000;
const maxPauseMs = 30_000;
const goodbyeMs = 2_000;

export function createSeriesWriter(deps: SeriesWriterDeps): SeriesWriter {
  const { series, timers, random, processId, onState, onRefused } = deps;
  const maxWaiting = deps.maxWaiting ?? defaultMaxWaiting;
  let waiting: Point[] = [];
  let gaps: Gap[] = [];
  let underWay: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let failures = 0;
  let closed = false;

  const missed = (name: SeriesName, atMs: number, missing: number): void => {
    const open = gaps.find((gap) => gap.series === name);
    const widened: Gap = {
      series: name,
      fromMs: Math.min(open?.fromMs ?? atMs, atMs),
      untilMs: Math.max(open?.untilMs ?? atMs, atMs),
      missing: (open?.missing ?? 0) + missing,
    };
    gaps = [...gaps.filter((gap) => gap !== open), widened];
  };

  const missedAll = (points: readonly Point[]): void => {
    for (const { series: name, atMs } of points) if (name !== 'gaps') missed(name, atMs, 1);
  };

  /** Once there is room again a gap is over: what is written of it takes its place in the queue. */
  const tellGaps = (): void => {
    for (const { series: name, fromMs, untilMs, missing } of gaps) {
      waiting.push({
        series: 'gaps',
        tags: { of: name, process: processId },
        atMs: fromMs,
        fields: { untilMs, missing },
      });
    }
    gaps = [];
  };

  const writeNext = async (): Promise<void> => {
    const batch = waiting.slice(0, maxBatch);
    try {
      await series.write(batch);
      waiting = waiting.slice(batch.length);
      if (failures > 0) onState('back');
      failures = 0;
      tellGaps();
    } catch (error) {
      if (mayPass(error)) return away(error);
      waiting = waiting.slice(batch.length);
      await writeApart(batch, error);
    }
  };

  const away = (error: unknown): void => {
    if (failures === 0) onState('away', error);
    failures += 1;
  };

  /** Some of a batch are not taken: the others are not to blame. */
  const writeApart = async (batch: readonly Point[], error: unknown): Promise<void> => {
    if (batch.length === 1) {
      onRefused(error);
      return missedAll(batch);
    }
    const middle = Math.ceil(batch.length / 2);
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
      try {
        await series.write(half);
      } catch (failure) {
        if (mayPass(failure)) {
          waiting = [...half, ...waiting];
          away(failure);
        } else {
          await writeApart(half, failure);
        }
      }
    }
  };

  const arm = (delayMs: number): void => {
    if (closed || cancel || underWay || waiting.length === 0) return;
    cancel = timers.after(delayMs, () => {
      cancel = undefined;
      underWay = writeNext().finally(() => {
        underWay = undefined;
        arm(failures > 0 ? pauseMs() : waiting.length >= maxBatch ? 0 : gatherMs);
      });
    });
  };

  const pauseMs = (): number => random() * Math.min(maxPauseMs, 1_000 * 2 ** failures) + 100;

  return {
    add(point) {
      if (closed) return;
      if (waiting.length >= maxWaiting) return missed(point.series, point.atMs, 1);
      waiting.push(point);
      arm(waiting.length >= maxBatch && failures === 0 ? 0 : gatherMs);
    },
    async drop(isMeant) {
      // While a batch is on its way its points stand first in the queue, and are counted there.
      await underWay;
      waiting = waiting.filter((point) => !isMeant(point));
    },
    openGaps: () => gaps,
    get waiting() {
      return waiting.length;
    },
    async close() {
      if (closed) return;
      closed = true;
      cancel?.();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const stop = timers.after(goodbyeMs, resolve);
      await Promise.race([late, writeRest()]);
      stop();
    },
  };

  async function writeRest(): Promise<void> {
    await underWay;
    while (waiting.length > 0 && failures === 0) await writeNext();
  }
}

/** Whether it may be otherwise in a while. */
function mayPass(error: unknown): boolean {
  return error instanceof JamzError && passing.has(error.code);
}

const passing: ReadonlySet<string> = new Set(['unavailable', 'storage-full', 'rate-limited']);
