import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Commit } from '../protocol/wire.ts';
import type { StoredKey } from './device-keys.ts';
import { Deposed, type OutboxEntry, type StoredFold } from './journal.ts';
import type { SealedBox } from './keyring.ts';
import type { OpsPage } from './ops-pages.ts';

/** Everything about a person is in boxes; what stands beside them is what transactions have to read. */
export interface JournalSchema extends DBSchema {
  /** In the order the ops were made. */
  ops: { key: number; value: OpsPage; indexes: { opIds: string; scope: Scope } };
  /** Commits since the fold, those of one write together. */
  tails: { key: [Scope, number]; value: { scope: Scope; lastSeq: number; box: SealedBox } };
  folds: { key: Scope; value: { scope: Scope; box: SealedBox } };
  /** Own ops that logs have, those of one write and log together; the time in front, so that old ones are found. */
  acked: {
    key: [number, string];
    value: {
      scope: Scope;
      generation: number;
      /** Absent in what earlier versions wrote. */
      seq?: number;
      atMs: number;
      opId: string;
      box: SealedBox;
    };
  };
  numbers: { key: Scope; value: { scope: Scope; last: number } };
  meta: { key: string; value: { name: string; value: string } };
  keys: { key: string; value: StoredKey };
  /** What can be had again, one record at a time. */
  cache: { key: string; value: { key: string; box: SealedBox } };
  /** Of the first version, which knew no boxes: emptied when a store of it is first opened. */
  outbox: { key: number; value: OutboxEntry; indexes: { opId: string } };
  commits: { key: [Scope, number]; value: { scope: Scope; seq: number; commit: Commit } };
  snapshots: { key: Scope; value: { scope: Scope; fold: StoredFold } };
}

/** The stores of the first version. */
export const firstStores = ['outbox', 'commits', 'snapshots'] as const;

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

/** Calls back once, unless it is cancelled before. */
export type After = (ms: number, run: () => void) => () => void;

const deviceAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Browsers close handles of pages in the background: what fails is tried once more on a fresh one. */
export function idbHandle(name: string, after: After = deviceAfter): IdbHandle {
  let opened: Promise<JournalDatabase> | undefined;
  let closed = false;

  const open = (): Promise<JournalDatabase> => {
    if (opened) return opened;
    const opening = openJournal(name, () => letGo(), after);
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
        await throwOnIfSure(error);
        letGo();
      }
      try {
        return await work(await open());
      } catch (error) {
        await throwOnIfSure(error);
        throw await told(error, (words) => words.storageFailure(error));
      }
    },
    async close() {
      closed = true;
      await opened?.then((db) => db.close()).catch(() => {});
    },
  };
}

const version = 3;
/** Tabs that hear of a new version let go at once; one that does not is frozen, or older than that habit. */
const blockedMs = 2_000;
/** Some browsers never answer the first time. */
const openingMs = 10_000;

/** @param letGo another tab wants to delete or upgrade the database, or the browser has closed it */
function openJournal(name: string, letGo: () => void, after: After): Promise<JournalDatabase> {
  return new Promise((resolve, reject) => {
    let isGivenUp = false;
    const giveUpAfter = (ms: number, why: (words: Words) => JamzError): (() => void) =>
      after(ms, () => {
        isGivenUp = true;
        void told(undefined, why).then(reject);
      });
    let stopWaiting = giveUpAfter(openingMs, (words) => words.tooSlow());
    const opening = openDB<JournalSchema>(name, version, {
      upgrade,
      blocked() {
        stopWaiting();
        stopWaiting = giveUpAfter(blockedMs, (words) => words.blocked());
      },
      blocking: letGo,
      terminated: letGo,
    });
    opening
      .finally(() => stopWaiting())
      .then((db) => (isGivenUp ? db.close() : resolve(db)), reject);
  });
}

function upgrade(db: JournalDatabase, before: number): void {
  if (before === 0) {
    db.createObjectStore('numbers', { keyPath: 'scope' });
    db.createObjectStore('meta', { keyPath: 'name' });
  }
  db.createObjectStore('acked', { keyPath: ['atMs', 'opId'] });
  if (before === 2) return;
  const ops = db.createObjectStore('ops', { autoIncrement: true });
  ops.createIndex('opIds', 'opIds', { multiEntry: true });
  ops.createIndex('scope', 'scope');
  db.createObjectStore('tails', { keyPath: ['scope', 'lastSeq'] });
  db.createObjectStore('folds', { keyPath: 'scope' });
  db.createObjectStore('keys', { keyPath: 'id' });
  db.createObjectStore('cache', { keyPath: 'key' });
}

/** Errors that say the same on any handle. */
async function throwOnIfSure(error: unknown): Promise<void> {
  if (error instanceof Deposed || error instanceof JamzError) throw error;
  if (isFull(error)) throw await told(error, (words) => words.storageFailure(error));
}

type Words = typeof import('./storage-failure.ts');

/** What to do about it comes in words of their own, since hardly any page needs them; without them the bare fact. */
async function told(cause: unknown, why: (words: Words) => JamzError): Promise<JamzError> {
  try {
    return why(await import('./storage-failure.ts'));
  } catch {
    const code = isFull(cause) ? 'storage-full' : 'unavailable';
    return new JamzError(code, 'The browser’s storage cannot be used.', { cause });
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
