import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
import type { Clock } from '../ports/clock.ts';
import { LruMap } from './lru-map.ts';
import type { ScopeLogs } from './scope-logs.ts';
import type { View } from './view.ts';

/** A replica's word that a log has lost something is taken this often, since anybody could say so. */
const perScopeMs = 10 * 60 * 1_000;
/** A claim further off than this is no restore of ours. */
const maxGenerationsAhead = 1_000;
const maxRemembered = 20_000;

/**
 * Heeds replicas that have been told more than the log has: the store was put back to an older copy while the server
 * was stopped, and nobody here can know. From then on the log goes on in a generation of its own, so that no two logs
 * go by one name, and everybody brings back what it lacks.
 */
export function createClaims(
  logs: Pick<ScopeLogs, 'rewind' | 'viewOf'>,
  clock: Clock,
): (scope: Scope, cursor: Cursor | null, view: View) => Promise<View> {
  const heeded = new LruMap<Scope, number>(maxRemembered);
  return async (scope, cursor, view) => {
    if (!cursor || !isBeyond(cursor, view)) return view;
    const nowMs = clock.nowMs();
    if (nowMs - (heeded.get(scope) ?? Number.NEGATIVE_INFINITY) < perScopeMs) return view;
    heeded.set(scope, nowMs);
    await logs.rewind(scope, { toSeq: view.seq, rejoin: true, above: cursor[0] });
    return logs.viewOf(scope);
  };
}

function isBeyond([generation, seq]: Cursor, view: View): boolean {
  if (generation === view.generation) return seq > view.seq;
  return generation > view.generation && generation <= view.generation + maxGenerationsAhead;
}
