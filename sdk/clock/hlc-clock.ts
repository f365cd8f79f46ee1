import type { StamperId } from '../protocol/ids.ts';
import { compareHlc, formatHlc, type Hlc, parseHlc, zeroHlc } from './hlc.ts';

/** Largest counter that keeps its four digits in base 36. */
const maxCounter = 36 ** 4 - 1;

export interface HlcClockOptions {
  /** Names this run of this tab: two clocks with one id would make equal stamps. */
  readonly stamperId: StamperId;
  /** The server's time as estimated here, ms since 1970; it may jump either way. */
  readonly nowMs: () => number;
  /** The clock starts above this reading: the highest stamp that is frozen or confirmed. */
  readonly resumeAbove?: Hlc;
}

/**
 * Makes stamps that only ever rise, whatever the wall clock does (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * @example
 * const clock = new HlcClock({ stamperId: newId(random), nowMs: () => time.nowMs() });
 * const stamp = clock.tick();
 */
export class HlcClock {
  readonly #stamperId: StamperId;
  readonly #nowMs: () => number;
  #wallMs = 0;
  #counter = 0;

  constructor(options: HlcClockOptions) {
    this.#stamperId = options.stamperId;
    this.#nowMs = options.nowMs;
    if (options.resumeAbove !== undefined) this.receive(options.resumeAbove);
  }

  /** The highest reading made or received, as this clock would sign it; {@link zeroHlc} before the first. */
  get last(): Hlc {
    if (this.#wallMs === 0 && this.#counter === 0) return zeroHlc;
    return formatHlc(this.#wallMs, this.#counter, this.#stamperId);
  }

  /** A reading above every one that this clock made or received. */
  tick(): Hlc {
    const nowMs = Math.max(0, Math.floor(this.#nowMs()));
    if (nowMs > this.#wallMs) {
      this.#wallMs = nowMs;
      this.#counter = 0;
    } else if (this.#counter < maxCounter) {
      this.#counter++;
    } else {
      this.#wallMs++;
      this.#counter = 0;
    }
    return formatHlc(this.#wallMs, this.#counter, this.#stamperId);
  }

  /** Takes note of another clock's reading: the next {@link tick} is above it. */
  receive(hlc: Hlc): void {
    if (hlc === zeroHlc) return;
    const { wallMs, counter } = parseHlc(hlc);
    if (wallMs > this.#wallMs || (wallMs === this.#wallMs && counter > this.#counter)) {
      this.#wallMs = wallMs;
      this.#counter = counter;
    }
  }

  /** Goes back below later readings, down to `floor`: for provisional stamps that are about to be made anew. */
  rebase(floor: Hlc): void {
    if (compareHlc(floor, this.last) >= 0) return;
    this.#wallMs = 0;
    this.#counter = 0;
    this.receive(floor);
  }
}
