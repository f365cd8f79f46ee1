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
  readonly conflicts: (count: number) => string;
  readonly setAsideTitle: (count: number) => string;
  readonly overtaken: (count: number) => string;
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
  conflicts: (count) => (count === 1 ? '1 question for you' : `${count} questions for you`),
  setAsideTitle: (count) => (count === 1 ? '1 change set aside' : `${count} changes set aside`),
  overtaken: (count) => (count === 1 ? '1 change overtaken' : `${count} changes overtaken`),
};

export const syncWords: Dictionary<SyncWords> = { of: 'sync-indicator/words', en };
