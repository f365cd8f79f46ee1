/** What a {@link SortedMap} is made of: a B+ tree whose leaves hold the values. Only the sorted map imports this. */
export type Node<V> = Leaf<V> | Branch<V>;

export interface Leaf<V> {
  /** The batch that may change this node in place. */
  readonly edit: object | undefined;
  readonly keys: string[];
  readonly values: V[];
  readonly children: undefined;
}

export interface Branch<V> {
  readonly edit: object | undefined;
  /** Lower bound of each child; the first is not looked at. */
  readonly keys: string[];
  readonly children: Node<V>[];
  readonly values: undefined;
}

/** Small enough that copying a path is cheap, wide enough that 32,768 entries stand three nodes deep. */
export const maxWidth = 32;

/** Below this, a node is joined with a neighbour that has room. */
export const minWidth = 8;

export const emptyLeaf: Leaf<never> = {
  edit: undefined,
  keys: [],
  values: [],
  children: undefined,
};

export function leafOf<V>(keys: string[], values: V[], edit: object | undefined): Leaf<V> {
  return { edit, keys, values, children: undefined };
}

export function branchOf<V>(
  keys: string[],
  children: Node<V>[],
  edit: object | undefined,
): Branch<V> {
  return { edit, keys, children, values: undefined };
}

/** Builds a whole tree from columns in key order. @param keys strictly ascending, at least one */
export function nodesFrom<V>(keys: readonly string[], values: readonly V[]): Node<V> {
  let level: Node<V>[] = [];
  let bounds: string[] = [];
  for (let at = 0; at < keys.length; at += maxWidth) {
    bounds.push(keys[at] as string);
    const leaf = leafOf(keys.slice(at, at + maxWidth), values.slice(at, at + maxWidth), undefined);
    level.push(leaf);
  }
  while (level.length > 1) {
    const parents: Node<V>[] = [];
    const parentBounds: string[] = [];
    for (let at = 0; at < level.length; at += maxWidth) {
      parentBounds.push(bounds[at] as string);
      parents.push(
        branchOf(bounds.slice(at, at + maxWidth), level.slice(at, at + maxWidth), undefined),
      );
    }
    level = parents;
    bounds = parentBounds;
  }
  return level[0] ?? emptyLeaf;
}

/** Index of the child that holds `key`: the last whose lower bound is not above it. */
export function childIndex(node: Branch<unknown>, key: string): number {
  const { keys } = node;
  let high = keys.length;
  // Appends go last.
  if (high > 1 && (keys[high - 1] as string) <= key) return high - 1;
  let low = 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the first key that is not below `key`. */
export function lowerBound(keys: readonly string[], key: string): number {
  let high = keys.length;
  // Appends come last: one comparison instead of five.
  if (high === 0 || (keys[high - 1] as string) < key) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
