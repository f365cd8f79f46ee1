import type { Dictionary } from '../shared/words.ts';

/** What the sync indicator says. */
export interface SyncWords {
  readonly synced: string;
  readonly syncing: string;
  readonly offline: string;
  readonly error: string;
  readonly connecting: string;
  readonly accuracy: (ms: number) => string;
  readonly waiting: (count: number) => string;
  readonly retryIn: (seconds: number) => string;
  readonly inSeconds: (seconds: number) => string;
  readonly conflicts: (count: number) => string;
  readonly lastSynced: string;
  readonly never: string;
  readonly justNow: string;
  readonly ago: (figure: string) => string;
  readonly seconds: (count: number) => string;
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly waitingTitle: string;
  readonly nothing: string;
  readonly nextTry: string;
  readonly roundTrip: string;
  readonly clock: string;
  readonly ms: (count: number) => string;
  readonly ahead: (figure: string) => string;
  readonly behind: (figure: string) => string;
  readonly unknown: string;
  readonly syncNow: string;
  readonly setAsideTitle: (count: number) => string;
  readonly overtaken: (count: number) => string;
  readonly retry: string;
  readonly discard: string;
  readonly memory: string;
}

const en: SyncWords = {
  synced: 'In sync',
  syncing: 'Syncing',
  offline: 'Offline',
  error: 'Sync problem',
  connecting: 'Connecting',
  accuracy: (ms) => `±${ms} ms`,
  waiting: (count) => (count === 1 ? '1 change waiting' : `${count} changes waiting`),
  retryIn: (seconds) => `next try in ${seconds} s`,
  inSeconds: (seconds) => `In ${seconds} s`,
  conflicts: (count) => (count === 1 ? '1 question for you' : `${count} questions for you`),
  lastSynced: 'Last in sync',
  never: 'Not yet',
  justNow: 'Just now',
  ago: (figure) => `${figure} ago`,
  seconds: (count) => `${count} s`,
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  waitingTitle: 'Waiting to be sent',
  nothing: 'Nothing',
  nextTry: 'Next try',
  roundTrip: 'Round trip',
  clock: 'This clock',
  ms: (count) => `${count} ms`,
  ahead: (figure) => `${figure} ahead`,
  behind: (figure) => `${figure} behind`,
  unknown: 'Not measured yet',
  syncNow: 'Sync now',
  setAsideTitle: (count) => (count === 1 ? '1 change set aside' : `${count} changes set aside`),
  overtaken: (count) => (count === 1 ? '1 change overtaken' : `${count} changes overtaken`),
  retry: 'Retry',
  discard: 'Discard',
  memory: 'Kept in memory only: closing this page loses what is waiting.',
};

export const syncWords: Dictionary<SyncWords> = { en };
