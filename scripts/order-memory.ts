import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const dir = resolve(import.meta.dirname, '../node_modules/.cache/small-order');

/** What a search has found, kept for the next build of the same code: the search gives the same every time. */
export interface OrderMemory {
  /** For each list the places of its pieces, or undefined where this code is new. */
  recall(key: string): readonly (readonly number[])[] | undefined;
  keep(key: string, orders: readonly (readonly number[])[]): void;
}

export const orderMemory: OrderMemory = {
  recall(key) {
    try {
      return JSON.parse(readFileSync(join(dir, `${key}.json`), 'utf8'));
    } catch {
      return undefined;
    }
  },
  keep(key, orders) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `${key}.json`), JSON.stringify(orders));
  },
};

/** Of all that decides what is found. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
