import type { SQLOutputValue } from 'node:sqlite';

/** One row as `node:sqlite` gives it. */
export type Row = Record<string, SQLOutputValue>;

/** Reads columns as what the schema says they are; anything else means a damaged file and is not passed on. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw damaged(column, 'text', value);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function figure(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw damaged(column, 'a number', value);
  return value;
}

export function figureOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : figure(row, column);
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw damaged(column, 'bytes', value);
  return value;
}

/** Text that we wrote with `JSON.stringify`: parsed once at the edge, trusted inside. */
export function json<T>(row: Row, column: string): T {
  return JSON.parse(text(row, column)) as T;
}

function damaged(column: string, expected: string, value: unknown): Error {
  return new Error(`The database is damaged: ${column} should be ${expected}, is ${typeof value}`);
}
