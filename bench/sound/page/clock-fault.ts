/** What is wrong with one device's clocks. */
export interface ClockFault {
  /** Its wall clock's error, ms. */
  readonly wallErrorMs: number;
  /** How much faster its clocks run than they should, parts in a million. */
  readonly skewPpm: number;
}

/**
 * Makes a page's clocks wrong before anything reads them: `Date.now`, `performance.now`, and the monotonic half of the
 * audio timestamps, which speaks of the same clock. The sound card keeps its own time. Runs inside the page: it can use
 * nothing from outside.
 */
export function bendClocks({ wallErrorMs, skewPpm }: ClockFault): void {
  const speed = 1 + skewPpm / 1e6;
  const trueNow = performance.now.bind(performance);
  const startWallMs = Date.now() - trueNow();
  performance.now = () => trueNow() * speed;
  Date.now = () => Math.round(startWallMs + wallErrorMs + trueNow() * speed);
  const { getOutputTimestamp } = AudioContext.prototype;
  AudioContext.prototype.getOutputTimestamp = function bent(this: AudioContext): AudioTimestamp {
    const { contextTime, performanceTime } = getOutputTimestamp.call(this);
    return {
      ...(contextTime === undefined ? {} : { contextTime }),
      ...(performanceTime === undefined ? {} : { performanceTime: performanceTime * speed }),
    };
  };
}
