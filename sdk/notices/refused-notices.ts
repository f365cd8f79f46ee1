import type { SetAsideEntry } from '../api.ts';
import type { ScopeState } from '../merge/states.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { OpId, Scope } from '../protocol/ids.ts';
import type { OpType } from '../protocol/payloads.ts';
import type { RefusedNotice } from './notice.ts';

/** What was set aside, as notices: the reason, and whether it was said to an audio session that is over. */
export function refusedNotices(
  entries: readonly SetAsideEntry[],
  typeOf: (opId: OpId) => OpType | undefined,
  stateOf: (scope: Scope) => ScopeState | undefined,
): readonly RefusedNotice[] {
  return entries.map((entry): RefusedNotice => {
    const { opId, scope, summary, reason, setAsideAtMs } = entry;
    return {
      id: `refused:${opId}`,
      kind: isToEndedSession(typeOf(opId), reason.code, stateOf(scope))
        ? 'session-ended'
        : 'refused',
      scope,
      opId,
      summary,
      code: reason.code,
      text: `Could not ${summary}: ${reason.message}`,
      atMs: setAsideAtMs,
      retry: () => entry.retry(),
      dismiss: () => entry.discard(),
    };
  });
}

function isToEndedSession(
  type: OpType | undefined,
  code: ErrorCode,
  state: ScopeState | undefined,
): boolean {
  if (code !== 'not-found') return false;
  if (type?.startsWith('session.')) return true;
  if (type !== 'playback.set' || state?.kind !== 'group') return false;
  const { running, endedSessionId } = state.session;
  return running === null && endedSessionId !== null;
}
