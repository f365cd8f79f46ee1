import type { Point } from '../map/geo.ts';
import { lastNotAfter } from './whereabouts.ts';

/** A corner of a way, on the plane. */
export interface Step extends Point {
  readonly atMs: number;
  /** The line begins anew here. */
  readonly begins: boolean;
}

/** A part of the plane. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A way cut into stretches: of eight hours those are drawn that are in sight, and each frame writes one anew. */
export interface Stretches {
  /** Path data of those within the box, of the first `count` of them. */
  drawn(within: Box, count?: number): string;
  /** How many of them were over then. */
  passed(atMs: number): number;
  /** Path data of the one that they were in, as far as `here`; undefined: nobody knows where they were in it. */
  tip(atMs: number, here: Point | undefined): string;
}

const stepsOfOne = 64;

interface Stretch {
  readonly steps: readonly Step[];
  /** Of its end. */
  readonly atMs: number;
  readonly box: Box;
  /** Path data; written when it is first in sight. */
  line?: string;
}

export function stretchesOf(steps: readonly Step[]): Stretches {
  const all: Stretch[] = [];
  for (let from = 0; from < steps.length; from += stepsOfOne) {
    // Each begins where the one before it ends.
    const own = steps.slice(Math.max(0, from - 1), from + stepsOfOne);
    all.push({ steps: own, atMs: own.at(-1)?.atMs ?? 0, box: boxAround(own) });
  }
  const passed = (atMs: number): number => lastNotAfter(all, atMs) + 1;
  return {
    passed,
    drawn(within, count = all.length) {
      let line = '';
      for (let index = 0; index < count; index++) {
        const stretch = all[index];
        if (!stretch || !meets(stretch.box, within)) continue;
        stretch.line ??= lineThrough(stretch.steps);
        line += stretch.line;
      }
      return line;
    },
    tip(atMs, here) {
      const own = all[passed(atMs)]?.steps ?? [];
      const come = own.slice(0, lastNotAfter(own, atMs) + 1);
      return lineThrough(come) + (here && come.length > 0 ? drawTo('L', here) : '');
    },
  };
}

export function drawTo(command: 'M' | 'L', { x, y }: Point): string {
  return `${command}${x.toFixed(2)} ${y.toFixed(2)}`;
}

function lineThrough(steps: readonly Step[]): string {
  return steps.map((step, index) => drawTo(step.begins || index === 0 ? 'M' : 'L', step)).join('');
}

function boxAround(steps: readonly Step[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of steps) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  return { left, top, right, bottom };
}

function meets(a: Box, b: Box): boolean {
  return a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top;
}
