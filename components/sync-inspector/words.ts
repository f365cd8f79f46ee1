import type { Faults, SyncState } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

/** What the sync inspector says. */
export interface InspectorWords {
  readonly title: string;
  readonly states: Readonly<Record<SyncState, string>>;
  readonly leads: (term: number) => string;
  readonly follows: string;
  readonly nobody: string;
  readonly failed: string;
  readonly timeline: string;
  readonly lately: (seconds: number) => string;
  readonly transitions: (count: number) => string;
  readonly figures: string;
  readonly figure: Readonly<Record<FigureName, string>>;
  readonly unknown: string;
  readonly ms: (ms: number) => string;
  readonly seconds: (seconds: number) => string;
  readonly percent: (share: number) => string;
  readonly logs: string;
  readonly outbox: (count: number) => string;
  readonly setAside: (count: number) => string;
  readonly nothingWaits: string;
  readonly more: (count: number) => string;
  readonly columns: Readonly<
    Record<
      | 'log'
      | 'here'
      | 'head'
      | 'waiting'
      | 'change'
      | 'kind'
      | 'age'
      | 'stage'
      | 'tries'
      | 'priority'
      | 'needs',
      string
    >
  >;
  readonly faults: string;
  readonly switches: Readonly<
    Record<Exclude<keyof Faults, 'latencyMs' | 'loss' | 'clockShiftMs'>, string>
  >;
  readonly latency: string;
  readonly loss: string;
  readonly clock: string;
  readonly none: string;
  readonly clockChoice: Readonly<Record<string, string>>;
  readonly endFaults: string;
}

export type FigureName =
  | 'clock'
  | 'roundTrip'
  | 'success'
  | 'retries'
  | 'cache'
  | 'latency'
  | 'conflicts'
  | 'storage';

const en: InspectorWords = {
  title: 'Sync inspector',
  states: { SYNCED: 'In sync', SYNCING: 'Syncing', OFFLINE: 'Offline', ERROR: 'Problem' },
  leads: (term) => `this tab leads, term ${term}`,
  follows: 'another tab leads',
  nobody: 'Sign in to look inside.',
  failed: 'The inspector could not be loaded. It comes with the network.',
  timeline: 'States',
  lately: (seconds) => `the last ${seconds} s`,
  transitions: (count) => (count === 1 ? '1 change of state' : `${count} changes of state`),
  figures: 'Figures',
  figure: {
    clock: 'This clock is off by',
    roundTrip: 'Round trip',
    success: 'Ops that succeed',
    retries: 'Retries for an op',
    cache: 'Answered by the cache',
    latency: 'Link to in sync',
    conflicts: 'Ops in conflict',
    storage: 'Kept',
  },
  unknown: '—',
  ms: (ms) => `${ms} ms`,
  seconds: (seconds) => `${seconds} s`,
  percent: (share) => `${Math.round(share * 1000) / 10} %`,
  logs: 'Logs',
  outbox: (count) =>
    count === 0 ? 'Outbox' : count === 1 ? 'Outbox: 1 change' : `Outbox: ${count} changes`,
  setAside: (count) => (count === 1 ? 'Set aside: 1 change' : `Set aside: ${count} changes`),
  nothingWaits: 'Nothing waits.',
  more: (count) => `and ${count} more`,
  columns: {
    log: 'Log',
    here: 'Here',
    head: 'Head',
    waiting: 'Waiting',
    change: 'Change',
    kind: 'Kind',
    age: 'Age',
    stage: 'Stage',
    tries: 'Tries',
    priority: 'Priority',
    needs: 'Needs',
  },
  faults: 'Make it fail',
  switches: {
    offline: 'No network',
    silence: 'Server silent',
    captivePortal: 'Captive portal',
    serverError: 'Server fails',
    tokenExpired: 'Token expired',
  },
  latency: 'Delay',
  loss: 'Loss',
  clock: 'This clock',
  none: 'none',
  clockChoice: {
    '-31536000000': 'a year behind',
    '-3600000': 'an hour behind',
    '0': 'right',
    '3600000': 'an hour ahead',
    '31536000000': 'a year ahead',
  },
  endFaults: 'End all faults',
};

export const inspectorWords: Dictionary<InspectorWords> = { of: 'sync-inspector/words', en };
