import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Commit } from '../protocol/wire.ts';
import { Deposed, type OutboxEntry, type StoredFold } from './journal.ts';

export interface JournalSchema extends DBSchema {
  /** Ops in the order they were made; `opId` finds one. */
  outbox: { key: number; value: OutboxEntry; indexes: { opId: string } };
  commits: { key: [Scope, number]; value: { scope: Scope; seq: number; commit: Commit } };
  snapshots: { key: Scope; value: { scope: Scope; fold: StoredFold } };
  numbers: { key: Scope; value: { scope: Scope; last: number } };
  meta: { key: string; value: { name: string; value: string } };
}

export type JournalDatabase = IDBPDatabase<JournalSchema>;

/** A database that is opened when it is first used, and again when the browser has closed it meanwhile. */
export interface IdbHandle {
  /**
   * @throws {JamzError} `storage-full` when the device has no room; `unavailable` when the database cannot be used
   * @throws {Deposed} as the work does
   */
  run<T>(work: (db: JournalDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Browsers close handles of pages in the background: what fails is tried once more on a fresh one. */
export function idbHandle(name: string): IdbHandle {
  let opened: Promise<JournalDatabase> | undefined;
  let closed = false;

  const open = (): Promise<JournalDatabase> => {
    if (opened) return opened;
    const opening = openJournal(name, () => letGo());
    const letGo = (): void => {
      if (opened === opening) opened = undefined;
      opening.then((db) => db.close()).catch(() => {});
    };
    opened = opening;
    opening.catch(letGo);
    return opening;
  };
  const letGo = (): void => {
    opened?.then((db) => db.close()).catch(() => {});
    opened = undefined;
  };

  return {
    async run(work) {
      if (closed) throw new JamzError('unavailable', 'This replica is closed.');
      try {
        return await work(await open());
      } catch (error) {
        throwOnIfSure(error);
        letGo();
      }
      try {
        return await work(await open());
      } catch (error) {
        throwOnIfSure(error);
        throw new JamzError('unavailable', 'The browser’s storage cannot be used.', {
          cause: error,
        });
      }
    },
    async close() {
      closed = true;
      await opened?.then((db) => db.close()).catch(() => {});
    },
  };
}

/** @param letGo another tab wants to delete or upgrade the database, or the browser has closed it */
function openJournal(name: string, letGo: () => void): Promise<JournalDatabase> {
  return openDB<JournalSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { autoIncrement: true }).createIndex('opId', 'op.opId');
      db.createObjectStore('commits', { keyPath: ['scope', 'seq'] });
      db.createObjectStore('snapshots', { keyPath: 'scope' });
      db.createObjectStore('numbers', { keyPath: 'scope' });
      db.createObjectStore('meta', { keyPath: 'name' });
    },
    blocking: letGo,
    terminated: letGo,
  });
}

/** Errors that say the same on any handle. */
function throwOnIfSure(error: unknown): void {
  if (error instanceof Deposed || error instanceof JamzError) throw error;
  if (error instanceof DOMException && error.name === 'QuotaExceededError') throw asFull(error);
}

function asFull(cause: unknown): JamzError {
  return new JamzError(
    'storage-full',
    'This device has no room left for what is waiting to be sent. Free some space; until then it stays in this page.',
    { cause },
  );
}
