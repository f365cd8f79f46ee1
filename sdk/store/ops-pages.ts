import type { OpId, Scope } from '../protocol/ids.ts';
import type { OutboxEntry } from './journal.ts';
import { type Keyring, type SealedBox, Unreadable } from './keyring.ts';

/**
 * Some ops of one scope and one write, in one box: sealing costs a call, not one for each op. Beside the box stands
 * what transactions need: which ops it holds, and where. An op's newest page tells what it is, its first where it
 * stands in the outbox.
 */
export interface OpsPage {
  readonly scope: Scope;
  readonly kind: 'new' | 'changed';
  /** Those still waiting: the box may hold more. */
  readonly opIds: readonly OpId[];
  /** Where in the box each of them is. */
  readonly places: readonly number[];
  /** Of new ops, given by the transaction that stores them. */
  readonly numbers: readonly number[];
  readonly setAside: readonly boolean[];
  readonly box: SealedBox;
  /** It could not be opened, and whether the person knows. */
  readonly lost?: 'untold' | 'told';
}

/** Small enough that an op which leaves does not cost much to write the page anew. */
const maxPageOps = 100;
const about = (scope: Scope): string => `ops ${scope}`;

/** Pages in the order of the entries. */
export function sealPages(
  kind: OpsPage['kind'],
  entries: readonly OutboxEntry[],
  keys: Keyring,
): Promise<readonly OpsPage[]> {
  return Promise.all(
    runsOf(entries).map(
      async ({ scope, run }): Promise<OpsPage> => ({
        scope,
        kind,
        opIds: run.map(({ op }) => op.opId),
        places: run.map((_, place) => place),
        numbers: run.map(({ op }) => op.number),
        setAside: run.map(({ setAside }) => setAside !== null),
        box: await keys.seal(run, about(scope)),
      }),
    ),
  );
}

export interface OpenedPages {
  readonly outbox: readonly OutboxEntry[];
  /** Which of the pages given could not be opened, by their place among them. */
  readonly unreadable: readonly number[];
}

/** @param pages in the order in which they were stored */
export async function openPages(pages: readonly OpsPage[], keys: Keyring): Promise<OpenedPages> {
  const outbox = new Map<OpId, OutboxEntry>();
  const unreadable: number[] = [];
  const contents = await Promise.all(
    pages.map(({ box, scope }) => keys.open(box, about(scope)).catch(throwUnlessUnreadable)),
  );
  pages.forEach((page, index) => {
    const entries = contents[index] as readonly OutboxEntry[] | undefined;
    if (!entries) unreadable.push(index);
    page.opIds.forEach((opId, at) => {
      const entry = entries?.[page.places[at] ?? -1];
      if (!entry) return;
      if (page.kind === 'new') {
        const number = page.numbers[at] ?? 0;
        outbox.set(opId, { ...entry, op: { ...entry.op, number } });
      } else if (outbox.has(opId)) outbox.set(opId, entry);
    });
  });
  return { outbox: [...outbox.values()], unreadable };
}

/** @returns undefined when nothing is left that waits; the page itself when none of it has gone */
export function pageWithout(page: OpsPage, gone: ReadonlySet<OpId>): OpsPage | undefined {
  const left = page.opIds.map((_, at) => at).filter((at) => !gone.has(page.opIds[at] ?? ''));
  if (left.length === 0) return undefined;
  if (left.length === page.opIds.length) return page;
  const pick = <T>(list: readonly T[]): T[] => left.map((at) => list[at]).filter(isThere);
  return {
    ...page,
    opIds: pick(page.opIds),
    places: pick(page.places),
    numbers: pick(page.numbers),
    setAside: pick(page.setAside),
  };
}

/** Ops of these pages of a scope that clearing it takes: all but what was set aside, or cannot be read. */
export function clearable(pages: readonly OpsPage[]): ReadonlySet<OpId> {
  const gone = new Map<OpId, boolean>();
  for (const { opIds, setAside, lost } of pages) {
    opIds.forEach((opId, at) => {
      gone.set(opId, !setAside[at] && !lost);
    });
  }
  return new Set([...gone].filter(([, isGone]) => isGone).map(([opId]) => opId));
}

interface Run {
  readonly scope: Scope;
  readonly run: OutboxEntry[];
}

function runsOf(entries: readonly OutboxEntry[]): readonly Run[] {
  const runs: Run[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && last.run.length < maxPageOps && last.scope === entry.scope) last.run.push(entry);
    else runs.push({ scope: entry.scope, run: [entry] });
  }
  return runs;
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function throwUnlessUnreadable(error: unknown): undefined {
  if (!(error instanceof Unreadable)) throw error;
}
