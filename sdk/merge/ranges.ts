import type { NumberRanges } from '../protocol/wire.ts';

/** Numbers kept as ascending inclusive ranges that never touch: `[[1, 40], [42, 42]]`. */
export const noNumbers: NumberRanges = [];

/** Whether `number` lies in one of the ranges. O(log n) in their count. */
export function has(ranges: NumberRanges, number: number): boolean {
  const last = ranges[ranges.length - 1];
  if (!last || number > last[1]) return false;
  if (number >= last[0]) return true;
  const range = ranges[firstEndingFrom(ranges, number)];
  return range !== undefined && range[0] <= number;
}

/**
 * Adds a number, or all numbers of an inclusive range, in any order; what touches grows together.
 * Returns the ranges given where nothing is new.
 */
export function add(
  ranges: NumberRanges,
  added: number | readonly [from: number, to: number],
): NumberRanges {
  const from = typeof added === 'number' ? added : added[0];
  const to = typeof added === 'number' ? added : added[1];
  const last = ranges[ranges.length - 1];
  // In order is how a replica numbers its ops, so this is nearly every call.
  if (!last || from > last[1] + 1) return [...ranges, [from, to]];
  if (from >= last[0]) {
    if (to <= last[1]) return ranges;
    return ranges.length === 1 ? [[last[0], to]] : [...ranges.slice(0, -1), [last[0], to]];
  }
  const first = firstEndingFrom(ranges, from - 1);
  let end = first;
  let low = from;
  let high = to;
  for (let range = ranges[end]; range && range[0] <= to + 1; range = ranges[++end]) {
    if (range[0] <= from && range[1] >= to) return ranges;
    low = Math.min(low, range[0]);
    high = Math.max(high, range[1]);
  }
  return [...ranges.slice(0, first), [low, high], ...ranges.slice(end)];
}

export function union(a: NumberRanges, b: NumberRanges): NumberRanges {
  return b.reduce<NumberRanges>((all, range) => add(all, range), a);
}

/** How many numbers the ranges hold. */
export function count(ranges: NumberRanges): number {
  let total = 0;
  for (const [from, to] of ranges) total += to - from + 1;
  return total;
}

/** Index of the first range that ends at or behind `number`. */
function firstEndingFrom(ranges: NumberRanges, number: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.[1] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
