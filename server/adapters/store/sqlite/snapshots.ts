import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SnapshotKind, SnapshotStore, StoredSnapshot } from '../../../ports/store.ts';
import { bytes, figure, type Row, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSnapshots(database: DatabaseSync, queue: WriteQueue): SnapshotStore {
  const tables: Readonly<Record<SnapshotKind, Table>> = {
    newest: prepare(database, 'snapshots'),
    base: prepare(database, 'bases'),
  };
  return {
    async get(scope, kind = 'newest') {
      const row = tables[kind].select.get(scope);
      return queue.durable(row && toSnapshot(row));
    },
    put(
      scope,
      { cursor: [generation, seq, hash], atMs, foldVersion, bytes: body },
      kind = 'newest',
    ) {
      return queue.write(() => {
        const { changes } = tables[kind].put.run(
          ...[scope, generation, seq, hash, atMs, foldVersion, body],
        );
        return changes > 0 ? 'written' : 'older';
      });
    },
  };
}

interface Table {
  readonly select: StatementSync;
  readonly put: StatementSync;
}

/** @param table one of ours, not a caller's text */
function prepare(database: DatabaseSync, table: 'snapshots' | 'bases'): Table {
  return {
    select: database.prepare(`SELECT * FROM ${table} WHERE scope = ?`),
    // A later generation forks below the head of the one before it, so it is compared first.
    put: database.prepare(`
      INSERT INTO ${table} (scope, generation, seq, hash, at_ms, fold_version, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (scope) DO UPDATE SET
        generation = excluded.generation, seq = excluded.seq, hash = excluded.hash, at_ms = excluded.at_ms,
        fold_version = excluded.fold_version, bytes = excluded.bytes
      WHERE (excluded.generation, excluded.seq, excluded.fold_version) > (generation, seq, fold_version)`),
  };
}

function toSnapshot(row: Row): StoredSnapshot {
  return {
    cursor: [figure(row, 'generation'), figure(row, 'seq'), text(row, 'hash')],
    atMs: figure(row, 'at_ms'),
    foldVersion: figure(row, 'fold_version'),
    bytes: bytes(row, 'bytes'),
  };
}
