import type { DatabaseSync } from 'node:sqlite';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Generation, LogHead, LogStore } from '../../../ports/store.ts';
import { toCommit } from './log-rows.ts';
import { figure, type Row, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

/** The part of a log that is about winding it back. */
export function createLogForks(
  database: DatabaseSync,
  queue: WriteQueue,
  headOf: (scope: Scope) => LogHead | undefined,
): Pick<LogStore, 'generations' | 'fork' | 'readCut'> {
  const selectGenerations = database.prepare(
    'SELECT * FROM generations WHERE scope = ? ORDER BY generation',
  );
  const insertGeneration = database.prepare(`
    INSERT INTO generations (scope, generation, forked_at_seq, hash, at_ms, minted_at_ms, rejoin)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const keepCut = database.prepare(`
    INSERT INTO cut_commits (scope, cut_by, seq, count, generation, at_ms, hash, runs)
    SELECT scope, ?2, seq, count, generation, at_ms, hash, runs FROM commits WHERE scope = ?1 AND seq > ?3`);
  const moveHead = database.prepare(`
    INSERT INTO heads (scope, generation, seq, hash, at_ms, first_seq) VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (scope) DO UPDATE SET
      generation = excluded.generation, seq = excluded.seq, hash = excluded.hash, at_ms = excluded.at_ms,
      first_seq = min(first_seq, excluded.seq + 1)`);
  const readCut = database.prepare(
    'SELECT * FROM cut_commits WHERE scope = ? AND cut_by = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const dropBeyond = [
    'DELETE FROM commits WHERE scope = ? AND seq > ?',
    'DELETE FROM snapshots WHERE scope = ? AND seq > ?',
    'DELETE FROM bases WHERE scope = ? AND seq > ?',
    'DELETE FROM archived_messages WHERE scope = ? AND seq > ?',
    'DELETE FROM archived_edits WHERE scope = ? AND seq > ?',
  ].map((sql) => database.prepare(sql));
  const shortenArchive = database.prepare(
    'UPDATE archives SET filled_to = min(filled_to, ?2) WHERE scope = ?1',
  );

  return {
    async generations(scope) {
      return queue.durable(selectGenerations.all(scope).map(toGeneration));
    },
    fork(scope, { generation: was, seq: end }, { generation, forkedAtSeq, ...fork }) {
      return queue.write(() => {
        const head = headOf(scope);
        if ((head?.generation ?? was) !== was || (head?.seq ?? 0) !== end) return 'conflict';
        if (generation <= was || forkedAtSeq > end) return 'conflict';
        const { hash, atMs, mintedAtMs, rejoin } = fork;
        insertGeneration.run(
          scope,
          generation,
          forkedAtSeq,
          hash,
          atMs,
          mintedAtMs,
          Number(rejoin),
        );
        keepCut.run(scope, generation, forkedAtSeq);
        for (const drop of dropBeyond) drop.run(scope, forkedAtSeq);
        shortenArchive.run(scope, forkedAtSeq);
        moveHead.run(scope, generation, forkedAtSeq, hash, atMs);
        return 'written';
      });
    },
    async readCut(scope, generation, afterSeq, limit) {
      return queue.durable(readCut.all(scope, generation, afterSeq, limit).map(toCommit));
    },
  };
}

export function toGeneration(row: Row): Generation {
  return {
    generation: figure(row, 'generation'),
    forkedAtSeq: figure(row, 'forked_at_seq'),
    hash: text(row, 'hash'),
    atMs: figure(row, 'at_ms'),
    mintedAtMs: figure(row, 'minted_at_ms'),
    rejoin: figure(row, 'rejoin') === 1,
  };
}
