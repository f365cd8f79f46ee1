import type { ScopeState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type Scope, userOfScope } from '../../sdk/protocol/ids.ts';
import type { Actor } from './actor.ts';
import { callerOf } from './caller.ts';
import { isErased } from './erased-scope.ts';
import { type AccessRow, authorise } from './table.ts';

/** A scope somebody wants something of. `siteId` is its group's; undefined where there is no such group. */
export interface ScopeInQuestion {
  readonly scope: Scope;
  readonly siteId: string | undefined;
  readonly state: ScopeState;
}

/**
 * Lets a person through a door of a scope, or says why not.
 *
 * @throws {JamzError} `not-found` for no such group on the person's site, `gone` for a deleted one or of a
 *   deleted account, `removed` to who was a member, `forbidden` to who was not
 */
export function admit(
  actor: Actor,
  row: AccessRow,
  { scope, siteId, state }: ScopeInQuestion,
): void {
  if (state.kind === 'user') {
    if (userOfScope(scope) !== actor.userId) {
      throw new JamzError('forbidden', 'A person’s own scope is for that person only');
    }
    if (isErased(state)) throw new JamzError('gone', 'This account has been deleted');
    return;
  }
  if (siteId === undefined) throw new JamzError('not-found', 'There is no such group on this site');
  const caller = callerOf(actor, { siteId, state });
  if (caller === 'other-site') authorise(row, caller);
  if (state.info.info.deleted) throw new JamzError('gone', 'This group has been deleted');
  authorise(row, caller);
}
