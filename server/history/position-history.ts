import type { Member, ScopeState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, groupScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { LiveEntry } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { rowFor } from '../access/table.ts';
import type { Clock } from '../ports/clock.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { HistoryChoice, HistoryChoices } from './history-choices.ts';
import { pointOf } from './position-points.ts';
import { createFixReader, type HistoryPage } from './read-fixes.ts';
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

export interface PositionHistoryDeps {
  readonly series: TimeSeries;
  readonly writer: SeriesWriter;
  readonly choices: HistoryChoices;
  readonly logs: Pick<ScopeLogs, 'admit'>;
  readonly clock: Clock;
  readonly onBug: (error: unknown) => void;
}

const dayMs = 24 * 3_600_000;

export function createPositionHistory(deps: PositionHistoryDeps): PositionHistory {
  const { series, writer, choices, logs, onBug } = deps;
  const reader = createFixReader(series, writer);
  const row = rowFor('GET', '/v1/groups/:groupId/positions');

  /** From when on this person may see that one's fixes; undefined where not at all. */
  const seenFromMs = async (viewer: Member, member: Member, siteId: string) => {
    const { seenBy, sinceMs } = await keptSince(deps, siteId, member.memberId);
    if (viewer.memberId === member.memberId) return sinceMs;
    if (seenBy !== 'group') return undefined;
    // Nobody sees of the past what they could not have seen then.
    return Math.max(sinceMs, viewer.joinedAtMs, member.joinedAtMs);
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
      const since = new Map<UserId, number>();
      for (const member of asked) {
        const seenMs = await seenFromMs(viewer.self, member, actor.siteId);
        if (seenMs !== undefined && seenMs < toMs) since.set(member.memberId, seenMs);
      }
      return reader.read(groupId, since, fromMs, toMs);
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

/** What is kept of somebody now: from when on, and who may see it. */
export async function keptSince(
  { choices, clock }: Pick<PositionHistoryDeps, 'choices' | 'clock'>,
  siteId: string,
  userId: UserId,
): Promise<KeptHistory> {
  const days = await choices.daysOf(siteId);
  const { seenBy, keepDays, forgottenMs } = await choices.of(userId);
  const keptDays = Math.min(days, keepDays ?? days);
  const sinceMs = Math.max(forgottenMs, clock.nowMs() - keptDays * dayMs);
  return { seenBy, forgottenMs, sinceMs };
}

/** What is older than `sinceMs` is there for nobody. */
export interface KeptHistory extends Pick<HistoryChoice, 'seenBy' | 'forgottenMs'> {
  readonly sinceMs: number;
}
