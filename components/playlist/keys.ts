export type RowKey =
  | { readonly kind: 'go' | 'move' | 'remove'; readonly index: number }
  | { readonly kind: 'cancel' };

/** Rows that Page Up and Page Down pass. */
const pageRows = 10;

/** What a key pressed in the list asks for; undefined where it is not ours. */
export function rowKey(event: KeyboardEvent, active: number, count: number): RowKey | undefined {
  if (event.ctrlKey || event.metaKey || event.defaultPrevented) return undefined;
  const to = target(event.key, active, count);
  if (to !== undefined) {
    const index = Math.min(count - 1, Math.max(0, to));
    return { kind: event.altKey ? 'move' : 'go', index };
  }
  if (event.key === 'Delete' && !event.altKey) return { kind: 'remove', index: active };
  if (event.key === 'Escape') return { kind: 'cancel' };
  return undefined;
}

function target(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return active - 1;
    case 'ArrowDown':
      return active + 1;
    case 'PageUp':
      return active - pageRows;
    case 'PageDown':
      return active + pageRows;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
