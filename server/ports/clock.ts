/** The server's time: ms since 1970. Injected, so that tests and the simulator own it. */
export interface Clock {
  nowMs(): number;
}
