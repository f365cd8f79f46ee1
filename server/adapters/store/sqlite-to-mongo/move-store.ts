import type { Collection, Document } from 'mongodb';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import { maxPartBytes, type Parts } from '../mongo/parts.ts';
import type { Row } from '../sqlite/rows.ts';
import { flatTables } from './flat-tables.ts';
import { type Move, occupied } from './open-move.ts';
import { type ScopeDocuments, scopeReader } from './scope-documents.ts';
import {
  different,
  isWhole,
  namesOf,
  plannedCounts,
  type SameState,
  verifiedCounts,
} from './verify-move.ts';

export interface MoveProgress {
  readonly step: 'tables' | 'logs' | 'history' | 'verify';
  readonly done: number;
  readonly of: number;
}

/** Moves what lies beside the store, where an earlier run left off. @returns how many points there are of each series */
export type MoveHistory = (
  tell: (progress: MoveProgress) => void,
  dryRun: boolean,
) => Promise<Readonly<Record<string, number>>>;

export interface Moved {
  /** Documents in each collection, as they were counted in the target, and points of each series. */
  readonly counts: Readonly<Record<string, number>>;
  readonly scopes: number;
  readonly state: 'planned' | 'moved' | 'moved-before';
}

const documentsPerWrite = 500;
const scopesPerNote = 20;

/**
 * Moves everything. Killed at any moment it can be asked again, and goes on with the log at which it was; what else
 * there is, is little, and copied anew.
 *
 * @param dryRun looks at both ends and writes nothing to the target but indexes
 * @param moveHistory asked before servers are let in; where everything was moved before, too
 * @throws {JamzError} `invalid` where the target has something that is not of this move, or what arrived is not what
 *   was sent
 */
export async function moveStore(
  move: Move,
  sameState: SameState,
  moveHistory: MoveHistory,
  tell: (progress: MoveProgress) => void,
  dryRun: boolean,
): Promise<Moved> {
  const { notes, source, rows } = move;
  const note = await notes.findOne({ _id: 'sqlite' });
  const names = await occupied(move);
  if ((note && note.source !== source) || (!note && names.length > 0)) {
    const what = names.slice(0, 3).join(', ') || 'a move of another installation';
    throw new JamzError('invalid', `The target is not empty (${what}): name another database`);
  }
  const scopes = scopesOf(move);
  const readScope = scopeReader(rows);
  if (note?.state === 'done' || dryRun) {
    const points = await moveHistory(tell, dryRun);
    const counts = dryRun ? { ...plannedCounts(move, scopes, readScope), ...points } : points;
    return { counts, scopes: scopes.length, state: dryRun ? 'planned' : 'moved-before' };
  }

  const afterScope = note?.afterScope ?? '';
  await notes.updateOne(
    { _id: 'sqlite' },
    { $set: { source, state: 'moving', afterScope } },
    { upsert: true },
  );
  for (const [index, { table, query, collection, toDocument }] of flatTables.entries()) {
    const found = rows.prepare(query ?? `SELECT * FROM ${table}`).iterate();
    await replaceAll(move.collection(collection), found, toDocument);
    tell({ step: 'tables', done: index + 1, of: flatTables.length });
  }
  for (const [index, scope] of scopes.entries()) {
    if (scope > afterScope) await copyScope(move, readScope(scope), scope);
    const isLast = index + 1 === scopes.length;
    if ((index + 1) % scopesPerNote !== 0 && !isLast) continue;
    if (scope > afterScope)
      await notes.updateOne({ _id: 'sqlite' }, { $set: { afterScope: scope } });
    tell({ step: 'logs', done: index + 1, of: scopes.length });
  }
  const points = await moveHistory(tell, false);
  for (const [index, scope] of scopes.entries()) {
    if (!(await isWhole(move, readScope(scope), scope, sameState))) {
      // It was copied by an earlier run, and a server has written to the source since.
      await copyScope(move, readScope(scope), scope);
      if (!(await isWhole(move, readScope(scope), scope, sameState))) throw different(scope);
    }
    const isTold = (index + 1) % scopesPerNote === 0 || index + 1 === scopes.length;
    if (isTold) tell({ step: 'verify', done: index + 1, of: scopes.length });
  }
  const counts = { ...(await verifiedCounts(move, scopes, readScope)), ...points };
  await notes.updateOne({ _id: 'sqlite' }, { $set: { state: 'done' } });
  return { counts, scopes: scopes.length, state: 'moved' };
}

/** In the order of their names, also those that have refusals and no log. */
function scopesOf({ rows }: Move): readonly Scope[] {
  const found = rows
    .prepare(
      'SELECT scope FROM heads UNION SELECT scope FROM refusals UNION SELECT scope FROM leases',
    )
    .all();
  // What we wrote as a scope is one. Sorted as text is compared here.
  return found.map(({ scope }) => String(scope) as Scope).sort();
}

async function replaceAll(
  collection: Collection<Document>,
  found: Iterable<Row>,
  toDocument: (row: Row) => object,
): Promise<void> {
  await collection.deleteMany({});
  let batch: object[] = [];
  for (const row of found) {
    batch.push(toDocument(row));
    if (batch.length < documentsPerWrite) continue;
    await insertAll(collection, batch);
    batch = [];
  }
  await insertAll(collection, batch);
}

/** What an earlier run left of it goes first. */
async function copyScope(
  { collection, from, to, parts }: Move,
  documents: ScopeDocuments,
  scope: Scope,
): Promise<void> {
  for (const name of [...namesOf(documents), 'snapshots', 'parts'] as const) {
    await collection(name).deleteMany({ scope });
  }
  for (const name of namesOf(documents)) {
    const all = name === 'commits' ? await fitting(documents.commits, parts) : documents[name];
    await insertAll(collection(name), all);
  }
  for (const kind of ['newest', 'base'] as const) {
    const snapshot = await from.snapshots.get(scope, kind);
    if (snapshot) await to.snapshots.put(scope, snapshot, kind);
  }
}

/** A file takes larger commits than a document does. */
async function fitting(
  commits: ScopeDocuments['commits'],
  parts: Parts,
): Promise<ScopeDocuments['commits']> {
  const fitted: ScopeDocuments['commits'][number][] = [];
  for (const commit of commits) {
    const { runs, scope } = commit;
    const isLarge = typeof runs === 'string' && Buffer.byteLength(runs) > maxPartBytes;
    fitted.push(isLarge ? { ...commit, runs: await parts.put(scope, Buffer.from(runs)) } : commit);
  }
  return fitted;
}

async function insertAll(
  collection: Collection<Document>,
  documents: readonly object[],
): Promise<void> {
  for (let at = 0; at < documents.length; at += documentsPerWrite) {
    await collection.insertMany(documents.slice(at, at + documentsPerWrite), { ordered: false });
  }
}
