import type { DatabaseSync } from 'node:sqlite';
import { ObjectId } from 'mongodb';
import type { Generation } from '../../../ports/store.ts';
import type { Documents } from '../mongo/documents.ts';
import { closingDocument, stretchesOf } from '../mongo/log-forks.ts';
import { toGeneration } from '../sqlite/log-forks.ts';
import { toHead } from '../sqlite/log-rows.ts';
import { figure, type Row, text } from '../sqlite/rows.ts';

/** What a scope becomes; snapshots are put through the store, which cuts up what is too large. */
export type ScopeDocuments = {
  readonly [Name in ScopedCollection]: readonly Documents[Name][];
};

export type ScopedCollection =
  | 'commits'
  | 'horizons'
  | 'leases'
  | 'archives'
  | 'archivedMessages'
  | 'archivedEdits'
  | 'refusals';

/** Tables of which each row belongs to a scope. */
export const scopeTables: readonly string[] = [
  ...['commits', 'heads', 'cut_commits', 'generations', 'leases', 'snapshots', 'bases'],
  ...['archives', 'archived_messages', 'archived_edits', 'refusals'],
];

export type ReadScope = (scope: string) => ScopeDocuments;

export function scopeReader(database: DatabaseSync): ReadScope {
  const all = (table: string, order = 'rowid') =>
    database.prepare(`SELECT * FROM ${table} WHERE scope = ? ORDER BY ${order}`);
  const commitRows = database.prepare(`
    SELECT scope, seq, count, generation, at_ms, hash, runs FROM commits WHERE scope = ?1 UNION ALL
    SELECT scope, seq, count, generation, at_ms, hash, runs FROM cut_commits WHERE scope = ?1
    ORDER BY generation, seq`);
  const heads = all('heads', 'scope');
  const generations = all('generations', 'generation');
  const leases = all('leases', 'seq');
  const archives = all('archives', 'scope');
  const messages = all('archived_messages');
  const edits = database.prepare(`
    SELECT e.*, m.author_id FROM archived_edits AS e
    JOIN archived_messages AS m ON m.scope = e.scope AND m.message_id = e.message_id
    WHERE e.scope = ? ORDER BY e.seq`);
  const refusals = all('refusals', 'replica_id, number');

  return (scope) => {
    const forks = generations.all(scope).map(toGeneration);
    const newest = forks.at(-1)?.generation ?? 1;
    const generationAt = (seq: number): number =>
      stretchesOf(forks).findLast(({ after }) => after < seq)?.generation ?? newest;
    const at = (row: Row) => {
      const seq = figure(row, 'seq');
      return { scope, seq, generation: generationAt(seq) };
    };
    const commits = commitRows.all(scope).map(commitDocument);
    const head = heads.all(scope).map(toHead).at(0);
    const closing = closingDocuments(scope, forks, commits);
    return {
      commits: [
        ...commits,
        ...closing,
        ...(head ? endOf(scope, head, [...commits, ...closing]) : []),
      ],
      horizons: head && head.firstSeq > 1 ? [{ _id: scope, scope, firstSeq: head.firstSeq }] : [],
      leases: leases.all(scope).map((row) => {
        const seq = figure(row, 'seq');
        return { _id: `${scope} ${seq}`, scope, seq, untilMs: figure(row, 'until_ms') };
      }),
      archives: archives.all(scope).map((row) => {
        return { _id: scope, scope, filledTo: figure(row, 'filled_to'), generation: newest };
      }),
      archivedMessages: messages.all(scope).map((row) => ({
        ...{ _id: `${at(row).generation} ${scope} ${text(row, 'message_id')}`, ...at(row) },
        ...{ messageId: text(row, 'message_id'), authorId: text(row, 'author_id') },
        ...{ text: text(row, 'text'), sentAtMs: figure(row, 'sent_at_ms') },
        stamp: text(row, 'stamp'),
      })),
      archivedEdits: edits.all(scope).map((row) => ({
        ...{ _id: `${at(row).generation} ${scope} ${at(row).seq}`, ...at(row) },
        ...{ messageId: text(row, 'message_id'), authorId: text(row, 'author_id') },
        ...{ text: text(row, 'text'), editedAtMs: figure(row, 'edited_at_ms') },
        stamp: text(row, 'stamp'),
      })),
      refusals: refusals.all(scope).map((row) => {
        const [replicaId, number] = [text(row, 'replica_id'), figure(row, 'number')];
        const expiresAtMs = figure(row, 'expires_at_ms');
        return {
          ...{ _id: `${scope} ${replicaId} ${number}`, scope, replicaId, number },
          ...{ code: text(row, 'code'), message: text(row, 'message') },
          ...{ expiresAtMs, expiresAt: new Date(expiresAtMs) },
        };
      }),
    };
  };
}

type CommitDocument = Documents['commits'];

function commitDocument(row: Row): CommitDocument {
  const seq = figure(row, 'seq');
  return {
    ...{ _id: new ObjectId(), scope: text(row, 'scope'), generation: figure(row, 'generation') },
    ...{ seq, end: seq + figure(row, 'count') - 1, hash: text(row, 'hash') },
    ...{ atMs: figure(row, 'at_ms'), runs: text(row, 'runs') },
  };
}

/** Each lies behind the last commit of the generation that it ends, as far as that one is still known. */
function closingDocuments(
  scope: string,
  forks: readonly Generation[],
  commits: readonly CommitDocument[],
): readonly CommitDocument[] {
  return forks.map((fork, index) => {
    const { generation, forkedAtSeq } = forks[index - 1] ?? { generation: 1, forkedAtSeq: 0 };
    const last = commits.findLast((commit) => commit.generation === generation);
    const seq = Math.max(last?.end ?? 0, forkedAtSeq, fork.forkedAtSeq) + 1;
    return closingDocument({ _id: new ObjectId(), scope, generation, seq }, fork);
  });
}

/** Where the end of the log was trimmed away, what keeps its place. */
function endOf(
  scope: string,
  { generation, seq, hash, atMs }: ReturnType<typeof toHead>,
  known: readonly CommitDocument[],
): readonly CommitDocument[] {
  const isKnown = known.some(
    (one) => one.end === seq && (one.fork?.generation ?? one.generation) === generation,
  );
  if (isKnown || seq === 0) return [];
  return [{ _id: new ObjectId(), scope, generation, seq, end: seq, hash, atMs, runs: null }];
}
