import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timers } from '../ports/timers.ts';
import type { SeriesWriter } from './series-writer.ts';

/** Figures of this process at one moment, by name. */
export type Sample = Readonly<Record<string, number>>;

export interface Performance {
  begin(sample: () => Sample): void;
  close(): void;
}

export interface PerformanceDeps {
  readonly writer: Pick<SeriesWriter, 'add' | 'waiting'>;
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly clock: Clock;
  readonly timers: Pick<Timers, 'every'>;
  readonly processId: string;
}

const everyMs = 60_000;

/** Writes down once a minute how this process does: what it is asked for, and how many ops it took. */
export function createPerformance(deps: PerformanceDeps): Performance {
  const { writer, bus, clock, timers, processId } = deps;
  let ops = 0;
  let stopTimer = (): void => {};
  const stop = bus.subscribe((message, origin) => {
    if (message.kind !== 'commits' || origin !== 'here') return;
    for (const { count } of message.commits) ops += count;
  });

  return {
    begin(sample) {
      stopTimer = timers.every(everyMs, () => {
        const figures = { ...sample(), opsPerMinute: ops, pointsWaiting: writer.waiting };
        ops = 0;
        const atMs = Math.round(clock.nowMs());
        for (const [name, value] of Object.entries(figures)) {
          const tags = { name, process: processId };
          writer.add({ series: 'performance', tags, atMs, fields: { value } });
        }
      });
    },
    close() {
      stopTimer();
      stop();
    },
  };
}
