/** A place in a list as commands name it: behind this item, or null for the very front. */
export type After = string | null;

interface Identified {
  readonly itemId: string;
}

/** Behind which item the one at `from` comes to stand when it moves to index `to`. */
export function afterOfMove(items: readonly Identified[], from: number, to: number): After {
  if (to <= 0) return null;
  // Moving down, the items between close the gap it leaves.
  const before = to > from ? to : to - 1;
  return items[before]?.itemId ?? null;
}

/** Behind which item the one at `index` stands now. */
export function afterOf(items: readonly Identified[], index: number): After {
  return items[index - 1]?.itemId ?? null;
}

/** How far, in rows, the item at `index` makes room while another is carried from `from` to `to`. */
export function roomFor(index: number, from: number, to: number): -1 | 0 | 1 {
  if (from < to && index > from && index <= to) return -1;
  if (from > to && index >= to && index < from) return 1;
  return 0;
}
