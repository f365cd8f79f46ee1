import type { LatLng } from '../../sdk/positions/earth.ts';
import { addFix, drawnAt, type Glide, newGlide } from '../../sdk/positions/glide.ts';
import { plenty } from '../../sdk/positions/reporting.ts';
import { Sharing } from '../../sdk/positions/sharing.ts';
import type { Fix, LiveReport } from '../../sdk/protocol/wire.ts';
import type { Heard } from './receiver.ts';
import { traccarKeeps } from './traccar.ts';

/** A report, when the others have it and what it weighed. */
export interface Told {
  readonly atMs: number;
  readonly fix: Fix;
  readonly bytes: number;
}

/** A way of telling others where one is, and how they draw it. */
export interface Way {
  readonly name: string;
  /** @param delayMs the network, drawn anew for each report */
  tell(heard: readonly Heard[], delayMs: () => number): readonly Told[];
  /** @returns where the marker is at a time, asked in order of time */
  draw(told: readonly Told[]): (nowMs: number) => LatLng | undefined;
}

const bytesOf = (report: object): number => {
  const framed = { scope: 'g:0123456789abcdef0123', deviceId: '0123456789abcdef0123', ...report };
  // An event of Socket.IO's in one frame of a WebSocket: type, acknowledgement, name, masks.
  return JSON.stringify(framed).length + 20;
};

/** Every fix, each a report: what a receiver and nothing else gives. */
export function rawWay(everyMs: number): Way {
  return {
    name: `raw, every ${everyMs / 1000} s`,
    tell(heard, delayMs) {
      const kept: Heard[] = [];
      for (const one of heard) {
        const last = kept.at(-1);
        if (!last || one.fix.atMs - last.fix.atMs >= everyMs) kept.push(one);
      }
      return kept.map(({ heardMs, fix }) => toldOf(heardMs, fix, delayMs()));
    },
    draw: drawLatest,
  };
}

/** By Traccar's rules, drawn as it draws: where the last position is. */
export const traccarWay: Way = {
  name: 'Traccar’s filter',
  tell(heard, delayMs) {
    const kept: Heard[] = [];
    for (const one of heard) if (traccarKeeps(one.fix, kept.at(-1)?.fix)) kept.push(one);
    return kept.map(({ heardMs, fix }) => toldOf(heardMs, fix, delayMs()));
  },
  draw: drawLatest,
};

/** What the SDK does: its own sharing, and the map's own drawing. @param behindMs draws everything so much later */
export function ourWay(name: string, behindMs = 0): Way {
  return {
    name,
    tell(heard, delayMs) {
      let nowMs = 0;
      const told: Told[] = [];
      const timers: { dueMs: number; run: () => void }[] = [];
      const sharing = new Sharing({
        serverNowMs: () => nowMs,
        send({ fix, ...word }: Omit<LiveReport, 'scope' | 'deviceId'>) {
          if (fix) told.push({ atMs: nowMs + delayMs(), fix, bytes: bytesOf({ ...word, fix }) });
        },
        after(delay, run) {
          const timer = { dueMs: nowMs + delay, run };
          timers.push(timer);
          return () => timers.splice(timers.indexOf(timer), 1);
        },
        hides: () => false,
        thrift: () => plenty,
        onShared() {},
        onMode() {},
      });
      sharing.set('precise');
      for (const { heardMs, fix } of heard) {
        for (let due = nextDue(timers, heardMs); due; due = nextDue(timers, heardMs)) {
          timers.splice(timers.indexOf(due), 1);
          nowMs = due.dueMs;
          due.run();
        }
        nowMs = heardMs;
        sharing.report(fix);
      }
      return told;
    },
    draw(told) {
      let glide: Glide = newGlide;
      let next = 0;
      return (nowMs) => {
        for (let one = told[next]; one && one.atMs <= nowMs; one = told[next]) {
          glide = addFix(glide, one.fix, one.atMs - behindMs);
          next += 1;
        }
        return drawnAt(glide, nowMs - behindMs);
      };
    },
  };
}

function nextDue<T extends { readonly dueMs: number }>(
  timers: readonly T[],
  untilMs: number,
): T | undefined {
  return timers.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
}

function toldOf(heardMs: number, fix: Fix, delayMs: number): Told {
  return { atMs: heardMs + delayMs, fix, bytes: bytesOf({ mode: 'precise', fix }) };
}

function drawLatest(told: readonly Told[]): (nowMs: number) => LatLng | undefined {
  let next = 0;
  return (nowMs) => {
    while ((told[next]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs) next += 1;
    return told[next - 1]?.fix;
  };
}
