import { type Draft, emptyDraft } from './form-state.ts';

/** Keeps a half-typed form over a reload, for this tab only. Never the password. */
export interface DraftStore {
  read(): Draft;
  write(draft: Draft): void;
  clear(): void;
}

/** @param storage throws where the browser keeps nothing for this page: the form then simply starts empty */
export function draftStore(storage: () => Storage, site: string): DraftStore {
  const key = `jamz-sign-in:${site}`;
  const quietly = <T>(run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch {
      return otherwise;
    }
  };
  return {
    read: () => quietly(() => parsed(storage().getItem(key)), emptyDraft),
    write: (draft) => quietly(() => storage().setItem(key, JSON.stringify(draft)), undefined),
    clear: () => quietly(() => storage().removeItem(key), undefined),
  };
}

function parsed(text: string | null): Draft {
  const value: unknown = text === null ? null : JSON.parse(text);
  if (typeof value !== 'object' || value === null) return emptyDraft;
  const { mode, name, email } = value as Partial<Record<keyof Draft, unknown>>;
  return {
    mode: mode === 'sign-in' || mode === 'sign-up' || mode === 'forgot' ? mode : 'guest',
    name: typeof name === 'string' ? name : '',
    email: typeof email === 'string' ? email : '',
  };
}
