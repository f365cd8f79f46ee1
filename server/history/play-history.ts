import type { Play } from '../../sdk/merge/states.ts';
import { groupOfScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import { LruMap } from '../sync/lru-map.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { SeriesWriter } from './series-writer.ts';

/** How much was heard in a stretch of time, of a whole site. */
export interface PlaySum {
  readonly atMs: number;
  readonly plays: number;
  readonly heardMs: number;
  /** Groups in which something was heard. */
  readonly groups: number;
}

export interface PlayHistory {
  /** @throws {JamzError} `unavailable` while the time series are away */
  sums(siteId: string, fromMs: number, toMs: number, everyMs: number): Promise<readonly PlaySum[]>;
  close(): void;
}

export interface PlayHistoryDeps {
  readonly series: Pick<TimeSeries, 'read'>;
  readonly writer: Pick<SeriesWriter, 'add'>;
  readonly logs: Pick<ScopeLogs, 'onCommitted'>;
  /** Undefined for a scope that is no group's. */
  readonly siteOf: (scope: Scope) => Promise<string | undefined>;
  readonly onBug: (error: unknown) => void;
}

const maxScopes = 5_000;
/** Plays that a log had before this process looked at it: written again they are the same points. */
const lookBackMs = 3_600_000;
const maxSums = 100_000;

/**
 * What was played, in sums: how much and when, by site and group. Not what, not by whom. It follows the plays that logs
 * derive (rule MG4), behind each commit.
 */
export function createPlayHistory(deps: PlayHistoryDeps): PlayHistory {
  const { series, writer, logs, siteOf, onBug } = deps;
  /** The end of the last play that was taken down. */
  const seenMs = new LruMap<Scope, number>(maxScopes);

  const take = async (scope: Scope, plays: readonly Play[]): Promise<void> => {
    const site = await siteOf(scope);
    const group = groupOfScope(scope);
    if (site === undefined || group === undefined) return;
    for (const { startedAtMs, endedAtMs } of plays) {
      const heardMs = Math.max(0, endedAtMs - startedAtMs);
      const atMs = Math.round(endedAtMs);
      writer.add({ series: 'plays', tags: { site, group }, atMs, fields: { plays: 1, heardMs } });
    }
  };

  const stop = logs.onCommitted((scope, { state, atMs }) => {
    const last = state.kind === 'group' ? state.plays.at(-1) : undefined;
    if (!last || state.kind !== 'group') return;
    const since = seenMs.get(scope) ?? atMs - lookBackMs;
    if (last.endedAtMs <= since) return;
    seenMs.set(scope, last.endedAtMs);
    take(
      scope,
      state.plays.filter(({ endedAtMs }) => endedAtMs > since),
    ).catch(onBug);
  });

  return {
    async sums(siteId, fromMs, toMs, everyMs) {
      const points = await series.read({
        ...{ series: 'plays', tags: { site: siteId }, fromMs, toMs, everyMs },
        ...{ combine: 'sum', limit: maxSums },
      });
      return [...Map.groupBy(points, ({ atMs }) => atMs)].map(([atMs, own]) => ({
        atMs,
        plays: sumOf(own.map(({ fields }) => fields['plays'] ?? 0)),
        heardMs: sumOf(own.map(({ fields }) => fields['heardMs'] ?? 0)),
        groups: own.length,
      }));
    },
    close: stop,
  };
}

function sumOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}
