import {
  MongoClientClosedError,
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { JamzError } from '../../../../sdk/protocol/errors.ts';

/** How long whoever is told `unavailable` is asked to wait: an election takes some seconds. */
const retryAfterMs = 2_000;

/** The driver's failure as a code that callers know; any other error as it is. */
export function named(error: unknown): unknown {
  if (isFull(error)) {
    return new JamzError('storage-full', 'The database has no room left', { cause: error });
  }
  if (isAway(error)) {
    const message = 'The database does not answer: try again';
    return new JamzError('unavailable', message, { cause: error, retryAfterMs });
  }
  return error;
}

/** A unique index has this already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}

/** Of two that make the same document one finds it made: it has another try. */
export async function upserting<T>(upsert: () => Promise<T>): Promise<T> {
  try {
    return await upsert();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return upsert();
  }
}

// Codes: https://www.mongodb.com/docs/manual/reference/error-codes/
const duplicateKey = 11_000;
const outOfDiskSpace = 14_031;
/** Servers that are stopping, stepping down, not chosen yet, or too slow; writes that a majority has not confirmed. */
const passing: ReadonlySet<number | string | undefined> = new Set([
  6, 7, 50, 64, 89, 91, 100, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436,
]);

const awayErrors = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
  MongoExpiredSessionError,
  MongoWriteConcernError,
];

function isFull(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === outOfDiskSpace;
}

function isAway(error: unknown): boolean {
  if (awayErrors.some((kind) => error instanceof kind) || isBrokenSocket(error)) return true;
  if (!(error instanceof MongoError)) return false;
  return error.hasErrorLabel('RetryableWriteError') || passing.has(error.code);
}

/** The driver passes on what Node says of a socket that ended just before it was written to. */
function isBrokenSocket(error: unknown): boolean {
  return error instanceof Error && 'code' in error && brokenSockets.has(error.code);
}

const brokenSockets: ReadonlySet<unknown> = new Set([
  ...['EPIPE', 'ECONNRESET', 'ECONNABORTED', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'],
  ...['ENETUNREACH', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_SOCKET_CLOSED'],
]);
