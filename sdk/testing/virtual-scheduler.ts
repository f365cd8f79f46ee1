import type { Scheduler } from '../sync/scheduler.ts';

/** Time that stands still until a test moves it. */
export interface VirtualScheduler extends Scheduler {
  /** Runs what is due within the next `ms`, in order, letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Lets everything that is under way settle, without moving time. */
  settle(): Promise<void>;
  /** Sets the device's wall clock wrong, or right again; timers do not notice. */
  jumpWall(ms: number): void;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * @param random default: always the middle, so that jitter is known
 * @param turns of the event loop that everything may take to settle; one is enough where there are promises alone
 */
export function virtualScheduler(
  startMs = 1_700_000_000_000,
  random = () => 0.5,
  turns = 20,
): VirtualScheduler {
  let nowMs = 0;
  let wallShiftMs = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const settle = async (): Promise<void> => {
    // Promises that hop over several turns of the event loop; no fake clock owns those.
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const earliest = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueMs > untilMs) continue;
      if (
        !first ||
        timer.dueMs < first.dueMs ||
        (timer.dueMs === first.dueMs && timer.order < first.order)
      ) {
        first = timer;
      }
    }
    return first;
  };

  return {
    nowMs: () => nowMs + wallShiftMs,
    monotonicMs: () => nowMs,
    random,
    after(delayMs, run) {
      order += 1;
      const timer = { dueMs: nowMs + Math.max(0, delayMs), order, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let timer = earliest(untilMs); timer; timer = earliest(untilMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.dueMs);
        timer.run();
        await settle();
      }
      nowMs = untilMs;
    },
    settle,
    jumpWall(ms) {
      wallShiftMs += ms;
    },
  };
}
