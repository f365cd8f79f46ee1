import type { Dictionary } from './words.ts';

/** Said by elements that work. */
export interface CoreWords {
  readonly loading: string;
  readonly close: string;
  readonly offline: string;
}

export const coreWords: Dictionary<CoreWords> = {
  of: 'shared/core',
  en: { loading: 'Loading', close: 'Close', offline: 'Offline' },
};
