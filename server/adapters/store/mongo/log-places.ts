import { JamzError } from '../../../../sdk/protocol/errors.ts';
import type { Collections, CommitDocument } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

/** The end of a log as its last document tells it. */
export interface LogEnd {
  readonly last: Omit<CommitDocument, 'runs'>;
  readonly generation: number;
  readonly seq: number;
  readonly hash: string;
  readonly atMs: number;
}

/** @returns undefined for a log that has nothing */
export async function endOfLog(
  { commits }: Pick<Collections, 'commits'>,
  gate: Gate,
  scope: string,
): Promise<LogEnd | undefined> {
  const last = await gate.run((within) =>
    commits.findOne(
      { scope },
      { ...within, sort: { generation: -1, seq: -1 }, projection: { runs: 0 } },
    ),
  );
  if (!last) return undefined;
  const { hash, atMs, end: seq, fork } = last;
  return { last, generation: fork?.generation ?? last.generation, seq, hash, atMs };
}

/**
 * Puts a document in its place of the log. Where the answer is lost, or the place is taken, what lies there decides:
 * each document bears the mark of its writer.
 *
 * A duplicate key is reported only once what is there has reached a majority, so a majority read finds it; where it
 * does not, nobody knows yet which of the two will stay.
 *
 * @throws {JamzError} `unavailable` where nobody knows whether it was written
 */
export async function takePlace(
  { commits }: Pick<Collections, 'commits'>,
  gate: Gate,
  document: CommitDocument,
): Promise<'written' | 'conflict'> {
  try {
    await gate.run((within) => commits.insertOne(document, within));
    return 'written';
  } catch (error) {
    if (!isDuplicate(error) && !isAway(error)) throw error;
    const { scope, generation, seq, _id } = document;
    const there = await gate.run((within) =>
      commits.findOne({ scope, generation, seq }, { ...within, projection: { _id: 1 } }),
    );
    if (there) return there._id.equals(_id) ? 'written' : 'conflict';
    if (isAway(error)) throw error;
    throw new JamzError('unavailable', 'The database is deciding who was first: try again', {
      cause: error,
      retryAfterMs: 1_000,
    });
  }
}

/** Nobody knows what became of it. */
export function isAway(error: unknown): boolean {
  return error instanceof JamzError && error.code === 'unavailable';
}
