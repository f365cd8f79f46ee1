import type { UserId } from './protocol/ids.ts';
import type { KeyValue } from './store/key-value.ts';
import type { SyncStatus } from './sync/status.ts';

/** When this person's replica was last in step, over reloads, so that a start in a tunnel says how old it all is. */
export interface LastSynced {
  /** Somebody else is signed in, or nobody. */
  userChanged(userId: UserId | undefined): Promise<void>;
  /**
   * The status as it is told: with what an earlier visit knew, until this one knows better.
   *
   * @param userId whose replica tells it: the last one's may still be closing
   */
  told(status: SyncStatus, userId: UserId | undefined): SyncStatus;
}

/** While it is in step each turn is a newer moment: not each is written down. */
const leastMs = 10_000;

export function lastSynced(storage: KeyValue): LastSynced {
  const keyOf = (userId: UserId): string => `synced:${userId}`;
  let current: UserId | undefined;
  let keptMs: number | null = null;
  let writtenMs = 0;
  return {
    async userChanged(userId) {
      current = userId;
      keptMs = null;
      writtenMs = 0;
      if (userId === undefined) return;
      const kept = await storage.get<unknown>(keyOf(userId)).catch(() => undefined);
      if (current === userId && typeof kept === 'number') keptMs = kept;
    },
    told(status, userId) {
      const atMs = status.lastSyncedAt;
      if (atMs === null) return keptMs === null ? status : { ...status, lastSyncedAt: keptMs };
      if (userId !== undefined && Math.abs(atMs - writtenMs) >= leastMs) {
        writtenMs = atMs;
        storage.set(keyOf(userId), atMs).catch(() => {});
      }
      return status;
    },
  };
}
