import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from './figures.ts';
import { type BundleSize, peerSizes } from './peer-sizes.ts';

/** What other public systems need for the same work, as ratios to the bare relay of their own run, and weigh. */
export interface PeerTable {
  /** When and on what they were measured. */
  readonly when: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** One column: where its figure is in a run, and which of ours stands beside it. */
interface Column {
  readonly title: string;
  readonly of: (run: Scenarios) => number | null | undefined;
  readonly ours: string;
  /** Absolute where the floor has nothing to compare. */
  readonly kind: 'ratio' | 'ms';
}

type Scenarios = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

interface Results {
  readonly env: { readonly date: string; readonly node: string };
  readonly runs: readonly { readonly peer: string; readonly r: Scenarios }[];
}

const floorName = 'raw-socketio';
const columns: readonly Column[] = [
  column('enqueue 10,000, ms', 's1big', 'enqueueMs', 'drain 10000 enqueue, ms', 'ms'),
  column('drain 1,000', 's1', 'drainMs', 'drain 1000 drain, ms'),
  column('drain 10,000', 's1big', 'drainMs', 'drain 10000 drain, ms'),
  column('merge', 's3', 'listMs', 'merge 2 × 2000 merge, ms'),
  column('fan-out p95', 's2', 'p95', 'fan-out p95, ms'),
  column('join, warm', 's4', 'joinMs', 'join 10000 warm, ms'),
];

/**
 * Reads the harness's results.
 *
 * @param dir of the harness, as `PEERS_DIR` names it
 * @param ours the figures of this run, each a ratio to its floor or a value in ms
 * @param ownSize of the SDK
 * @returns undefined where there are none
 */
export function peersFrom(
  dir: string | undefined,
  ours: (name: string, kind: 'ratio' | 'ms') => number | undefined,
  ownSize: BundleSize,
): PeerTable | undefined {
  if (dir === undefined) return undefined;
  const file = join(dir, 'results/raw.json');
  if (!existsSync(file)) return undefined;
  const { env, runs } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const names = [...new Set(runs.map(({ peer }) => peer))].filter(
    (name) => !name.startsWith('raw-'),
  );
  const median = (peer: string, { of }: Column): number =>
    percentile(
      runs.flatMap((run) => {
        const value = run.peer === peer ? of(run.r) : undefined;
        return typeof value === 'number' ? [value] : [];
      }),
      50,
    );
  const cell = (value: number | undefined, kind: Column['kind']): string => {
    if (value === undefined || Number.isNaN(value)) return '';
    return kind === 'ms' ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  };
  const sizeOf = peerSizes(dir);
  const sizes = (size: BundleSize | undefined): readonly string[] =>
    size ? [size.firstKb.toFixed(1), size.allKb.toFixed(1)] : ['', ''];
  return {
    when: `${env.date.slice(0, 10)}, Node ${env.node}`,
    columns: [...columns.map(({ title }) => title), 'first load, kB', 'all of it, kB'],
    rows: [
      {
        name: 'TrafficJamz',
        cells: [
          ...columns.map(({ ours: name, kind }) => cell(ours(name, kind), kind)),
          ...sizes(ownSize),
        ],
      },
      ...names.sort().map((name) => ({
        name,
        cells: [
          ...columns.map((one) => {
            const value = median(name, one);
            return cell(one.kind === 'ms' ? value : value / median(floorName, one), one.kind);
          }),
          ...sizes(sizeOf(name)),
        ],
      })),
    ],
  };
}

function column(
  title: string,
  scenario: string,
  figure: string,
  ours: string,
  kind: Column['kind'] = 'ratio',
): Column {
  return { title, ours, kind, of: (run) => run[scenario]?.[figure] as number | undefined };
}
