import { HlcClock } from '../clock/hlc-clock.ts';
import type { ServerTime } from '../clock/server-time.ts';
import {
  clockCounterOf,
  formatHlc,
  type Hlc,
  parseHlc,
  wallMsOf,
  zeroHlc,
} from '../protocol/hlc.ts';
import type { OpId, StamperId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit } from '../protocol/wire.ts';
import type { PendingOp } from './pending-op.ts';

export interface Stamped {
  readonly opId: OpId;
  readonly stamp: Hlc;
  readonly madeAfter: Hlc;
  readonly provisional: boolean;
}

/**
 * Names and stamps this tab's ops. While the server's clock is unknown, stamps carry the device's own time and are
 * provisional; once it is known they are moved by the offset, their order kept, never below what was confirmed when
 * the op was made and never above the server's now.
 */
export class Stamps {
  readonly #time: ServerTime;
  readonly #clock: HlcClock;
  readonly #stamperId: StamperId;
  #counter = 0;
  #confirmed: Hlc = zeroHlc;
  /** The highest reading that stays as it is: confirmed, or of an earlier run and final. */
  #floor: Hlc = zeroHlc;
  /** The clock has left what the device's own time had made of it. */
  #isRebased = false;

  constructor(stamperId: StamperId, time: ServerTime) {
    this.#time = time;
    this.#stamperId = stamperId;
    this.#clock = new HlcClock({ stamperId, nowMs: () => time.nowMs() });
  }

  /** The server's clock less the device's own; null until known. */
  get offsetMs(): number | null {
    return this.#time.offsetMs;
  }

  /**
   * The server's time, as well as it is known here, ms since 1970: before it was asked, that of the newest op that came
   * from a log, since a device's own clock may be a year off.
   */
  get heardMs(): number {
    return this.#time.known ? this.#time.nowMs() : wallMsOf(this.#confirmed);
  }

  next(): Stamped {
    return {
      opId: this.nextOpId(),
      stamp: this.#clock.tick(),
      madeAfter: this.#confirmed,
      provisional: !this.#time.known,
    };
  }

  nextOpId(): OpId {
    this.#counter += 1;
    return `${this.#stamperId}-${this.#counter}`;
  }

  /** An op of an earlier run of this replica: ours go above its stamp, for good unless that moves itself. */
  resumeAbove({ op, provisional }: Pick<PendingOp, 'op' | 'provisional'>): void {
    this.#clock.receive(op.stamp);
    if (!provisional && op.stamp > this.#floor) this.#floor = op.stamp;
  }

  /** The log has these: the next stamp is above all of them. */
  confirm(commit: Commit): void {
    let wallMs = 0;
    let counter = 0;
    let stamper = '';
    for (const run of commit.runs) {
      for (const op of run.ops) {
        const opWallMs = op[2];
        const opCounter = op[3];
        if (opWallMs > wallMs || (opWallMs === wallMs && opCounter >= counter)) {
          wallMs = opWallMs;
          counter = opCounter;
          stamper = run.stamperId;
        }
      }
    }
    this.seen(formatHlc(wallMs, counter, stamper));
  }

  /** A confirmed reading, as of a snapshot: the next stamp is above it. */
  seen(newest: Hlc): void {
    if (newest > this.#confirmed) this.#confirmed = newest;
    if (newest > this.#floor) this.#floor = newest;
    this.#clock.receive(newest);
  }

  /** The server's clock is known now. Ops in the order in which they were made. @returns those that changed */
  rebase(waiting: Iterable<PendingOp>, offsetMs: number): PendingOp[] {
    const changed: PendingOp[] = [];
    let wallMs = 0;
    let counter = 0;
    for (const pending of waiting) {
      const { stamp } = pending.op;
      if (pending.frozen || !pending.provisional) {
        // What was made after an op whose stamp stays must stay above it.
        const stayingMs = wallMsOf(stamp);
        const staying = clockCounterOf(stamp);
        if (stayingMs > wallMs || (stayingMs === wallMs && staying > counter)) {
          wallMs = stayingMs;
          counter = staying;
        }
        continue;
      }
      const old = parseHlc(stamp);
      const floor = parseHlc(pending.madeAfter);
      const ceilingMs = Math.max(floor.wallMs, this.#time.nowMs());
      const movedMs = Math.floor(clamp(old.wallMs + offsetMs, floor.wallMs, ceilingMs));
      if (floor.wallMs > wallMs || (floor.wallMs === wallMs && floor.counter > counter)) {
        wallMs = floor.wallMs;
        counter = floor.counter;
      }
      if (movedMs > wallMs) {
        wallMs = movedMs;
        counter = 0;
      } else counter += 1;
      pending.op = moved(pending.op, formatHlc(wallMs, counter, old.stamper), wallMs - old.wallMs);
      pending.provisional = false;
      changed.push(pending);
    }
    // The first time also where nothing waits: a tap that was refused at once has moved the clock, too.
    if (changed.length > 0 || !this.#isRebased) {
      this.#leaveFuture();
      if (wallMs > 0) this.#clock.receive(formatHlc(wallMs, counter, this.#stamperId));
    }
    this.#isRebased ||= this.#time.known;
    return changed;
  }

  /** The server called this stamp too far ahead: it becomes provisional again and is made anew, now. */
  thaw(pending: PendingOp): void {
    pending.frozen = false;
    this.#leaveFuture();
    const old = parseHlc(pending.op.stamp);
    const { wallMs, counter } = parseHlc(this.#clock.tick());
    // Whose stamp it is names the op: one of another tab, or of an earlier run, stays theirs.
    pending.op = moved(pending.op, formatHlc(wallMs, counter, old.stamper), wallMs - old.wallMs);
  }

  /** Ahead of the server's now only by a wrong clock: back to what stands. Otherwise it has given out nothing wrong. */
  #leaveFuture(): void {
    const nowMs = this.#time.nowMs();
    if (parseHlc(this.#clock.last).wallMs <= nowMs) return;
    // No log takes a stamp so far ahead: it stands nowhere, whatever an earlier run thought of it.
    const isBogus = parseHlc(this.#floor).wallMs > nowMs + limits.maxClockAheadMs;
    if (isBogus) this.#floor = this.#confirmed;
    this.#clock.rebase(this.#floor);
  }
}

/** A command says when it was given in the same clock as its stamp, so both move together. */
function moved(op: Op, stamp: Hlc, shiftMs: number): Op {
  if (op.type !== 'playback.set') return { ...op, stamp };
  const atServerMs = Math.max(0, op.payload.atServerMs + shiftMs);
  return { ...op, stamp, payload: { ...op.payload, atServerMs } };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
