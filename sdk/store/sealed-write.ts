import { opsOf, toRuns } from '../protocol/codec.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit, Run } from '../protocol/wire.ts';
import type { JournalSchema } from './idb-handle.ts';
import type { JournalWrite, StoredFold, StoredScope } from './journal.ts';
import { type Keyring, Unreadable } from './keyring.ts';
import { type OpsPage, sealPages } from './ops-pages.ts';

type Tail = JournalSchema['tails']['value'];
type Fold = JournalSchema['folds']['value'];
type Acked = JournalSchema['acked']['value'];

/** A journal write whose personal parts are in boxes: no transaction stays open while something is encrypted. */
export interface SealedWrite {
  readonly fresh: readonly OpsPage[];
  readonly changed: readonly OpsPage[];
  readonly remove: JournalWrite['remove'];
  readonly tails: readonly Tail[];
  readonly folds: readonly { readonly fold: Fold; readonly seq: number }[];
  readonly acked: readonly Acked[];
  readonly requeued: readonly OpsPage[];
  readonly clear: readonly Scope[];
}

const aboutTail = (scope: Scope): string => `tail ${scope}`;
const aboutFold = (scope: Scope): string => `fold ${scope}`;
const aboutAcked = (scope: Scope): string => `acked ${scope}`;

export async function sealWrite(change: JournalWrite, keys: Keyring): Promise<SealedWrite> {
  const commits = new Map<Scope, Commit[]>();
  for (const { scope, commit } of change.commits) {
    const known = commits.get(scope);
    if (known) known.push(commit);
    else commits.set(scope, [commit]);
  }
  const [fresh, changed, requeued, acked, tails, folds] = await Promise.all([
    sealPages('new', change.enqueue, keys),
    sealPages('changed', change.update, keys),
    sealPages('new', change.requeue, keys),
    sealAcked(change.acked, keys),
    Promise.all(
      [...commits].map(async ([scope, list]): Promise<Tail> => {
        const box = await keys.seal(list, aboutTail(scope));
        return { scope, lastSeq: list.at(-1)?.seq ?? 0, box };
      }),
    ),
    Promise.all(
      change.snapshots.map(async ({ scope, fold }) => {
        const box = await keys.seal(fold, aboutFold(scope));
        return { fold: { scope, box }, seq: fold.cursor[1] };
      }),
    ),
  ]);
  const { remove, clear } = change;
  return { fresh, changed, remove, tails, folds, acked, requeued, clear };
}

/** What a write tells of a scope lies in one box, as runs: it is read only where a log was wound back. */
function sealAcked(acked: JournalWrite['acked'], keys: Keyring): Promise<readonly Acked[]> {
  const byPlace = Map.groupBy(acked, ({ scope, generation, seq }) =>
    [generation, seq, scope].join(),
  );
  return Promise.all(
    [...byPlace.values()].flatMap(([first, ...rest]) => {
      if (!first) return [];
      const { op, ...where } = first;
      const runs = toRuns([op, ...rest.map((own) => own.op)]);
      const sealed = keys.seal(runs, aboutAcked(where.scope));
      return [sealed.then((box): Acked => ({ ...where, opId: op.opId, box }))];
    }),
  );
}

/** What cannot be opened is left out. */
export async function openAcked(records: readonly Acked[], keys: Keyring): Promise<readonly Op[]> {
  const opened = await Promise.all(
    records.map(({ scope, box }) => keys.open(box, aboutAcked(scope)).catch(nothing)),
  );
  return opened.flatMap((runs) => (runs ? opsOf({ runs: runs as readonly Run[] }) : []));
}

/** What cannot be opened is left out: the server has it, too. */
export async function openScopes(
  folds: readonly Fold[],
  tails: readonly Tail[],
  keys: Keyring,
): Promise<readonly StoredScope[]> {
  const scopes = new Map<Scope, { fold: StoredFold | null; commits: Commit[] }>();
  const of = (scope: Scope): { fold: StoredFold | null; commits: Commit[] } => {
    const known = scopes.get(scope) ?? { fold: null, commits: [] };
    scopes.set(scope, known);
    return known;
  };
  const [openedFolds, openedTails] = await Promise.all([
    Promise.all(folds.map(({ scope, box }) => keys.open(box, aboutFold(scope)).catch(nothing))),
    Promise.all(tails.map(({ scope, box }) => keys.open(box, aboutTail(scope)).catch(nothing))),
  ]);
  folds.forEach(({ scope }, index) => {
    of(scope).fold = (openedFolds[index] as StoredFold | undefined) ?? null;
  });
  tails.forEach(({ scope }, index) => {
    of(scope).commits.push(...((openedTails[index] as readonly Commit[] | undefined) ?? []));
  });
  return [...scopes].map(([scope, { fold, commits }]) => ({
    scope,
    snapshot: fold,
    commits: commits.filter(({ seq }) => seq > (fold?.cursor[1] ?? 0)),
  }));
}

function nothing(error: unknown): undefined {
  if (!(error instanceof Unreadable)) throw error;
}
