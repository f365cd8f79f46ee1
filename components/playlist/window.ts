/** What a scrolled list shows, in whole rows. */
export interface RowWindow {
  readonly first: number;
  /** Behind the last row. */
  readonly end: number;
}

/** Rows rendered beyond each edge, so that a flick shows no gap before the next render. */
const spare = 8;

/**
 * The rows to render. Steps by half the spare rows, so that most scroll events change nothing.
 *
 * @param rowPx height of every row, more than 0
 */
export function rowWindow(
  scrollTopPx: number,
  viewportPx: number,
  rowPx: number,
  count: number,
): RowWindow {
  const step = spare / 2;
  const top = Math.floor(Math.max(0, scrollTopPx) / rowPx);
  const first = Math.max(0, Math.floor((top - step) / step) * step);
  const rows = Math.ceil(viewportPx / rowPx) + 2 * spare;
  return { first: Math.min(first, Math.max(0, count - 1)), end: Math.min(count, first + rows) };
}

/** Where to scroll so that a row is wholly in view: undefined where it is already. */
export function scrollToRow(
  index: number,
  scrollTopPx: number,
  viewportPx: number,
  rowPx: number,
): number | undefined {
  const top = index * rowPx;
  if (top < scrollTopPx) return top;
  if (top + rowPx > scrollTopPx + viewportPx) return top + rowPx - viewportPx;
  return undefined;
}
