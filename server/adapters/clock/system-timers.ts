import type { Timers } from '../../ports/timers.ts';

/** The event loop's own. None of them keeps the process alive. */
export const systemTimers: Timers = {
  every(periodMs, run) {
    const timer = setInterval(run, periodMs).unref();
    return () => clearInterval(timer);
  },
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  },
  afterTurn: (run) => {
    setImmediate(run);
  },
};
