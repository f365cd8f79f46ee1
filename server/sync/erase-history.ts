import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { PersonalStore } from '../ports/store.ts';
import { fillArchive } from './archive.ts';
import { type CompactionDeps, isKept } from './compaction.ts';
import type { ScopeLogs } from './scope-logs.ts';

export interface EraseHistoryDeps extends CompactionDeps {
  readonly logs: Pick<ScopeLogs, 'viewOf'>;
  readonly personal: PersonalStore;
}

/** How often another process may get ahead before that counts as a failure. */
const maxAttempts = 10;

/**
 * Leaves nothing of what one person said in a scope's past, once ops of its log have taken it out of the state: the log
 * goes altogether behind a base of that state, the newest snapshot is that base, the archive has another text, and what
 * windings back had cut out is forgotten. Replicas that stand in the past take a snapshot; who is reading an older one
 * takes another after it. Doing it twice does no harm.
 *
 * @param text what stands for each message of theirs in the archive
 */
export async function eraseHistory(
  deps: EraseHistoryDeps,
  scope: Scope,
  userId: UserId,
  text: string,
): Promise<void> {
  const { store, logs, personal, pause } = deps;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const view = await logs.viewOf(scope);
    if (view.seq === 0) return;
    // Not kept: another process has written one further on meanwhile.
    if (!(await isKept(deps, scope, view))) continue;
    const base = await store.snapshots.get(scope, 'base');
    if (base) await store.snapshots.put(scope, base);
    await fillArchive(store, scope, pause);
    await personal.redactMessages(scope, userId, text);
    // No lease holds it: it may be what has to go.
    await store.log.trim(scope, view.seq, Number.MAX_SAFE_INTEGER);
    await personal.dropCut(scope);
    return;
  }
  throw new Error(`The history of ${scope} was not erased: other processes kept getting ahead`);
}
