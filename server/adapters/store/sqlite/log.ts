import type { DatabaseSync } from 'node:sqlite';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Commit, Run } from '../../../../sdk/protocol/wire.ts';
import type { LogHead, LogStore } from '../../../ports/store.ts';
import { figure, json, type Row, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

/** One row per commit; the head has a row of its own, so that asking for it costs the same at any length. */
export function createLog(database: DatabaseSync, queue: WriteQueue): LogStore {
  const selectHead = database.prepare('SELECT * FROM heads WHERE scope = ?');
  const insertCommit = database.prepare(
    'INSERT INTO commits (scope, seq, count, generation, at_ms, hash, runs) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const putHead = database.prepare(`
    INSERT INTO heads (scope, generation, seq, hash, at_ms, first_seq) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET
      generation = excluded.generation, seq = excluded.seq, hash = excluded.hash, at_ms = excluded.at_ms`);
  const selectAfter = database.prepare(
    'SELECT * FROM commits WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const selectCovering = database.prepare(
    'SELECT seq, count, generation, hash FROM commits WHERE scope = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
  );
  const deleteUpTo = database.prepare(
    'DELETE FROM commits WHERE scope = ? AND seq <= ? AND seq + count - 1 <= ?',
  );
  const moveHorizon = database.prepare(`
    UPDATE heads SET first_seq = coalesce((SELECT min(seq) FROM commits WHERE scope = ?1), seq + 1)
    WHERE scope = ?1`);

  const headOf = (scope: Scope): LogHead | undefined => {
    const row = selectHead.get(scope);
    return row && toHead(row);
  };

  return {
    async head(scope) {
      return queue.durable(headOf(scope));
    },
    append(scope, commit, runsJson = JSON.stringify(commit.runs)) {
      return queue.write(() => {
        // Inside the write transaction nobody else can be between this check and the insert.
        if (commit.seq !== (headOf(scope)?.seq ?? 0) + 1) return 'conflict';
        const { seq, count, generation, atMs, hash } = commit;
        insertCommit.run(scope, seq, count, generation, atMs, hash, runsJson);
        putHead.run(scope, generation, seq + count - 1, hash, atMs, seq);
        return 'written';
      });
    },
    async read(scope, afterSeq, limit) {
      return queue.durable(selectAfter.all(scope, afterSeq, limit).map(toCommit));
    },
    async endingAt(scope, seq) {
      const row = selectCovering.get(scope, seq);
      const endsThere = row && figure(row, 'seq') + figure(row, 'count') - 1 === seq;
      return queue.durable(
        endsThere ? { generation: figure(row, 'generation'), hash: text(row, 'hash') } : undefined,
      );
    },
    trim(scope, seq) {
      return queue.write(() => {
        deleteUpTo.run(scope, seq, seq);
        moveHorizon.run(scope);
      });
    },
  };
}

function toHead(row: Row): LogHead {
  return {
    generation: figure(row, 'generation'),
    seq: figure(row, 'seq'),
    hash: text(row, 'hash'),
    atMs: figure(row, 'at_ms'),
    firstSeq: figure(row, 'first_seq'),
  };
}

function toCommit(row: Row): Commit {
  return {
    generation: figure(row, 'generation'),
    seq: figure(row, 'seq'),
    count: figure(row, 'count'),
    atMs: figure(row, 'at_ms'),
    hash: text(row, 'hash'),
    runs: json<Run[]>(row, 'runs'),
  };
}
