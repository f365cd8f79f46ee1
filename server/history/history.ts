import { type GroupId, groupOfScope, type Scope, type UserId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { Bus, BusMessage } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import type { Timers } from '../ports/timers.ts';
import { createGroupSites } from '../sync/group-sites.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import {
  createHistoryChoices,
  type HistoryChoice,
  type HistoryChoices,
} from './history-choices.ts';
import { createLateFixes, type LateFixes } from './late-fixes.ts';
import { createPerformance, type Sample } from './performance.ts';
import { createPlayHistory, type PlayHistory } from './play-history.ts';
import {
  createPositionHistory,
  type KeptHistory,
  keptSince,
  type PositionHistory,
} from './position-history.ts';
import { fixOf, type PastFix } from './position-points.ts';
import { createFixReader, type FixReader } from './read-fixes.ts';
import { forgetOld } from './retention.ts';
import { createSeriesWriter } from './series-writer.ts';

/** What is kept over time, and what people do with theirs. */
export interface History {
  readonly positions: Pick<PositionHistory, 'page'>;
  /** For who has found out before who may see what. */
  readonly fixes: FixReader;
  /**
   * What is kept of somebody.
   *
   * @param as `told`: as this process has heard, half a minute late at most; `stored`: as the store has it now
   */
  keptOf(siteId: string, userId: UserId, as: 'told' | 'stored'): Promise<KeptHistory>;
  readonly lateFixes: LateFixes;
  readonly plays: Pick<PlayHistory, 'sums'>;
  readonly choices: Pick<HistoryChoices, 'daysOf' | 'setDaysOf'>;
  choiceOf(actor: Actor): Promise<HistoryChoice>;
  /** Less to keep is forgotten at once. */
  choose(
    actor: Actor,
    patch: Partial<Pick<HistoryChoice, 'seenBy' | 'keepDays'>>,
  ): Promise<HistoryChoice>;
  /** Forgets where somebody was. @throws {JamzError} `unavailable`: then it is hidden, and can be asked again */
  forget(userId: UserId): Promise<void>;
  /** Where somebody was, for them to take along. */
  fixesOf(userId: UserId): AsyncIterable<PastFix & { readonly groupId: GroupId }>;
  /** Measures this process every minute from now on. */
  measure(sample: () => Sample): void;
  /** Does what is done every hour. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export interface HistoryDeps {
  readonly store: Pick<Store, 'settings' | 'memberships'>;
  readonly series: TimeSeries;
  readonly bus: Bus;
  readonly logs: Pick<ScopeLogs, 'admit' | 'onCommitted'>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly processId: string;
  /** How long history is kept where nobody says less, days; 0: not at all. */
  readonly maxDays: number;
  readonly onState: (state: 'away' | 'back', error?: unknown) => void;
  readonly onBug: (error: unknown) => void;
}

const dayMs = 24 * 3_600_000;
const fixesPerPage = 5_000;

export function createHistory(deps: HistoryDeps): History {
  const { store, series, bus, logs, clock, onBug, maxDays } = deps;
  const nowMs = (): number => clock.nowMs();
  const choices = createHistoryChoices({ settings: store.settings, nowMs, maxDays });
  const writer = createSeriesWriter({ ...deps, onRefused: onBug });
  const sites = createGroupSites(store.memberships);
  const siteOf = (scope: Scope): Promise<string | undefined> => sites.siteOf(scope);
  const positions = createPositionHistory({ ...deps, writer, choices });
  const plays = createPlayHistory({ series, writer, logs, siteOf, onBug });
  const performance = createPerformance({ ...deps, writer });

  const note = ({ message }: Extract<BusMessage, { kind: 'live' }>): void => {
    const groupId = groupOfScope(message.scope);
    if (groupId === undefined || maxDays === 0) return;
    siteOf(message.scope).then((siteId) => {
      if (siteId === undefined) return;
      for (const entry of message.entries) positions.note(siteId, groupId, entry);
    }, onBug);
  };

  const dropWaiting = (userId: UserId, groupId?: GroupId): Promise<void> =>
    writer.drop(({ series: name, tags }) => {
      const isTheirs = name === 'positions' && tags['member'] === userId;
      return isTheirs && (groupId === undefined || tags['group'] === groupId);
    });

  const stop = bus.subscribe((message, origin) => {
    // What another process was told it writes down itself.
    if (message.kind === 'live' && origin === 'here') return note(message);
    if (message.kind === 'history-chosen') {
      choices.forget(message.userId);
      if (origin === 'elsewhere') dropWaiting(message.userId).catch(onBug);
      return;
    }
    if (message.kind !== 'ended') return;
    // Who is no member any more is not seen any more: neither now nor in the past.
    const groupId = groupOfScope(message.ended.scope);
    if (groupId === undefined || origin === 'elsewhere') return;
    positions.forget(message.userId, groupId).catch(onBug);
  });

  const told = async (userId: UserId, patch: Partial<HistoryChoice>): Promise<HistoryChoice> => {
    const choice = await choices.choose(userId, patch);
    bus.publish({ kind: 'history-chosen', userId });
    return choice;
  };

  const forget = async (userId: UserId): Promise<void> => {
    // Hidden first, so that it is gone for everybody while the database has it still.
    await told(userId, { forgottenMs: nowMs() });
    await positions.forget(userId);
  };

  return {
    positions,
    fixes: createFixReader(series, writer),
    keptOf(siteId, userId, as) {
      if (as === 'stored') choices.forget(userId);
      return keptSince({ choices, clock }, siteId, userId);
    },
    lateFixes: createLateFixes({ ...deps, choices }),
    plays,
    choices,
    choiceOf: ({ userId }) => choices.of(userId),
    async choose({ userId }, patch) {
      const choice = await told(userId, patch);
      if (patch.keepDays === 0) await forget(userId);
      return choice;
    },
    forget,
    async *fixesOf(userId) {
      const { forgottenMs } = await choices.of(userId);
      for (let fromMs = forgottenMs; ; ) {
        const page = await series.read({
          ...{ series: 'positions', tags: { member: userId }, fromMs, toMs: nowMs() + dayMs },
          ...{ everyMs: 1, combine: 'last', limit: fixesPerPage },
        });
        const full = page.length >= fixesPerPage;
        const lastMs = page.at(-1)?.atMs ?? fromMs;
        // Several devices may have one time: the last one is read whole with the next page.
        const whole = full ? page.filter(({ atMs }) => atMs < lastMs) : page;
        for (const point of whole) yield { ...fixOf(point), groupId: point.tags['group'] ?? '' };
        if (!full) return;
        fromMs = whole.length === 0 ? lastMs + 1 : lastMs;
      }
    },
    measure: performance.begin,
    async tidy() {
      await forgetOld({ series, choices, nowMs: nowMs(), maxDays });
      await series.tidy(nowMs());
    },
    async close() {
      stop();
      plays.close();
      performance.close();
      await writer.close();
    },
  };
}
