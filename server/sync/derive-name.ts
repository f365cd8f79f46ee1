import type { ScopeState } from '../../sdk/merge/states.ts';
import { type Scope, userOfScope } from '../../sdk/protocol/ids.ts';
import type { UserStore } from '../ports/store.ts';

/**
 * Keeps a person's name in the register at what their own log says. Writing it twice does no harm.
 *
 * Groups are left alone: who somebody is there is theirs to say, by `members.describe`. A member who renames
 * themselves is renamed in their groups by their own replica, or not; whoever joins later joins under the new name.
 */
export async function storeName(
  users: UserStore,
  scope: Scope,
  before: ScopeState,
  after: ScopeState,
): Promise<void> {
  const userId = userOfScope(scope);
  const name = nameIn(after);
  if (userId === undefined || name === undefined || name === nameIn(before)) return;
  // As a rule the register had it first, and a look is cheaper than a flush.
  if ((await users.byId(userId))?.name !== name) await users.rename(userId, name);
}

function nameIn(state: ScopeState): string | undefined {
  const value = state.kind === 'user' ? state.fields.name?.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
