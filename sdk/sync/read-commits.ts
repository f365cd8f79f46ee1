import { type Decoded, decodeAckedCommit, decodeCommit } from '../protocol/decode.ts';
import { JamzError } from '../protocol/errors.ts';
import type { AckedCommit, Commit } from '../protocol/wire.ts';

/**
 * Commits as they came off the wire, each checked before anything of it is folded.
 *
 * @throws {JamzError} `update-needed` for ops that this version does not know: they must halt the scope, never be
 * skipped; `invalid` for what no server of ours sends
 */
export function readCommits(input: unknown): readonly Commit[] {
  return asList(input).map((commit) => opened(decodeCommit(commit)));
}

/** The same for the answer to a push, which leaves out what the replica sent itself. @throws {JamzError} likewise */
export function readAckedCommits(input: unknown): readonly AckedCommit[] {
  return asList(input).map((commit) => opened(decodeAckedCommit(commit)));
}

function asList(input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input;
  throw new JamzError('invalid', 'The server sent commits that are no list.');
}

function opened<T>(decoded: Decoded<T>): T {
  if (decoded.error) throw decoded.error;
  return decoded.ok;
}
