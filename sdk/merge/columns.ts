import { JamzError } from '../protocol/errors.ts';

/** A value that stands in a column of a snapshot. */
export type Cell = string | number | boolean | null;

/** The column that `packed` made. @throws {JamzError} `invalid` where it is damaged or of another length */
export function unpacked(json: unknown, length: number): readonly unknown[] {
  if (Array.isArray(json)) {
    if (json.length === length) return json;
    throw damaged('a column has another length than its neighbours');
  }
  const repeated = isRepeated(json) ? json.r : [];
  const values = new Array<unknown>(length);
  let filled = 0;
  for (let at = 0; at < repeated.length; at += 2) {
    const times = repeated[at + 1];
    if (typeof times !== 'number' || !(times >= 1) || filled + times > length) break;
    // In one go: a column of ten thousand is mostly one value.
    values.fill(repeated[at], filled, filled + times);
    filled += times;
  }
  if (filled === length) return values;
  throw damaged('a column has another length than its neighbours');
}

/** Undoes `differences`. */
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
