import type { Point } from './geo.ts';

/** Somebody's marker before stacking. Lower `rank` stays on top: me, then the most recently heard. */
export interface Pin extends Point {
  readonly id: string;
  readonly rank: number;
}

/** People too close to tell apart, drawn as one pile; most piles hold one. */
export interface Stack extends Point {
  /** The one on top first. */
  readonly ids: readonly string[];
}

/** Avatars are 36 px wide: closer than this they cover each other. */
const joinPx = 26;
/** Who is in one pile leaves it only beyond this, so that a pile does not flicker at its edge. */
const partPx = 36;

/**
 * Piles up pins that would cover each other.
 *
 * @param before the piles of the last frame
 */
export function stacked(pins: readonly Pin[], before: readonly Stack[]): readonly Stack[] {
  const pileBefore = new Map<string, string | undefined>();
  for (const stack of before) for (const id of stack.ids) pileBefore.set(id, stack.ids[0]);
  const piles: { top: Pin; ids: string[] }[] = [];
  for (const pin of pins.toSorted((a, b) => a.rank - b.rank || compare(a.id, b.id))) {
    const pile = piles.find(({ top }) => {
      const together = pileBefore.get(top.id) === pileBefore.get(pin.id) && pileBefore.has(pin.id);
      return Math.hypot(top.x - pin.x, top.y - pin.y) < (together ? partPx : joinPx);
    });
    if (pile) pile.ids.push(pin.id);
    else piles.push({ top: pin, ids: [pin.id] });
  }
  return piles.map(({ top, ids }) => ({ x: top.x, y: top.y, ids }));
}

/** How far the one at `index` of a pile sits from its top: a small fan, at most three deep. */
export function fanOffset(index: number): Point {
  const depth = Math.min(index, 2);
  return { x: depth * 11, y: depth * -4 };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
