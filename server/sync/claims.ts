import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
import type { Clock } from '../ports/clock.ts';
import type { LogStore } from '../ports/store.ts';
import { LruMap } from './lru-map.ts';
import type { ScopeLogs } from './scope-logs.ts';
import type { View } from './view.ts';

/** A replica's word that a log has lost something is taken this often, since anybody could say so. */
const perScopeMs = 10 * 60 * 1_000;
/** A claim further off than this is no restore of ours. */
const maxGenerationsAhead = 1_000;
const maxRemembered = 20_000;

/**
 * Heeds replicas that have been told more than the log has, or something else at the same place, where others have
 * written meanwhile: the store was put back to an older copy while the server was stopped, and nobody here can know.
 * From then on the log goes on in a generation of its own, so that no two logs go by one name, and everybody brings
 * back what it lacks.
 */
export function createClaims(
  logs: Pick<ScopeLogs, 'rewind' | 'viewOf'>,
  log: Pick<LogStore, 'endingAt' | 'head'>,
  clock: Clock,
): (scope: Scope, cursor: Cursor | null, view: View) => Promise<View> {
  const heeded = new LruMap<Scope, Heeded>(maxRemembered);
  return async (scope, cursor, view) => {
    if (!cursor) return view;
    if (!isBeyond(cursor, view) && !(await isWrittenOver(log, scope, cursor, view))) return view;
    const nowMs = clock.nowMs();
    const last = heeded.get(scope);
    if (last && nowMs - last.atMs < perScopeMs) {
      // After a restart they all say so at once: whoever is not the first must not be told of the log as it was.
      await last.done;
    } else {
      const done = logs.rewind(scope, { toSeq: view.seq, rejoin: true, above: cursor[0] });
      heeded.set(scope, { atMs: nowMs, done });
      // Nothing has come of it: the next one is heeded.
      done.catch(() => heeded.delete(scope));
      await done;
    }
    return logs.viewOf(scope);
  };
}

/** When a log was wound back at a replica's word, and when that is done. */
interface Heeded {
  readonly atMs: number;
  readonly done: Promise<unknown>;
}

/** Whether the log has another end at that place. Of what was trimmed away nobody can say so. */
async function isWrittenOver(
  log: Pick<LogStore, 'endingAt' | 'head'>,
  scope: Scope,
  [generation, seq, hash]: Cursor,
  view: View,
): Promise<boolean> {
  if (generation !== view.generation || seq > view.seq || seq < view.firstSeq) return false;
  if (seq === view.seq) return hash !== view.hash;
  const there = await log.endingAt(scope, seq);
  if (there) return there.hash !== hash;
  // Another process may have trimmed it since this one looked.
  const head = await log.head(scope);
  return head !== undefined && head.firstSeq <= seq;
}

function isBeyond([generation, seq]: Cursor, view: View): boolean {
  if (generation === view.generation) return seq > view.seq;
  return generation > view.generation && generation <= view.generation + maxGenerationsAhead;
}
