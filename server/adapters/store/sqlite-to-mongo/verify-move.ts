import { JamzError } from '../../../../sdk/protocol/errors.ts';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Documents } from '../mongo/documents.ts';
import { flatTables } from './flat-tables.ts';
import type { Move } from './open-move.ts';
import type { ReadScope, ScopeDocuments } from './scope-documents.ts';

/** Tells whether a log comes to the same in both stores. */
export type SameState = (scope: Scope) => Promise<boolean>;

/** Whether all of a scope has arrived, and comes to the same. */
export async function isWhole(
  { collection }: Move,
  documents: ScopeDocuments,
  scope: Scope,
  sameState: SameState,
): Promise<boolean> {
  for (const name of namesOf(documents)) {
    const count = await collection(name).countDocuments({ scope });
    if (count !== documents[name].length) return false;
  }
  return sameState(scope);
}

/** How many documents each collection will have. */
export function plannedCounts(
  { rows }: Move,
  scopes: readonly Scope[],
  readScope: ReadScope,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { table, collection } of flatTables) {
    const [row] = rows.prepare(`SELECT count(*) AS count FROM ${table}`).all();
    counts[collection] = Number(row?.['count'] ?? 0);
  }
  for (const scope of scopes) {
    const documents = readScope(scope);
    for (const name of namesOf(documents)) {
      counts[name] = (counts[name] ?? 0) + documents[name].length;
    }
  }
  return counts;
}

/** @throws {JamzError} `invalid` where a collection has more or fewer */
export async function verifiedCounts(
  move: Move,
  scopes: readonly Scope[],
  readScope: ReadScope,
): Promise<Record<string, number>> {
  const planned = plannedCounts(move, scopes, readScope);
  for (const [name, count] of Object.entries(planned)) {
    // A cast: the names were those of collections.
    const there = await move.collection(name as keyof Documents).countDocuments();
    if (there !== count) throw different(`${name} (${there} instead of ${count})`);
  }
  return planned;
}

export function namesOf(documents: ScopeDocuments) {
  return Object.keys(documents) as (keyof ScopeDocuments)[];
}

export function different(what: string): JamzError {
  return new JamzError(
    'invalid',
    `What arrived is not what was sent: ${what}. Drop the target database and move again`,
  );
}
