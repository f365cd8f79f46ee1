import type { SetAsideEntry } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';
import type { SyncWords } from './words.ts';

/** What only the panel says, on top of what the pill does; it comes with the panel. */
export interface PanelWords extends SyncWords {
  readonly inSeconds: (seconds: number) => string;
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
  readonly retry: string;
  readonly discard: string;
  readonly paused: (uploads: number) => string;
  readonly resume: string;
  readonly memory: string;
  /** In place of the SDK's own sentence about storage, which is English. */
  readonly storage?: string;
  /** In place of the SDK's own summary, likewise; `what` is the title or text in it, or empty. */
  readonly did?: (opType: SetAsideEntry['opType'], what: string) => string;
}

const en: Omit<PanelWords, keyof SyncWords> = {
  inSeconds: (seconds) => `In ${seconds} s`,
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
  retry: 'Retry',
  discard: 'Discard',
  paused: (uploads) =>
    uploads === 1
      ? 'An upload is paused. The change that needs it waits for it.'
      : `${uploads} uploads are paused. The changes that need them wait for them.`,
  resume: 'Go on uploading',
  memory: 'Kept in memory only: closing this page loses what is waiting.',
};

export const panelWords: Dictionary<Omit<PanelWords, keyof SyncWords>> = {
  of: 'sync-indicator/panel',
  en,
};
