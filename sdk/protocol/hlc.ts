import type { StamperId } from './ids.ts';

/**
 * A hybrid logical clock reading (Kulkarni et al., "Logical Physical Clocks", 2014):
 * `<wall ms, base36 x9>.<counter, base36 x4>.<stamper id>`. Sorts as text, never ties.
 */
export type Hlc = string & { readonly __hlc: unique symbol };

/** Older than every reading. */
export const zeroHlc: Hlc = '' as Hlc;

export function compareHlc(a: Hlc, b: Hlc): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

let lastWallMs = 0;
let lastWall = '000000000';

/** @param wallMs milliseconds since 1970, 0 … 36⁹ − 1 (the year 5188) */
export function formatHlc(wallMs: number, counter: number, stamper: StamperId): Hlc {
  // Many are made within one millisecond.
  if (wallMs !== lastWallMs) {
    lastWallMs = wallMs;
    lastWall = wallMs.toString(36).padStart(9, '0');
  }
  return `${lastWall}.${counter.toString(36).padStart(4, '0')}.${stamper}` as Hlc;
}

/** Only the wall clock's part of a reading, ms since 1970. */
export function wallMsOf(hlc: Hlc): number {
  return figureIn(hlc, 0, 9);
}

/** What tells readings of one millisecond apart. */
export function clockCounterOf(hlc: Hlc): number {
  return figureIn(hlc, 10, 14);
}

export function parseHlc(hlc: Hlc): { wallMs: number; counter: number; stamper: StamperId } {
  return {
    wallMs: wallMsOf(hlc),
    counter: clockCounterOf(hlc),
    stamper: hlc.slice(15),
  };
}

/** Base 36, without cutting the text up. */
function figureIn(hlc: Hlc, from: number, to: number): number {
  let figure = 0;
  for (let at = from; at < to; at++) {
    const code = hlc.charCodeAt(at);
    figure = figure * 36 + (code < 58 ? code - 48 : code - 87);
  }
  return figure || 0;
}
