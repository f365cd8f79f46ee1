import type { DatabaseSync } from 'node:sqlite';
import type { SettingOwner, SettingsStore } from '../../../ports/store.ts';
import { text } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createSettings(database: DatabaseSync, queue: WriteQueue): SettingsStore {
  const select = database.prepare('SELECT value FROM settings WHERE kind = ? AND owner = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO settings (kind, owner, value) VALUES (?, ?, ?)',
  );
  const replace = database.prepare(
    'UPDATE settings SET value = ? WHERE kind = ? AND owner = ? AND value = ?',
  );
  const make = database.prepare(
    'INSERT OR IGNORE INTO settings (kind, owner, value) VALUES (?, ?, ?)',
  );
  const drop = database.prepare('DELETE FROM settings WHERE kind = ? AND owner = ?');
  const page = database.prepare(
    'SELECT owner, value FROM settings WHERE kind = ? AND owner > ? ORDER BY owner LIMIT ?',
  );

  return {
    async get(owner, kind) {
      const row = select.get(kind, owner);
      return queue.durable(row && text(row, 'value'));
    },
    put(owner, kind, value) {
      return queue.write(() => {
        put.run(kind, owner, value);
      });
    },
    replace(owner, kind, read, value) {
      return queue.write(() => {
        const { changes } =
          read === undefined ? make.run(kind, owner, value) : replace.run(value, kind, owner, read);
        return changes > 0;
      });
    },
    drop(owner, kind) {
      return queue.write(() => {
        drop.run(kind, owner);
      });
    },
    async all(kind, after, limit) {
      const rows = page.all(kind, after ?? '', limit);
      return queue.durable(
        // What we wrote as an owner is one.
        rows.map((row) => ({
          owner: text(row, 'owner') as SettingOwner,
          value: text(row, 'value'),
        })),
      );
    },
  };
}
