import type { Group } from '../../sdk/index.ts';

/** What a person has half written: outlives a reload of this tab, and nothing else. */
export interface KeptText {
  /** Empty when nothing was kept. */
  read(): string;
  write(text: string): void;
}

/** @param storage throws where the browser keeps nothing for this page: nothing is kept then */
export function keptText(storage: () => Storage, key: `jamz-${string}`): KeptText {
  return {
    read() {
      try {
        return storage().getItem(key) ?? '';
      } catch {
        return '';
      }
    },
    write(text) {
      try {
        if (text === '') storage().removeItem(key);
        else storage().setItem(key, text);
      } catch {
        // Private mode, or full: the text stays in the field.
      }
    },
  };
}

/** Of one person, one group and one form: who signs in next in this tab reads nothing of it. */
export function draftKey(form: string, { id, jamz }: Group): `jamz-${string}` {
  const userId = jamz.session.user$.value?.id ?? '';
  return `jamz-${form}:${jamz.server} ${jamz.site} ${userId} ${id}`;
}
