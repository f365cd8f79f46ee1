import type { TripTraveller } from '../../sdk/index.ts';
import { personHue } from '../shared/face.ts';

/** Lines of colours nearer than this are taken for one another. */
const apartDeg = 40;
const stepDeg = 67;

/** Everybody's own hue, as their face has it elsewhere, moved on where two would look alike on one map. */
export function huesOf(travellers: readonly TripTraveller[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const { userId } of travellers) {
    let hue = personHue(userId);
    const isTaken = (): boolean =>
      [...taken.values()].some((other) => gapDeg(other, hue) < apartDeg);
    // A full round and more: in a crowd colours come again.
    for (let turn = 0; turn < 9 && isTaken(); turn++) hue = (hue + stepDeg) % 360;
    taken.set(userId, hue);
  }
  return taken;
}

function gapDeg(a: number, b: number): number {
  const gap = Math.abs(a - b) % 360;
  return Math.min(gap, 360 - gap);
}
