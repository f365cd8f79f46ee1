import fc from 'fast-check';
import type { Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { OpType } from '../protocol/payloads.ts';
import { emptyState, foldOp, foldPending } from './fold.ts';
import { type Entry, groupPayloads, logsOf, userPayloads } from './log-arbitraries.laws.ts';
import { decodeSnapshot, encodeSnapshot, stateHash } from './snapshot.ts';
import { soundingAt } from './sounding.ts';
import type { GroupState, ScopeState } from './states.ts';
import { startMs } from './test-log.ts';
import { visibleTo } from './visible.ts';

/** One fact that holds for every log; `check` throws with the seed and the smallest log that breaks it. */
export interface Law {
  readonly name: string;
  check(): void;
}

/** The laws that the merge of every kind obeys, in Node and in the browser. */
export const laws: readonly Law[] = (['g:road', 'u:ana'] as const).flatMap((scope): Law[] => [
  {
    name: `[OP12] ${scope}: folding an op leaves the state before it as it was`,
    check: () =>
      everyStep(scope, (before, op, context) => {
        const hash = stateHash(before);
        foldOp(before, op, context);
        foldPending(before, op, context);
        return stateHash(before) === hash;
      }),
  },
  {
    name: `[OP4] ${scope}: an op that the log has already changes nothing, whenever it comes`,
    check: () =>
      everyLog(scope, (log) => {
        const all = folded(scope, log);
        return log.every(({ op }) => foldOp(all, op, contextAt(99, 0)) === all);
      }),
  },
  {
    name: `[OP13] ${scope}: a log gives the same state op by op and in one batch`,
    check: () =>
      everyLog(scope, (log) => {
        return stateHash(folded(scope, log)) === stateHash(folded(scope, log, {}));
      }),
  },
  {
    name: `[SN1] ${scope}: a snapshot brings back the state, and the rest of the log folds onto it alike`,
    check: () =>
      everyLog(scope, (log, cut) => {
        const prefix = folded(scope, log.slice(0, cut));
        const back = decodeSnapshot(scope, JSON.parse(JSON.stringify(encodeSnapshot(prefix))));
        if (stateHash(back) !== stateHash(prefix)) return false;
        const rest = folded(scope, log, {}, cut, back);
        return stateHash(rest) === stateHash(folded(scope, log));
      }),
  },
  {
    name: `[OP18] ${scope}: a pending op shows what its commit will fold to`,
    check: () =>
      everyStep(scope, (before, op, context) => {
        const pending = foldPending(before, op, context);
        const committed = foldOp(before, op, context);
        if (pending.applied !== before.applied) return false;
        if (committed.kind === 'user' && pending.kind === 'user') {
          return JSON.stringify(pending.fields) === JSON.stringify(committed.fields);
        }
        return stateHash({ ...pending, applied: committed.applied }) === stateHash(committed);
      }),
  },
]);

/** Laws of a group's playlist and of what sounds. */
export const groupLaws: readonly Law[] = [
  {
    name: '[MG5] every track added and not removed is in the playlist, once, where its key says',
    check: () =>
      everyLog('g:road', (log) => {
        const { playlist } = groupOf(folded('g:road', log));
        const placed = [...playlist.order].map(([key, { itemId }]) => ({ key, itemId }));
        return (
          placed.length === playlist.items.size &&
          placed.every(({ key, itemId }) => playlist.items.get(itemId)?.key === key) &&
          addedIds(log).every((id) => playlist.items.has(id) !== playlist.removed.has(id))
        );
      }),
  },
  {
    name: '[MG3] what sounds does not change because something before it moved',
    check: () =>
      everyStep('g:road', (before, op, context) => {
        if (!op.type.startsWith('playlist.') && !/^(repeat|shuffle)/.test(op.type)) return true;
        const now = sounding(groupOf(before), context.at.atMs);
        const touched = 'itemId' in op.payload ? op.payload.itemId : undefined;
        const touches = op.type === 'playlist.remove' || op.type === 'playlist.amend';
        if (!now.playing || (touches && touched === now.itemId)) return true;
        const then = sounding(groupOf(foldOp(before, op, context)), context.at.atMs);
        return then.itemId === now.itemId && then.positionMs === now.positionMs && then.playing;
      }),
  },
  {
    name: '[SN8] what a member may see folds on to what that member may see of the whole',
    check: () =>
      everyStep('g:road', (before, op, context) =>
        ['ana', 'bo', 'cy'].every((userId) => {
          const after = foldOp(before, op, context);
          // Who has just come back takes a new snapshot: only a membership that goes on folds on.
          if (stayOf(before, userId) !== stayOf(after, userId)) return true;
          const onward = foldOp(visibleTo(before, userId), op, context);
          return stateHash(onward) === stateHash(visibleTo(after, userId));
        }),
      ),
  },
  {
    name: '[MG21] a group that had an owner keeps one, and an audio session has members',
    check: () =>
      everyStep('g:road', (before, op, context) => {
        const after = groupOf(foldOp(before, op, context));
        const running = after.session.running;
        if (running && running.members.length === 0) return false;
        return !hasOwner(groupOf(before)) || hasOwner(after);
      }),
  },
];

export type FoldContext = Parameters<typeof foldOp>[2];

export function contextAt(seq: number, afterMs: number, edit: object = {}): FoldContext {
  return { at: { generation: 1, seq, atMs: startMs + afterMs }, edit };
}

function logs(scope: Scope): fc.Arbitrary<readonly Entry[]> {
  const payloads: Partial<Record<OpType, fc.Arbitrary<unknown>>> =
    scope === 'u:ana' ? userPayloads : groupPayloads;
  return logsOf(payloads);
}

/** @param holds told a log and a place within it to cut it at */
function everyLog(scope: Scope, holds: (log: readonly Entry[], cut: number) => boolean): void {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(logs(scope), share, (log, at) => holds(log, Math.floor(log.length * at))),
    { numRuns: 150 },
  );
}

function everyStep(
  scope: Scope,
  holds: (before: ScopeState, op: Op, context: FoldContext) => boolean,
): void {
  everyLog(scope, (log) => {
    let state = emptyState(scope);
    let passedMs = 0;
    return log.every((entry, index) => {
      passedMs += entry.passedMs;
      const context = contextAt(index + 1, passedMs);
      const before = state;
      state = foldOp(before, entry.op, context);
      return holds(before, entry.op, { ...context, edit: {} });
    });
  });
}

/** @param edit one token for all; without it each op has its own */
function folded(
  scope: Scope,
  log: readonly Entry[],
  edit?: object,
  from = 0,
  start: ScopeState = emptyState(scope),
): ScopeState {
  let passedMs = 0;
  return log.reduce((state, entry, index) => {
    passedMs += entry.passedMs;
    return index < from
      ? state
      : foldOp(state, entry.op, contextAt(index + 1, passedMs, edit ?? {}));
  }, start);
}

function groupOf(state: ScopeState): GroupState {
  if (state.kind === 'group') return state;
  throw new TypeError('This law is about groups.');
}

function sounding(state: GroupState, atMs: number): ReturnType<typeof soundingAt> {
  return soundingAt(state.playback, state.playlist, atMs);
}

function stayOf(state: ScopeState, userId: string): number | undefined {
  return groupOf(state).members.present.get(userId)?.incarnation;
}

function hasOwner({ members }: GroupState): boolean {
  return members.present.toArray().some(({ role }) => role === 'owner');
}

function addedIds(log: readonly Entry[]): string[] {
  return log.flatMap(({ op }) =>
    op.type === 'playlist.add' ? op.payload.items.map(({ itemId }) => itemId) : [],
  );
}
