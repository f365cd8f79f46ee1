import { type ReplicaId, serverReplicaId, type UserId } from '../../sdk/protocol/ids.ts';
import type { MetaStore } from '../ports/store.ts';

const maxCached = 20_000;

/** Whose replica is whose: the first to push under an id has it for good. */
export interface ReplicaOwners {
  /** Those of the ids that are this user's, now or already. */
  claim(userId: UserId, replicaIds: Iterable<ReplicaId>): Promise<ReadonlySet<ReplicaId>>;
}

/**
 * Ops are deduplicated by replica and number. Everybody in a group reads everybody's replica ids, so without an owner
 * a member could use up the numbers of another's replica, and that one's next ops would count as known.
 */
export function createReplicaOwners(meta: MetaStore): ReplicaOwners {
  const owners = new Map<ReplicaId, UserId>();
  const ownerOf = async (replicaId: ReplicaId, userId: UserId): Promise<UserId> => {
    const known = owners.get(replicaId);
    if (known !== undefined) return known;
    const owner = await meta.putIfAbsent(`replica:${replicaId}`, userId);
    if (owners.size >= maxCached) owners.clear();
    owners.set(replicaId, owner);
    return owner;
  };
  return {
    async claim(userId, replicaIds) {
      const own = new Set<ReplicaId>();
      for (const replicaId of new Set(replicaIds)) {
        if (replicaId === serverReplicaId) continue;
        if ((await ownerOf(replicaId, userId)) === userId) own.add(replicaId);
      }
      return own;
    },
  };
}
