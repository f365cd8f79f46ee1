import type { Op } from '../protocol/ops.ts';
import type { OutboxEntry } from '../store/journal.ts';

/** How an op of one protocol version is said in the next. Its id, number and stamp stay: it is the same op. */
export interface OpUpgrade {
  /** The older version; the newer is one more. */
  readonly from: number;
  /** @returns what changes; nothing for a type that is in both versions alike */
  upgrade(op: Op): { readonly type?: string; readonly payload?: unknown };
}

/** One step per version, from the oldest that a device may have left in its outbox. There has been one version. */
export const opUpgrades: readonly OpUpgrade[] = [];

/**
 * Brings what an earlier version of this code left in the outbox up to this one, version by version. What no step leads
 * from stays as it is: the server takes the versions of the last twelve months.
 */
export function upgradeOutbox(
  outbox: readonly OutboxEntry[],
  version: number,
  upgrades: readonly OpUpgrade[] = opUpgrades,
): readonly OutboxEntry[] {
  return outbox.map((entry) => {
    let { op } = entry;
    while (op.version < version) {
      const step = upgrades.find(({ from }) => from === op.version);
      if (!step) return entry;
      // A cast: what a step makes of an op is of the next version, which only the last of them has types for.
      op = { ...op, ...step.upgrade(op), version: op.version + 1 } as Op;
    }
    return op === entry.op ? entry : { ...entry, op };
  });
}
