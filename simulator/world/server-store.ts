import { JamzError } from '../../sdk/protocol/errors.ts';
import type { LogsStore } from '../../server/ports/store.ts';
import type { Lifetime } from './lifetime.ts';
import type { Random } from './random.ts';
import { createArchive, createLogLife, isFurther, snapshotsOf } from './server-archive.ts';
import type { DiskLog, ServerDisk } from './server-disk.ts';

/** How a server's disk behaves now. */
export interface DiskCondition {
  /** How long a write takes, ms, at most. */
  slowestWriteMs: number;
  /** Every write fails as on a full disk. */
  full: boolean;
  /** A crash that waits for the next append: just before it becomes durable, or just after. */
  crashAtAppend: { readonly when: 'before' | 'after'; readonly crash: () => void } | undefined;
}

export interface ServerStoreDeps {
  readonly disk: ServerDisk;
  readonly lifetime: Lifetime;
  readonly condition: DiskCondition;
  readonly random: Random;
}

/**
 * One process's way to the durable store. A write becomes durable at one instant and is answered a little later, so a
 * crash can come before, in between, or after; what was asked by a process that died is never answered.
 */
export function createServerStore(deps: ServerStoreDeps): LogsStore {
  const { disk, lifetime, condition, random } = deps;

  const read = <T>(look: () => T): Promise<T> =>
    lifetime.alive ? Promise.resolve(look()) : new Promise(() => {});

  const write = <T>(apply: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const { slowestWriteMs } = condition;
      lifetime.after(random.between(0.1, slowestWriteMs), () => {
        if (condition.full) return reject(full());
        const result = apply();
        if (!lifetime.alive) return undefined;
        // Most answers come at once; a crash in between leaves what was written and nobody told.
        if (random.chance(0.8)) return resolve(result);
        lifetime.after(random.between(0, slowestWriteMs), () => resolve(result));
      });
    });

  /** @returns whether this process still lives */
  const passCrash = (when: 'before' | 'after'): boolean => {
    const planned = condition.crashAtAppend;
    if (planned?.when !== when) return true;
    condition.crashAtAppend = undefined;
    planned.crash();
    return lifetime.alive;
  };

  return {
    log: {
      head: (scope) => read(() => disk.logs.get(scope)?.head),
      append: (scope, commit) =>
        write(() => {
          const log = disk.log(scope);
          if (commit.seq !== (log.head?.seq ?? 0) + 1) return 'conflict';
          if (commit.generation !== (log.head?.generation ?? commit.generation)) return 'conflict';
          if (!passCrash('before')) return 'conflict';
          disk.append(scope, commit);
          passCrash('after');
          return 'written';
        }),
      read: (scope, afterSeq, limit) =>
        read(() => commitsOf(disk.logs.get(scope), afterSeq, limit)),
      endingAt: (scope, seq) =>
        read(() => {
          const commit = disk.logs.get(scope)?.endingAt(seq);
          return commit && { generation: commit.generation, hash: commit.hash };
        }),
      ...createLogLife(disk, read, write),
    },
    snapshots: {
      get: (scope, kind) => read(() => snapshotsOf(disk, kind).get(scope)),
      put: (scope, snapshot, kind) =>
        write(() => {
          const kept = snapshotsOf(disk, kind);
          const known = kept.get(scope);
          if (known && !isFurther(snapshot, known)) return 'older';
          kept.set(scope, snapshot);
          return 'written';
        }),
    },
    archive: createArchive(disk, read, write),
    refusals: {
      get: (scope, replicaId, numbers) =>
        read(
          () =>
            new Map(
              numbers.flatMap((number) => {
                const known = disk.refusals.get(`${scope} ${replicaId} ${number}`);
                return known ? [[number, known] as const] : [];
              }),
            ),
        ),
      put: (scope, replicaId, refusals, expiresAtMs) =>
        write(() => {
          for (const { number, code, message } of refusals) {
            const key = `${scope} ${replicaId} ${number}`;
            if (!disk.refusals.has(key)) disk.refusals.set(key, { code, message, expiresAtMs });
          }
        }),
      dropExpired: (nowMs) =>
        write(() => {
          for (const [key, { expiresAtMs }] of disk.refusals) {
            if (expiresAtMs <= nowMs) disk.refusals.delete(key);
          }
        }),
    },
    memberships: {
      group: (groupId) => read(() => disk.groups.get(groupId)),
      groupByPlace: () => read(() => undefined),
      createGroup: (group) =>
        write(() => {
          if (disk.groups.has(group.groupId)) return 'taken';
          disk.groups.set(group.groupId, group);
          return 'written';
        }),
      updateGroup: (group) => write(() => void disk.groups.set(group.groupId, group)),
      ofUser: (userId) =>
        read(() =>
          [...disk.memberships.values()].flatMap(({ userId: member, groupId, role }) => {
            const group = member === userId ? disk.groups.get(groupId) : undefined;
            return group && !group.deleted ? [{ ...group, role }] : [];
          }),
        ),
      ofSite: (siteId, after, limit) =>
        read(() =>
          [...disk.groups.values()]
            .filter((group) => group.siteId === siteId && !group.deleted)
            .filter(({ groupId }) => after === null || groupId > after)
            .sort((one, other) => (one.groupId < other.groupId ? -1 : 1))
            .slice(0, limit),
        ),
      put: (membership) =>
        write(() => {
          disk.memberships.set(`${membership.userId} ${membership.groupId}`, membership);
        }),
      remove: (userId, groupId) =>
        write(() => void disk.memberships.delete(`${userId} ${groupId}`)),
    },
    meta: {
      get: (key) => read(() => disk.meta.get(key)),
      putIfAbsent: (key, value) =>
        write(() => {
          const known = disk.meta.get(key) ?? value;
          disk.meta.set(key, known);
          return known;
        }),
    },
    // Nobody here has an account: who people are, the world knows.
    users: {
      byId: () => read(() => undefined),
      byEmail: () => read(() => undefined),
      byExternalId: () => read(() => undefined),
      create: () => read(() => 'written' as const),
      rename: () => read(() => undefined),
      upgrade: () => read(() => 'no-guest' as const),
      verifyEmail: () => read(() => false),
      setPassword: () => read(() => undefined),
      changeEmail: () => read(() => 'no-account' as const),
    },
  };
}

function commitsOf(log: DiskLog | undefined, afterSeq: number, limit: number) {
  if (!log) return [];
  const place = log.placeAfter(afterSeq);
  return log.commits.slice(place, place + limit);
}

function full(): JamzError {
  return new JamzError('storage-full', 'The server has no room left: come back later');
}
