import type { ClientSession, Timestamp } from 'mongodb';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import { named } from './failures.ts';

/** What an operation hands to the driver. */
export interface Within {
  readonly session?: ClientSession;
}

/** Every operation on the database goes through here. */
export interface Gate {
  /**
   * @throws {JamzError} `unavailable` when the database does not answer; nobody knows then whether a write was made.
   *   `storage-full`
   */
  run<T>(work: (within: Within) => Promise<T>): Promise<T>;
  /** The same part of a store, of which `close` waits for what is under way, and refuses what comes later. */
  guarded<Part extends object>(part: Part): Part;
  close(): Promise<void>;
}

export interface GateOptions {
  /** Undefined where the server knows no sessions. */
  readonly startSession: () => ClientSession | undefined;
}

/**
 * Nothing that is read here lies before what this process has read or written already, also when another machine of
 * the replica set has taken over meanwhile: each operation has a causally consistent session that begins at the latest
 * time which any operation was told.
 */
export function createGate({ startSession }: GateOptions): Gate {
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  let latest: Timestamp | undefined;

  const inSession = async <T>(work: (within: Within) => Promise<T>): Promise<T> => {
    const session = startSession();
    if (!session) return work({});
    try {
      if (latest) session.advanceOperationTime(latest);
      return await work({ session });
    } finally {
      const { operationTime } = session;
      if (operationTime && (!latest || operationTime.greaterThan(latest))) latest = operationTime;
      await session.endSession();
    }
  };

  const entered = async (call: () => Promise<unknown>): Promise<unknown> => {
    if (closed) throw new JamzError('unavailable', 'The store is closed');
    const running = call();
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  };

  return {
    async run(work) {
      try {
        return await inSession(work);
      } catch (error) {
        throw named(error);
      }
    },
    guarded(part) {
      const methods = Object.entries(part).map(([name, method]) => [
        name,
        (...args: unknown[]) => entered(() => method(...args)),
      ]);
      // A cast: each method has become one of the same type.
      return Object.fromEntries(methods) as typeof part;
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };
}
