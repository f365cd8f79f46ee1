import { emptyState, foldCommit } from '../sdk/merge/fold.ts';
import type { GroupState } from '../sdk/merge/states.ts';
import { groupScope } from '../sdk/protocol/ids.ts';
import { limits } from '../sdk/protocol/limits.ts';
import { createSqliteStore } from '../server/adapters/store/sqlite/create-sqlite-store.ts';

/** What a running server has on disk, read beside it. */
export interface DurableLog {
  /** Items ever added to the group's playlist. Read when the log rests, so that counting does not slow the writer. */
  addedItems(groupId: string): Promise<number>;
  /** The group's whole log, folded anew. */
  fold(groupId: string): Promise<GroupState>;
  close(): Promise<void>;
}

interface Count {
  readonly seq: number;
  readonly items: number;
  readonly headSeq: number;
}

export function openDurableLog(path: string): DurableLog {
  const store = createSqliteStore({ path, use: 'beside' });
  const counts = new Map<string, Count>();

  return {
    async addedItems(groupId) {
      const scope = groupScope(groupId);
      let { seq, items, headSeq } = counts.get(groupId) ?? { seq: 0, items: 0, headSeq: -1 };
      const head = (await store.log.head(scope))?.seq ?? 0;
      const isAtRest = head === headSeq;
      headSeq = head;
      if (isAtRest && seq < head) {
        for (const commit of await store.log.read(scope, seq, limits.maxPullCommits)) {
          for (const { ops } of commit.runs) {
            items += ops.filter(([, , , , type]) => type === 'playlist.add').length;
          }
          seq = commit.seq + commit.count - 1;
        }
      }
      counts.set(groupId, { seq, items, headSeq });
      return items;
    },
    async fold(groupId) {
      const scope = groupScope(groupId);
      let state = emptyState(scope);
      for (let seq = 0; ; ) {
        const commits = await store.log.read(scope, seq, limits.maxPullCommits);
        for (const commit of commits) {
          state = foldCommit(state, commit);
          seq = commit.seq + commit.count - 1;
        }
        if (commits.length === 0) break;
      }
      if (state.kind !== 'group') throw new Error(`${scope} is no group`);
      return state;
    },
    close: () => store.close(),
  };
}
