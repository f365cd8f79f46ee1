/** How many times within how many seconds. */
export interface RateLimit {
  readonly times: number;
  readonly withinS: number;
}

/** Port for what is counted over a short time and then forgotten: how often somebody did something. */
export interface Counters {
  /**
   * Counts once more. A window begins with the first time and ends after its seconds.
   *
   * @param name what is counted; one has one limit
   * @returns how long to wait, in ms, where that was once too often; 0 where it was not
   */
  spend(name: string, who: string, limit: RateLimit): Promise<number>;
  close(): void;
}
