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
  const firstHead = database.prepare(`
    INSERT INTO heads (scope, generation, seq, hash, at_ms, first_seq) VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT DO NOTHING`);
  const moveHead = database.prepare(
    'UPDATE heads SET seq = ?, hash = ?, at_ms = ? WHERE scope = ? AND generation = ? AND seq = ?',
  );
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

  /** @returns false where the log has a head already */
  const begin = (...head: [Scope, number, number, string, number]): boolean =>
    firstHead.run(...head).changes === 1;

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
        const { seq, count, generation, atMs, hash } = commit;
        const end = seq + count - 1;
        // Moving the head is the comparison: only one that stands right before the commit moves.
        const { changes } = moveHead.run(end, hash, atMs, scope, generation, seq - 1);
        const isMoved = changes === 1;
        const isBegun = !isMoved && seq === 1 && begin(scope, generation, end, hash, atMs);
        if (!isMoved && !isBegun) return 'conflict';
        insertCommit.run(scope, seq, count, generation, atMs, hash, runsJson);
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
