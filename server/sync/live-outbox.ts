import type { Scope } from '../../sdk/protocol/ids.ts';
import type { LiveEntry, LiveMessage } from '../../sdk/protocol/wire.ts';

export interface LiveOutboxDeps {
  readonly publish: (message: LiveMessage) => void;
  /** Calls back when the turn is over. */
  readonly schedule: (flush: () => void) => void;
  /** Calls back once; absent: crowds are told of with each turn, as small groups are. */
  readonly after?: ((delayMs: number, run: () => void) => unknown) | undefined;
  readonly nowMs: () => number;
  /** How many devices are on a scope's map. */
  readonly sizeOf: (scope: Scope) => number;
}

/** What is about to be told of positions: of each device the newest, in one message for a scope. */
export interface LiveOutbox {
  add(scope: Scope, key: string, entry: LiveEntry): void;
  /** What waits of a scope, by device. */
  waiting(scope: Scope): Map<string, LiveEntry> | undefined;
  /** Tells what waits of a scope now. */
  flush(scope: Scope): void;
}

/** So many see each other move with every turn. */
const fewDevices = 50;
/** A thousand are told of ten times a second, all of them in one message: a message to each costs more than its bytes. */
const mostGapMs = 100;
const gapMsPerDevice = 0.2;

export function createLiveOutbox(deps: LiveOutboxDeps): LiveOutbox {
  const { publish, schedule, after, nowMs, sizeOf } = deps;
  const outgoing = new Map<Scope, Map<string, LiveEntry>>();
  /** Crowds alone, and when they were told last. */
  const toldAtMs = new Map<Scope, number>();
  const timed = new Set<Scope>();
  let isScheduled = false;

  const flush = (scope: Scope): void => {
    const entries = outgoing.get(scope);
    if (!entries) return;
    outgoing.delete(scope);
    if (sizeOf(scope) > fewDevices) toldAtMs.set(scope, nowMs());
    else toldAtMs.delete(scope);
    publish({ scope, entries: [...entries.values()] });
  };

  /** Not before the crowd has had its rest; a clock that was set back makes it no longer. */
  const restMs = (scope: Scope): number => {
    const beforeMs = toldAtMs.get(scope);
    if (beforeMs === undefined) return 0;
    const gapMs = Math.min(mostGapMs, sizeOf(scope) * gapMsPerDevice);
    return Math.min(gapMs, beforeMs + gapMs - nowMs());
  };

  const endTurn = (): void => {
    isScheduled = false;
    for (const scope of [...outgoing.keys()]) {
      if (timed.has(scope)) continue;
      const waitMs = after ? restMs(scope) : 0;
      if (waitMs <= 0) flush(scope);
      else {
        timed.add(scope);
        after?.(waitMs, () => {
          timed.delete(scope);
          flush(scope);
        });
      }
    }
  };

  return {
    add(scope, key, entry) {
      const entries = outgoing.get(scope) ?? new Map<string, LiveEntry>();
      entries.set(key, entry);
      outgoing.set(scope, entries);
      if (isScheduled || timed.has(scope)) return;
      isScheduled = true;
      schedule(endTurn);
    },
    waiting: (scope) => outgoing.get(scope),
    flush,
  };
}
