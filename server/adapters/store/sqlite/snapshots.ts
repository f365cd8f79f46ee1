import type { DatabaseSync } from 'node:sqlite';
import type { SnapshotStore } from '../../../ports/store.ts';
import { bytes, figure, text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSnapshots(database: DatabaseSync, queue: WriteQueue): SnapshotStore {
  const select = database.prepare('SELECT * FROM snapshots WHERE scope = ?');
  // A later generation forks below the head of the one before it, so it is compared first.
  const put = database.prepare(`
    INSERT INTO snapshots (scope, generation, seq, hash, at_ms, fold_version, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET
      generation = excluded.generation, seq = excluded.seq, hash = excluded.hash, at_ms = excluded.at_ms,
      fold_version = excluded.fold_version, bytes = excluded.bytes
    WHERE (excluded.generation, excluded.seq, excluded.fold_version) > (generation, seq, fold_version)`);

  return {
    async get(scope) {
      const row = select.get(scope);
      return queue.durable(
        row && {
          cursor: [figure(row, 'generation'), figure(row, 'seq'), text(row, 'hash')],
          atMs: figure(row, 'at_ms'),
          foldVersion: figure(row, 'fold_version'),
          bytes: bytes(row, 'bytes'),
        }
      );
    },
    put(scope, { cursor: [generation, seq, hash], atMs, foldVersion, bytes: body }) {
      return queue.write(() => {
        const { changes } = put.run(scope, generation, seq, hash, atMs, foldVersion, body);
        return changes > 0 ? 'written' : 'older';
      });
    },
  };
}
