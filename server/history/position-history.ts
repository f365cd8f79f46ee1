import type { Member, ScopeState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, groupScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { LiveEntry } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { rowFor } from '../access/table.ts';
import type { Clock } from '../ports/clock.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { gapsIn, type PastGap } from './gaps.ts';
import type { HistoryChoices } from './history-choices.ts';
import { fixOf, type PastFix, pointOf } from './position-points.ts';
import type { SeriesWriter } from './series-writer.ts';

/** Where members were, as far as they let it be kept and seen. */
export interface PositionHistory {
  /** Takes what a device has just shared. Never waits, never throws. */
  note(siteId: string, groupId: GroupId, entry: LiveEntry): void;
  /**
   * @throws {JamzError} as {@link ScopeLogs.admit}; `invalid` for a span that is none; `unavailable` while the time
   *   series are away
   */
  page(actor: Actor, groupId: GroupId, span: HistorySpan): Promise<HistoryPage>;
  /** Forgets where somebody was: everywhere, or in one group. */
  forget(userId: UserId, groupId?: GroupId): Promise<void>;
}

export interface HistorySpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** Absent: everybody who lets the asker see it. */
  readonly memberId?: UserId;
}

export interface HistoryPage {
  /** In the order of their time. */
  readonly fixes: readonly PastFix[];
  /** One fix of each device in so many ms, where the span is long; 1: every one. */
  readonly everyMs: number;
  /** When fixes may be missing that were shared. */
  readonly gaps: readonly PastGap[];
}

export interface PositionHistoryDeps {
  readonly series: TimeSeries;
  readonly writer: SeriesWriter;
  readonly choices: HistoryChoices;
  readonly logs: Pick<ScopeLogs, 'admit'>;
  readonly clock: Clock;
  readonly onBug: (error: unknown) => void;
}

const dayMs = 24 * 3_600_000;
const maxFixes = 20_000;
/** What a map can show of one device. */
const fixesPerDevice = 2_000;
/** Widths that people recognise, ms. */
const steps = [1, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, dayMs];

export function createPositionHistory(deps: PositionHistoryDeps): PositionHistory {
  const { series, writer, choices, logs, clock, onBug } = deps;
  const row = rowFor('GET', '/v1/groups/:groupId/positions');

  /** From when on this person may see that one's fixes; undefined where not at all. */
  const seenFromMs = async (viewer: Member, member: Member, days: number) => {
    const choice = await choices.of(member.memberId);
    const keptDays = Math.min(days, choice.keepDays ?? days);
    const keptMs = Math.max(choice.forgottenMs, clock.nowMs() - keptDays * dayMs);
    if (viewer.memberId === member.memberId) return keptMs;
    if (choice.seenBy !== 'group') return undefined;
    // Nobody sees of the past what they could not have seen then.
    return Math.max(keptMs, viewer.joinedAtMs, member.joinedAtMs);
  };

  return {
    note(siteId, groupId, entry) {
      const point = pointOf(siteId, groupId, entry);
      if (!point) return;
      choices.of(entry.memberId).then(({ keepDays, forgottenMs }) => {
        if (keepDays !== 0 && point.atMs > forgottenMs) writer.add(point);
      }, onBug);
    },
    async page(actor, groupId, { fromMs, toMs, memberId }) {
      const { state } = await logs.admit(actor, row, groupScope(groupId));
      const viewer = memberIn(state, actor.userId);
      const asked = memberId === undefined ? [...viewer.all] : viewer.of(memberId);
      const days = await choices.daysOf(actor.siteId);
      const seen = new Map<UserId, number>();
      for (const member of asked) {
        const since = await seenFromMs(viewer.self, member, days);
        if (since !== undefined && since < toMs) seen.set(member.memberId, since);
      }
      const beginMs = Math.max(fromMs, Math.min(toMs, ...seen.values()));
      const tags = { group: groupId, member: [...seen.keys()] };
      const read = (everyMs: number) =>
        series.read({
          ...{ series: 'positions', tags, fromMs: beginMs, toMs, everyMs },
          ...{ combine: 'last', limit: maxFixes },
        });
      let everyMs = stepFor(toMs - beginMs, seen.size);
      let points = await read(everyMs);
      // More devices than members: coarser, so that the end of the span is in it.
      while (points.length >= maxFixes) {
        everyMs = steps.find((step) => step > everyMs) ?? everyMs * 2;
        points = await read(everyMs);
      }
      const fixes = points
        .map(fixOf)
        .filter(({ memberId: who, atMs }) => atMs >= (seen.get(who) ?? Number.POSITIVE_INFINITY));
      return { fixes, everyMs, gaps: await gapsIn(series, writer, 'positions', beginMs, toMs) };
    },
    async forget(userId, groupId) {
      const tags = { member: userId, ...(groupId === undefined ? {} : { group: groupId }) };
      await writer.drop(({ series: name, tags: own }) => {
        const isTheirs = name === 'positions' && own['member'] === userId;
        return isTheirs && (groupId === undefined || own['group'] === groupId);
      });
      await series.forget({ series: 'positions', tags });
    },
  };
}

function memberIn(state: ScopeState, userId: UserId) {
  const members = state.kind === 'group' ? state.members.present : undefined;
  const self = members?.get(userId);
  if (!members || !self) throw new JamzError('forbidden', 'Only members see where members were');
  const of = (memberId: UserId): readonly Member[] => {
    const member = members.get(memberId);
    if (member) return [member];
    throw new JamzError('not-found', 'Nobody with this id is a member of this group');
  };
  return { self, all: members.values(), of };
}

function stepFor(spanMs: number, members: number): number {
  const fixes = Math.min(fixesPerDevice, maxFixes / Math.max(1, members));
  const needed = spanMs / fixes;
  // A device tells at most one fix a second: below that there is nothing to leave out.
  if (needed <= 1_000) return 1;
  return steps.find((step) => step >= needed) ?? Math.ceil(needed / dayMs) * dayMs;
}
