import type { Injected } from '../../simulator/stage/injection.ts';

/** What happens in the world without a visitor's hand. */
export type Life = 'nobody' | 'people' | 'everything';

/** All that a run follows from. The same script gives the same run to the letter. */
export interface Script {
  readonly seed: string;
  readonly phones: number;
  readonly life: Life;
  /** Name of the bug that is built in on purpose; none where it is absent. */
  readonly bug?: string;
  /** What the visitor did, with its times. */
  readonly done: readonly Injected[];
}

export const phonesAtMost = 6;
const longestAddressChars = 12_000;

/** @param hash an address's part behind `#`; what cannot be read is left at its default */
export function readScript(hash: string, freshSeed: () => string): Script {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const phones = Number(words.get('phones') ?? 4);
  const life = words.get('life');
  const bug = words.get('bug');
  return {
    seed: words.get('seed')?.slice(0, 40) || freshSeed(),
    phones: Number.isInteger(phones) ? Math.min(Math.max(phones, 2), phonesAtMost) : 4,
    life: life === 'nobody' || life === 'everything' ? life : 'people',
    ...(bug ? { bug } : {}),
    done: readDone(words.get('done')),
  };
}

/** @returns the part of an address behind `#`; without the deeds where they would not fit into one */
export function writeScript({ seed, phones, life, bug, done }: Script): string {
  const words = new URLSearchParams({ seed, phones: String(phones), life });
  if (bug) words.set('bug', bug);
  if (done.length > 0) {
    const text = JSON.stringify(done);
    if (text.length <= longestAddressChars) words.set('done', text);
  }
  return words.toString();
}

function readDone(text: string | null): readonly Injected[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isInjected) : [];
  } catch {
    return [];
  }
}

function isInjected(value: unknown): value is Injected {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, atMs } = value as Partial<Injected>;
  return typeof kind === 'string' && typeof atMs === 'number' && atMs >= 0;
}
