import type { DatabaseSync } from 'node:sqlite';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { LogHead, LogStore } from '../../../ports/store.ts';
import { createLogForks } from './log-forks.ts';
import { toCommit, toHead } from './log-rows.ts';
import { figure, figureOrNull, text } from './rows.ts';
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

  const putLease = database.prepare(`
    INSERT INTO leases (scope, seq, until_ms) VALUES (?, ?, ?)
    ON CONFLICT (scope, seq) DO UPDATE SET until_ms = max(until_ms, excluded.until_ms)`);
  const dropLeases = database.prepare('DELETE FROM leases WHERE scope = ? AND until_ms < ?');
  const lowestLease = database.prepare('SELECT min(seq) AS seq FROM leases WHERE scope = ?');
  const selectScopes = database.prepare(
    'SELECT scope FROM heads WHERE scope > ? ORDER BY scope LIMIT ?',
  );

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
        const head = headOf(scope);
        if (commit.seq !== (head?.seq ?? 0) + 1) return 'conflict';
        if (head && commit.generation !== head.generation) return 'conflict';
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
    trim(scope, seq, nowMs = 0) {
      return queue.write(() => {
        dropLeases.run(scope, nowMs);
        const leased = lowestLease.get(scope);
        const leasedSeq = leased ? figureOrNull(leased, 'seq') : null;
        const upTo = Math.min(seq, leasedSeq ?? seq);
        deleteUpTo.run(scope, upTo, upTo);
        moveHorizon.run(scope);
      });
    },
    lease(scope, seq, untilMs) {
      return queue.write(() => {
        putLease.run(scope, seq, untilMs);
      });
    },
    ...createLogForks(database, queue, headOf),
    async scopes(after, limit) {
      // What we wrote as a scope is one.
      return queue.durable(
        selectScopes.all(after, limit).map((row) => text(row, 'scope') as Scope),
      );
    },
  };
}
