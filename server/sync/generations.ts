import type { Generation, LogHead } from '../ports/store.ts';

/** How long replicas keep what was acknowledged, so that they can bring it back after a log was wound back. */
export const rejoinMs: number = 24 * 60 * 60 * 1_000;

/**
 * Up to which place something of a generation is still part of the log: for the one that the log has now its head,
 * for an older one the lowest place at which a later one left it. -1 for one that is not known here.
 */
export function countsUpTo(
  generations: readonly Generation[],
  head: Pick<LogHead, 'generation' | 'seq'>,
  generation: number,
): number {
  if (generation > head.generation) return -1;
  let upTo = head.seq;
  for (const later of generations) {
    if (later.generation > generation) upTo = Math.min(upTo, later.forkedAtSeq);
  }
  return upTo;
}

/**
 * Up to which place of a generation who was of it shall bring back what the log lacks; infinite where no winding back
 * gave anything up. What lies behind that place was given up by one that did not want it, or is longer ago than
 * replicas remember. One that went no deeper than those before it has taken nothing more.
 */
export function wantedUpTo(
  generations: readonly Generation[],
  generation: number,
  nowMs: number,
): number {
  let leftSeq = Number.POSITIVE_INFINITY;
  let wantedSeq = Number.POSITIVE_INFINITY;
  for (const later of generations) {
    if (later.generation <= generation || later.forkedAtSeq >= leftSeq) continue;
    leftSeq = later.forkedAtSeq;
    if (!later.rejoin || nowMs - later.mintedAtMs >= rejoinMs) wantedSeq = leftSeq;
  }
  return wantedSeq;
}
