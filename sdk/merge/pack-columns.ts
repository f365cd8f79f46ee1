import type { Cell } from './columns.ts';

/**
 * Packs a column: a plain list or, where neighbours repeat often enough, `{ r: [value, times, value, times …] }`. A
 * column of one value is then a few bytes, whatever its length.
 */
export function packed(values: readonly Cell[]): unknown {
  const repeated: Cell[] = [];
  let times = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as Cell;
    times++;
    if (at + 1 < values.length && values[at + 1] === value) continue;
    repeated.push(value, times);
    times = 0;
    // More runs than half the column: the plain list is shorter.
    if (repeated.length > values.length) return values;
  }
  return values.length === 0 ? values : { r: repeated };
}

/** Each number less the one before it: what rises slowly becomes small and repeats. */
export function differences(values: readonly number[]): number[] {
  return values.map((value, at) => value - (values[at - 1] ?? 0));
}
