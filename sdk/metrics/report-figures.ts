import type { Counters } from '../sync/counters.ts';
import type { Scheduler } from '../sync/scheduler.ts';

const everyMs = 300_000;
/** A page that is hidden and shown again and again says no more than this often. */
const apartMs = 60_000;
/** One page in four tells: enough to see a rate by. */
const share = 0.25;
const maxCount = 100_000;

export interface ReporterDeps {
  readonly server: string;
  readonly site: string;
  readonly fetch: typeof fetch;
  readonly scheduler: Scheduler;
  /** What counts at the moment; undefined where this tab does not lead. */
  readonly source: () => Source | undefined;
  /** The page is about to go, perhaps. @returns ends it */
  readonly onHide: (listener: () => void) => () => void;
}

export interface Source {
  readonly counters: Counters;
  readonly outboxLength: number;
}

type Counted = Readonly<Record<(typeof counted)[number], number>>;

const counted = ['acked', 'refused', 'retries', 'cacheHits', 'cacheMisses', 'conflicts'] as const;

/**
 * Sends home what this replica counted, so that a server can alert on it: sums since the last time and nothing else.
 * No id and no name, no cookie and no referrer; at most every five minutes and when the page is hidden; from one page
 * in four; where nothing happened, nothing. What does not arrive is lost, on purpose.
 *
 * @returns ends it
 */
export function reportFigures(deps: ReporterDeps): () => void {
  const { scheduler } = deps;
  if (scheduler.random() >= share) return () => {};
  const told = new WeakMap<Counters, Counted>();
  let lastMs = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | undefined;

  const report = (): void => {
    const source = deps.source();
    if (!source || scheduler.monotonicMs() - lastMs < apartMs) return;
    const { counters, outboxLength } = source;
    const before = told.get(counters);
    const now = Object.fromEntries(counted.map((name) => [name, counters[name]])) as Counted;
    const grown = counted.map((name) => [name, now[name] - (before?.[name] ?? 0)] as const);
    if (grown.every(([, count]) => count === 0) && counters.latenciesMs.length === 0) return;
    lastMs = scheduler.monotonicMs();
    told.set(counters, now);
    const body = {
      site: deps.site,
      ...Object.fromEntries(grown.map(([name, count]) => [name, bounded(count)])),
      outboxLength: bounded(outboxLength),
      syncLatenciesMs: counters.latenciesMs
        .splice(0)
        .map((ms) => Math.min(600_000, Math.round(ms))),
    };
    void send(deps, JSON.stringify(body));
  };
  const again = (): void => {
    stopTimer = scheduler.after(everyMs, () => {
      report();
      again();
    });
  };
  again();
  const stopListening = deps.onHide(report);
  return () => {
    stopTimer?.();
    stopListening();
  };
}

async function send({ server, fetch: ask }: ReporterDeps, body: string): Promise<void> {
  try {
    await ask(`${server}/v1/metrics`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      // Outlives the page that sends it.
      keepalive: true,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  } catch {
    // Not worth a second attempt, nor a word to anybody.
  }
}

function bounded(count: number): number {
  return Math.min(maxCount, Math.max(0, Math.round(count)));
}
