/** A stretch of a long list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** What to ask for the next one with; null at the end. */
  readonly next: string | null;
}

/**
 * The page of a list that is all at hand.
 *
 * @param after the id of the last one of the page before; null for the first page
 */
export function pageOf<T>(
  all: Iterable<T>,
  idOf: (item: T) => string,
  after: string | null,
  limit: number,
): Page<T> {
  const items: T[] = [];
  let isBehind = after === null;
  for (const item of all) {
    if (isBehind && items.length === limit) {
      const last = items.at(-1);
      return { items, next: last === undefined ? null : idOf(last) };
    }
    if (isBehind) items.push(item);
    else isBehind = idOf(item) === after;
  }
  return { items, next: null };
}
