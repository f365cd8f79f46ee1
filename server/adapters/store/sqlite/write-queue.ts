import type { DatabaseSync } from 'node:sqlite';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import { busyTimeoutMs, inTransaction, named, tryBegin } from './transaction.ts';
import type { FlushLog } from './wal-flush.ts';

/** Writes that wait for the end of the turn and then share one transaction and one flush of the disk. */
export interface WriteQueue {
  /**
   * @param work changes the database synchronously; may run a second time, alone, after its transaction failed
   * @returns what `work` returned, once it is durable
   * @throws {JamzError} `storage-full` when the disk is full, `unavailable` when another process holds the file;
   *   then nothing was changed. `unavailable` too when the disk failed to flush: then nobody knows, and the store
   *   takes and tells nothing more until it is opened anew.
   */
  write<T>(work: () => T): Promise<T>;
  /**
   * What has just been read, once it is durable: where it may have come out of a flush that is under way, after that.
   *
   * @throws {JamzError} `unavailable` when the disk failed to flush
   */
  durable<T>(read: T): T | Promise<T>;
  /** Writes what still waits; later writes are refused `unavailable`. */
  close(): Promise<void>;
}

export interface WriteQueueOptions {
  /** Calls back when the turn is over; `setImmediate` unless a test owns time. */
  readonly schedule?: ((flush: () => void) => void) | undefined;
  /** Brings what was committed to the disk; none for a database that keeps nothing. */
  readonly flushLog?: FlushLog | undefined;
  /** Other processes write to the file: it is waited for with timers, and the event loop goes on meanwhile. */
  readonly isShared?: boolean;
  /** Calls back when another process may be done with its transaction; a timer unless a test owns time. */
  readonly pause?: (goOn: () => void) => void;
}

/** About the time that another process takes for its transaction. */
const busyPauseMs = 2;
const maxTries = Math.ceil(busyTimeoutMs / busyPauseMs);
const shortly = (goOn: () => void): void => void setTimeout(goOn, busyPauseMs);

interface Waiting {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** One flush is under way at a time; the event loop goes on meanwhile, and what it brings shares the next one. */
export function createWriteQueue(
  database: DatabaseSync,
  { schedule = setImmediate, flushLog, isShared = false, pause = shortly }: WriteQueueOptions = {},
): WriteQueue {
  let waiting: Waiting[] = [];
  let isScheduled = false;
  let triesLeft = maxTries;
  let closed = false;
  let flushing: Promise<void> | undefined;
  let broken: JamzError | undefined;

  const plan = (): void => {
    if (isScheduled || flushing || waiting.length === 0) return;
    isScheduled = true;
    schedule(writeBatch);
  };

  /** @returns whether it is this process's turn, or has not been for too long: then SQLite says so */
  const isOurTurn = (): boolean => {
    if (!isShared || broken || waiting.length === 0 || tryBegin(database)) return true;
    triesLeft -= 1;
    return triesLeft === 0;
  };

  const writeBatch = (): void => {
    isScheduled = false;
    if (flushing) return;
    if (!isOurTurn()) {
      isScheduled = true;
      pause(writeBatch);
      return;
    }
    triesLeft = maxTries;
    const batch = waiting;
    waiting = [];
    if (broken) for (const job of batch) job.reject(broken);
    else if (batch.length > 0) flush(committed(database, batch));
  };

  const flush = (written: readonly Waiting[]): void => {
    if (!flushLog || written.length === 0) {
      for (const job of written) job.resolve();
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    flushing = promise;
    flushLog((error) => {
      flushing = undefined;
      if (error) broken = flushFailed(error);
      for (const job of written) broken ? job.reject(broken) : job.resolve();
      resolve();
      plan();
    });
  };

  const durable = async <T>(read: T): Promise<T> => {
    await flushing;
    if (broken) throw broken;
    return read;
  };

  return {
    write<T>(work: () => T): Promise<T> {
      if (closed) return Promise.reject(new JamzError('unavailable', 'The store is closed'));
      return new Promise<T>((resolve, reject) => {
        let result: { readonly value: T } | undefined;
        waiting.push({
          run: () => {
            result = { value: work() };
          },
          resolve: () => {
            if (result) resolve(result.value);
          },
          reject,
        });
        plan();
      });
    },
    durable: (read) => (flushing || broken ? durable(read) : read),
    async close() {
      closed = true;
      while (flushing || waiting.length > 0) {
        await flushing;
        writeBatch();
        if (waiting.length > 0) await new Promise<void>(pause);
      }
    },
  };
}

/** @returns the writes that were committed; the others have been told */
function committed(database: DatabaseSync, batch: readonly Waiting[]): readonly Waiting[] {
  try {
    inTransaction(database, () => {
      for (const job of batch) job.run();
    });
    return batch;
  } catch (error) {
    if (batch.length > 1) return batch.flatMap((job) => committed(database, [job]));
    batch[0]?.reject(named(error));
    return [];
  }
}

/** After a failed flush the system may take for written what is not: only what is read from the disk anew is sure. */
function flushFailed(cause: Error): JamzError {
  const message = `The server's disk failed to keep what was written (${cause.message}): look at the disk, then restart the server`;
  return new JamzError('unavailable', message, { cause });
}
