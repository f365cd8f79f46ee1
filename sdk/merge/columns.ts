import { JamzError } from '../protocol/errors.ts';

/** A value that stands in a column of a snapshot. */
export type Cell = string | number | boolean | null;

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

/** The column that {@link packed} made. @throws {JamzError} `invalid` where it is damaged or of another length */
export function unpacked(json: unknown, length: number): readonly unknown[] {
  if (Array.isArray(json)) {
    if (json.length === length) return json;
    throw damaged('a column has another length than its neighbours');
  }
  const repeated = isRepeated(json) ? json.r : [];
  const values: unknown[] = [];
  for (let at = 0; at < repeated.length; at += 2) {
    const times = repeated[at + 1];
    if (typeof times !== 'number' || !(times >= 1) || values.length + times > length) break;
    for (let time = 0; time < times; time++) values.push(repeated[at]);
  }
  if (values.length === length) return values;
  throw damaged('a column has another length than its neighbours');
}

/** Each number less the one before it: what rises slowly becomes small and repeats. */
export function differences(values: readonly number[]): number[] {
  return values.map((value, at) => value - (values[at - 1] ?? 0));
}

/** Undoes {@link differences}. */
export function sums(differences: readonly unknown[]): number[] {
  let sum = 0;
  return differences.map((difference) => {
    if (typeof difference !== 'number') throw damaged('a number is missing');
    sum += difference;
    return sum;
  });
}

export function listIn(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw damaged('a list is missing');
}

export function damaged(what: string): JamzError {
  return new JamzError('invalid', `This snapshot is damaged (${what}): take another.`);
}

function isRepeated(json: unknown): json is { readonly r: readonly unknown[] } {
  return typeof json === 'object' && json !== null && 'r' in json && Array.isArray(json.r);
}
