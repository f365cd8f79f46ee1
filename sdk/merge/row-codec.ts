import type { Hlc } from '../clock/hlc.ts';
import { damaged, listIn } from './columns.ts';
import { mapFrom, type SortedMap } from './sorted-map.ts';

/** How one kind of value stands in a snapshot, both ways. */
export interface Codec<T> {
  encode(value: T): unknown;
  /** @throws {JamzError} `invalid` where the cell holds something else */
  decode(cell: unknown): T;
}

export const text: Codec<string> = cell('a text', (value) => typeof value === 'string');
export const number: Codec<number> = cell('a number', (value) => typeof value === 'number');
/** 1 and 0. */
export const flag: Codec<boolean> = {
  encode: (on) => (on ? 1 : 0),
  decode: (json) => number.decode(json) === 1,
};
export const textOrNull: Codec<string | null> = orNull(text);
export const numberOrNull: Codec<number | null> = orNull(number);
/** Text that was checked when it was made. */
export const stamp: Codec<Hlc> = text as Codec<string> as Codec<Hlc>;

/** Pairs, sorted, so that equal records give equal text. */
export const stamps: Codec<Readonly<Record<string, Hlc>>> = {
  encode: (byField) => Object.entries(byField).sort(([a], [b]) => (a < b ? -1 : 1)),
  decode: (json) =>
    Object.fromEntries(
      listIn(json).map((pair) => {
        const [field, at] = listIn(pair);
        return [text.decode(field), stamp.decode(at)];
      }),
    ),
};

export function oneOf<Name extends string>(names: readonly Name[]): Codec<Name> {
  return cell('a known name', (value) => names.some((name) => name === value));
}

export function orNull<T>(codec: Codec<T>): Codec<T | null> {
  return {
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (json) => (json === null ? null : codec.decode(json)),
  };
}

export function listOf<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    encode: (values) => values.map(codec.encode),
    decode: (json) => listIn(json).map(codec.decode),
  };
}

/** A record as a row of cells, in the order in which they are named here. */
export function rowOf<T extends object>(
  cells: {
    readonly [Key in keyof T]-?: Codec<T[Key]>;
  },
): Codec<T> {
  const keys = Object.keys(cells) as (keyof T)[];
  return {
    encode: (record) => keys.map((key) => cells[key].encode(record[key])),
    decode(json) {
      const row = listIn(json);
      // A pair for each cell would be most of what a snapshot takes to read.
      const record: Partial<T> = {};
      for (let at = 0; at < keys.length; at++) {
        const key = keys[at] as keyof T;
        record[key] = cells[key].decode(row[at]);
      }
      return record as T;
    },
  };
}

/** A map whose values are rows that begin with their key. */
export function mapOf<V>(row: Codec<V>): Codec<SortedMap<V>> {
  return {
    encode: (map) => map.toArray().map(row.encode),
    decode: (json) => mapFrom(listIn(json).map((cells) => [keyOf(cells), row.decode(cells)])),
  };
}

/** A map whose keys stand in front of the cells of their values. */
export function entriesOf<V>(row: Codec<V>): Codec<SortedMap<V>> {
  return {
    encode: (map) => [...map].map(([key, value]) => [key, ...listIn(row.encode(value))]),
    decode: (json) =>
      mapFrom(listIn(json).map((cells) => [keyOf(cells), row.decode(listIn(cells).slice(1))])),
  };
}

function keyOf(cells: unknown): string {
  return text.decode(listIn(cells)[0]);
}

function cell<T>(what: string, fits: (value: unknown) => boolean): Codec<T> {
  return {
    encode: (value) => value,
    decode(json) {
      if (fits(json)) return json as T;
      throw damaged(`${what} is missing`);
    },
  };
}
