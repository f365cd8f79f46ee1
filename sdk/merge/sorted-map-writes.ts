import {
  type Branch,
  branchOf,
  childIndex,
  emptyLeaf,
  type Leaf,
  leafOf,
  lowerBound,
  maxWidth,
  minWidth,
  type Node,
} from './sorted-map-nodes.ts';

/**
 * Writes one entry.
 *
 * @returns the new root, the old one where it was changed in place; undefined where the key already holds that very
 *   value
 */
export function insert<V>(
  root: Node<V>,
  key: string,
  value: V,
  edit: object | undefined,
): { readonly root: Node<V>; readonly added: 0 | 1 } | undefined {
  const placed = place(root, key, value, edit);
  if (!placed) return undefined;
  const { node = root, right, bound = '', added } = placed;
  return { root: right ? branchOf(['', bound], [node, right], edit) : node, added };
}

/**
 * Removes one entry and returns the new root.
 *
 * @returns undefined where the key is unknown
 */
export function remove<V>(
  root: Node<V>,
  key: string,
  edit: object | undefined,
): Node<V> | undefined {
  const left = take(root, key, edit);
  if (left === undefined) return undefined;
  let top = left;
  while (top.children?.length === 1) top = top.children[0] as Node<V>;
  return top.keys.length === 0 ? emptyLeaf : top;
}

/** A node after a write, and the new node to its right where it had to be split. */
interface Placed<V> {
  /** Undefined where the node was changed in place, which is nearly always: then nothing above it changes. */
  readonly node: Node<V> | undefined;
  readonly right?: Node<V>;
  /** Lower bound of `right`. */
  readonly bound?: string;
  readonly added: 0 | 1;
}

const addedInPlace: Placed<never> = { node: undefined, added: 1 };
const changedInPlace: Placed<never> = { node: undefined, added: 0 };

function place<V>(
  node: Node<V>,
  key: string,
  value: V,
  edit: object | undefined,
): Placed<V> | undefined {
  if (!node.children) return placeInLeaf(node, key, value, edit);
  const index = childIndex(node, key);
  const placed = place(node.children[index] as Node<V>, key, value, edit);
  if (!placed?.node) return placed;
  const own = ownBranch(node, edit);
  own.children[index] = placed.node;
  if (placed.right) {
    insertAt(own.keys, index + 1, placed.bound ?? '');
    insertAt(own.children, index + 1, placed.right);
    if (own.children.length > maxWidth) {
      const middle = splitPoint(own.children.length, index + 1);
      const rightKeys = own.keys.splice(middle);
      const right = branchOf(rightKeys, own.children.splice(middle), edit);
      return { node: own, right, bound: rightKeys[0] as string, added: placed.added };
    }
  }
  if (own === node) return placed.added ? addedInPlace : changedInPlace;
  return { node: own, added: placed.added };
}

function placeInLeaf<V>(
  leaf: Leaf<V>,
  key: string,
  value: V,
  edit: object | undefined,
): Placed<V> | undefined {
  const at = lowerBound(leaf.keys, key);
  if (leaf.keys[at] === key) {
    if (leaf.values[at] === value) return undefined;
    const own = ownLeaf(leaf, edit);
    own.values[at] = value;
    return own === leaf ? changedInPlace : { node: own, added: 0 };
  }
  const own = ownLeaf(leaf, edit);
  insertAt(own.keys, at, key);
  insertAt(own.values, at, value);
  if (own.keys.length <= maxWidth) return own === leaf ? addedInPlace : { node: own, added: 1 };
  const middle = splitPoint(own.keys.length, at);
  const rightKeys = own.keys.splice(middle);
  const right = leafOf(rightKeys, own.values.splice(middle), edit);
  return { node: own, right, bound: rightKeys[0] as string, added: 1 };
}

/** Where a full node breaks: in the middle, but at the end where it grew at its end, so that appends leave full nodes. */
function splitPoint(length: number, writtenAt: number): number {
  return writtenAt === length - 1 ? length - 1 : length >>> 1;
}

function take<V>(node: Node<V>, key: string, edit: object | undefined): Node<V> | undefined {
  if (!node.children) {
    const at = lowerBound(node.keys, key);
    if (node.keys[at] !== key) return undefined;
    const own = ownLeaf(node, edit);
    own.keys.splice(at, 1);
    own.values.splice(at, 1);
    return own;
  }
  const index = childIndex(node, key);
  const child = node.children[index] as Node<V>;
  const left = take(child, key, edit);
  if (left === undefined) return undefined;
  const own = ownBranch(node, edit);
  own.children[index] = left;
  if (left.keys.length === 0) {
    own.children.splice(index, 1);
    own.keys.splice(index, 1);
  } else if (left.keys.length < minWidth) {
    if (!joinAt(own, index, edit)) joinAt(own, index - 1, edit);
  }
  return own;
}

/** Joins a branch's child with its right neighbour where both fit into one node. @returns whether they did */
function joinAt<V>(branch: Branch<V>, index: number, edit: object | undefined): boolean {
  const left = branch.children[index];
  const right = branch.children[index + 1];
  if (!left || !right || left.keys.length + right.keys.length > maxWidth) return false;
  if (left.children && right.children) {
    const bounds = [...left.keys, branch.keys[index + 1] as string, ...right.keys.slice(1)];
    branch.children[index] = branchOf(bounds, [...left.children, ...right.children], edit);
  } else if (left.values && right.values) {
    const keys = [...left.keys, ...right.keys];
    branch.children[index] = leafOf(keys, [...left.values, ...right.values], edit);
  }
  branch.children.splice(index + 1, 1);
  branch.keys.splice(index + 1, 1);
  return true;
}

function ownLeaf<V>(leaf: Leaf<V>, edit: object | undefined): Leaf<V> {
  if (edit && leaf.edit === edit) return leaf;
  return leafOf(leaf.keys.slice(), leaf.values.slice(), edit);
}

function ownBranch<V>(branch: Branch<V>, edit: object | undefined): Branch<V> {
  if (edit && branch.edit === edit) return branch;
  return branchOf(branch.keys.slice(), branch.children.slice(), edit);
}

function insertAt<T>(list: T[], at: number, value: T): void {
  if (at === list.length) list.push(value);
  else list.splice(at, 0, value);
}
