import type { GroupState, ScopeState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, groupScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { Decide, ServerDraft } from '../sync/job.ts';

/** What groups need of the log's use cases. */
export interface ServerLog {
  /** The log's end with what it folds to; the empty state where there is no log. */
  viewOf(scope: Scope): Promise<{ readonly state: ScopeState }>;
  /** Appends what `decide` chooses on the state it will be folded into; nothing when it throws or chooses nothing. */
  appendServerOps(scope: Scope, decide: Decide): Promise<unknown>;
}

/** {@link ServerLog} for groups: their scopes fold to group states. */
export interface GroupLog {
  stateOf(groupId: GroupId): Promise<GroupState>;
  append(
    groupId: GroupId,
    decide: (state: GroupState, atMs: number) => readonly ServerDraft[],
  ): Promise<void>;
}

export function groupLogOf(log: ServerLog): GroupLog {
  return {
    stateOf: async (groupId) => asGroup((await log.viewOf(groupScope(groupId))).state),
    async append(groupId, decide) {
      await log.appendServerOps(groupScope(groupId), (state, atMs) => decide(asGroup(state), atMs));
    },
  };
}

function asGroup(state: ScopeState): GroupState {
  if (state.kind === 'group') return state;
  throw new JamzError('invalid', "This is a person's own scope, not a group");
}
