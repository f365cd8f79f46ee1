import type { ItemId } from '../protocol/ids.ts';
import { keyBetween, maxKeyChars } from './position-keys.ts';
import { mapFromColumns, type SortedMap } from './sorted-map.ts';
import type { AppendRun, PlacedItem, PlaylistState } from './states.ts';

/** The items' ids as they stand. */
export function itemIds({ order }: PlaylistState): ItemId[] {
  return order.toArray().map(({ itemId }) => itemId);
}

/** The key right behind `anchor`; at the very front for null, at the end for an item that is not there. */
export function keyBehind(
  items: SortedMap<PlacedItem>,
  order: SortedMap<PlacedItem>,
  anchor: ItemId | null,
): string {
  if (anchor === null) return keyBetween(undefined, order.first()?.[0]);
  const left = items.get(anchor)?.key ?? order.last()?.[0];
  return keyBetween(left, left === undefined ? undefined : order.after(left)?.[0]);
}

/**
 * Hands out all keys anew once `written`, the last one, has grown too long: same order, shortest keys. Every replica
 * folds the same log, so every replica does this at the same op.
 */
export function withRoom(state: PlaylistState, written: string, edit: object): PlaylistState {
  if (written.length <= maxKeyChars) return state;
  const keys: string[] = [];
  const placed: PlacedItem[] = [];
  const renamed: (readonly [before: string, now: string])[] = [];
  let { items } = state;
  state.order.forEach((item, before) => {
    const key = keyBetween(keys[keys.length - 1], undefined);
    keys.push(key);
    renamed.push([before, key]);
    const now = { ...item, key };
    placed.push(now);
    items = items.set(item.itemId, now, edit);
  });
  return {
    ...state,
    items,
    order: mapFromColumns(keys, placed),
    runs: moveRuns(state, renamed, edit),
  };
}

/** A run goes on behind the item that stands at its key or, where that one left, the nearest before it. */
function moveRuns(
  { runs }: PlaylistState,
  renamed: readonly (readonly [before: string, now: string])[],
  edit: object,
): SortedMap<AppendRun> {
  let moved = runs;
  for (const [replicaId, run] of [...runs.entries()]) {
    const place = renamed.findLast(([before]) => before <= run.key);
    moved = place
      ? moved.set(replicaId, { ...run, key: place[1] }, edit)
      : moved.delete(replicaId, edit);
  }
  return moved;
}
