import type { Generation } from '../../../ports/store.ts';
import type { Collections, CommitDocument } from './documents.ts';
import type { Gate } from './gate.ts';

/** A stretch of a log that counts: what a generation wrote, without what later ones cut out of it. */
export interface Stretch {
  readonly generation: number;
  /** Commits of this generation begin behind this seq. */
  readonly after: number;
  /** The last seq that counts. */
  readonly upTo: number;
}

/**
 * Where a log was wound back, oldest first.
 *
 * What was cut out is never moved or marked: that would be a second write, and a crash could come between. Whoever
 * reads asks which parts of the log count.
 */
export async function forksOf(
  { commits }: Pick<Collections, 'commits'>,
  gate: Gate,
  scope: string,
): Promise<readonly Generation[]> {
  const closing = await gate.run((within) =>
    commits
      .find({ scope, fork: { $exists: true } }, { ...within, projection: { fork: 1 } })
      .sort({ 'fork.generation': 1 })
      .toArray(),
  );
  return closing.flatMap(({ fork }) => (fork ? [fork] : []));
}

/** What of each generation counts, in the order of the log. The first generation of every log is 1. */
export function stretchesOf(forks: readonly Generation[]): readonly Stretch[] {
  return [{ generation: 1, forkedAtSeq: 0 }, ...forks]
    .map(({ generation, forkedAtSeq: after }) => ({
      generation,
      after,
      upTo: upToOf(forks, generation),
    }))
    .filter(({ after, upTo }) => after < upTo);
}

/** Up to where something of a generation still counts. */
export function upToOf(forks: readonly Generation[], generation: number): number {
  const later = forks.filter((fork) => fork.generation > generation);
  return Math.min(Number.MAX_SAFE_INTEGER, ...later.map(({ forkedAtSeq }) => forkedAtSeq));
}

/**
 * What ends a generation. It takes the place of that generation's next commit, so that of it and a commit that comes
 * at the same time one gets the place, and no straggler can go on behind it.
 */
export function closingDocument(
  place: Pick<CommitDocument, '_id' | 'scope' | 'generation' | 'seq'>,
  fork: Generation,
): CommitDocument {
  const { forkedAtSeq: end, hash, atMs } = fork;
  return { ...place, end, hash, atMs, runs: null, fork: { ...fork } };
}
