import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';

/** As much of a scope's log as it takes to know what it holds in memory. */
export interface OpenLog {
  readonly folded: ScopeState | undefined;
  readonly idle: boolean;
}

export interface OpenLogsLimits {
  readonly maxScopes: number;
  /** Tracks, messages, members and the like, in all scopes together; some hundreds of bytes each. */
  readonly maxEntries: number;
}

/** The logs whose folded state is in memory: those used last, and whatever is at work. */
export interface OpenLogs<Log> {
  /** Counts as a use. */
  get(scope: Scope): Log | undefined;
  set(scope: Scope, log: Log): void;
}

/** A log is weighed when others are opened, not at each of its commits. */
const opensPerWeighing = 100;

/**
 * A log that is forgotten has to be loaded and folded again for its next op, so a thousand busy groups must fit; but a
 * thousand groups of ten thousand tracks must not fill the memory.
 */
export function createOpenLogs<Log extends OpenLog>({
  maxScopes,
  maxEntries,
}: OpenLogsLimits): OpenLogs<Log> {
  // The one used longest ago is first.
  const logs = new Map<Scope, Log>();
  let opens = 0;

  const forget = (enough: (forgotten: Log) => boolean): void => {
    for (const [scope, log] of logs) {
      if (!log.idle) continue;
      logs.delete(scope);
      if (enough(log)) return;
    }
  };

  return {
    get(scope) {
      const log = logs.get(scope);
      if (log === undefined) return undefined;
      logs.delete(scope);
      logs.set(scope, log);
      return log;
    },
    set(scope, log) {
      if (logs.size >= maxScopes) forget(() => logs.size < maxScopes);
      opens += 1;
      if (opens % opensPerWeighing === 0) {
        let entries = 0;
        for (const open of logs.values()) entries += entriesOf(open.folded);
        if (entries > maxEntries) {
          forget(({ folded }) => {
            entries -= entriesOf(folded);
            return entries <= maxEntries;
          });
        }
      }
      logs.set(scope, log);
    },
  };
}

function entriesOf(state: ScopeState | undefined): number {
  if (state?.kind !== 'group') return 1;
  const { members, playlist, places, messages, reactions, plays, applied } = state;
  const { size } = playlist.items;
  return (
    1 +
    size +
    (members.present.size + members.former.size + places.size + messages.size) +
    (reactions.size + plays.length + applied.size)
  );
}
