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

/** One row of a small table: cells are checked as they are read. @throws {JamzError} `invalid` by every reader */
export class Row {
  readonly #cells: readonly unknown[];

  constructor(cells: unknown) {
    this.#cells = listIn(cells);
  }

  text(at: number): string {
    const cell = this.#cells[at];
    if (typeof cell === 'string') return cell;
    throw damaged('a text is missing');
  }

  textOrNull(at: number): string | null {
    return this.#cells[at] === null ? null : this.text(at);
  }

  number(at: number): number {
    const cell = this.#cells[at];
    if (typeof cell === 'number') return cell;
    throw damaged('a number is missing');
  }

  numberOrNull(at: number): number | null {
    return this.#cells[at] === null ? null : this.number(at);
  }

  flag(at: number): boolean {
    return this.number(at) === 1;
  }

  oneOf<Name extends string>(at: number, names: readonly Name[]): Name {
    const found = names.find((name) => name === this.#cells[at]);
    if (found !== undefined) return found;
    throw damaged('a name is unknown');
  }

  row(at: number): Row {
    return new Row(this.#cells[at]);
  }

  rowOrNull(at: number): Row | null {
    return this.#cells[at] === null ? null : this.row(at);
  }

  rows(at: number): Row[] {
    return rowsIn(this.#cells[at]);
  }

  texts(at: number): string[] {
    const row = this.row(at);
    return Array.from({ length: row.length }, (_, index) => row.text(index));
  }

  /** A cell that may hold text, a switch or nothing. */
  value(at: number): string | boolean | null {
    const cell = this.#cells[at];
    if (typeof cell === 'string' || typeof cell === 'boolean' || cell === null) return cell;
    throw damaged('a value is missing');
  }

  get length(): number {
    return this.#cells.length;
  }
}

export function rowsIn(json: unknown): Row[] {
  return listIn(json).map((cells) => new Row(cells));
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
