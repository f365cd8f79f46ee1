import { opsOf } from '../../sdk/protocol/codec.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Generation, LogHead, LogStore, Store } from '../ports/store.ts';
import { endOf, lastCommitWhere } from './log-places.ts';
import type { View } from './view.ts';

/** Where a log goes back to, and what shall become of what came after. */
export interface RewindRequest {
  /** The last place that stays; a commit that lies across it goes. */
  readonly toSeq?: number;
  /** Everything that was written later goes. */
  readonly toMs?: number;
  /** Whether replicas shall bring back what they had in the log behind that place. */
  readonly rejoin: boolean;
  /** The new generation's number is above this one; by default above the one that the log has. */
  readonly above?: number;
}

/**
 * The end of the last commit that stays; undefined where nothing would go.
 *
 * @throws {JamzError} `invalid` where the log was trimmed beyond that place
 */
export async function placeToRewindTo(
  log: LogStore,
  scope: Scope,
  head: LogHead,
  { toSeq = Number.MAX_SAFE_INTEGER, toMs = Number.MAX_SAFE_INTEGER, above = 0 }: RewindRequest,
): Promise<number | undefined> {
  if (toSeq >= head.seq && (toMs >= head.atMs || head.seq === 0)) {
    // Nothing goes, but the log has to be another one than somebody has heard of.
    return above >= head.generation ? head.seq : undefined;
  }
  const stays = await lastCommitWhere(
    log,
    scope,
    head,
    (commit) => endOf(commit) <= toSeq && commit.atMs <= toMs,
  );
  if (stays) return endOf(stays);
  if (head.firstSeq === 1 || toSeq === head.firstSeq - 1) return head.firstSeq - 1;
  const [oldest] = await log.read(scope, head.firstSeq - 1, 1);
  const from = oldest ? new Date(oldest.atMs).toISOString() : 'its end';
  throw new JamzError(
    'invalid',
    `The log of ${scope} is kept from ${from} on: choose a later time`,
  );
}

/**
 * Begins a new generation at a place of the log.
 *
 * @returns undefined where the log has another head by now: nothing was changed
 * @throws {JamzError} `invalid` where nobody knows what the log came to at that place
 */
export async function mintGeneration(
  store: Pick<Store, 'log' | 'snapshots'>,
  scope: Scope,
  head: LogHead | undefined,
  { toSeq, rejoin, above = 0 }: RewindRequest & { readonly toSeq: number },
  nowMs: number,
): Promise<Generation | undefined> {
  const was = { generation: head?.generation ?? Math.max(above, 1), seq: head?.seq ?? 0 };
  const { hash, atMs } = await endingAt(store, scope, head, toSeq);
  const fork: Generation = {
    generation: Math.max(was.generation, above) + 1,
    forkedAtSeq: toSeq,
    hash,
    atMs,
    mintedAtMs: nowMs,
    rejoin,
  };
  return (await store.log.fork(scope, was, fork)) === 'written' ? fork : undefined;
}

/** The ops that lie behind a place, in order. */
export async function opsAfter(log: LogStore, scope: Scope, seq: number): Promise<readonly Op[]> {
  const ops: Op[] = [];
  for (let from = seq; ; ) {
    const commits = await log.read(scope, from, 200);
    for (const commit of commits) {
      for (const op of opsOf(commit)) ops.push(op);
      from = endOf(commit);
    }
    if (commits.length < 200) return ops;
  }
}

/**
 * Whether the store no longer has what this process has read from it: it was put back to an older copy, or another
 * machine of it took over without its last writes.
 */
export async function hasLostTail(
  log: LogStore,
  scope: Scope,
  known: View,
  head: LogHead | undefined,
): Promise<boolean> {
  if (known.seq === 0) return false;
  if (!head) return true;
  if (head.generation !== known.generation) return head.generation < known.generation;
  if (head.seq < known.seq) return true;
  if (head.seq === known.seq) return head.hash !== known.hash;
  // Trimmed away is not lost.
  if (head.firstSeq > known.seq) return false;
  const there = await log.endingAt(scope, known.seq);
  return there?.hash !== known.hash;
}

async function endingAt(
  { log, snapshots }: Pick<Store, 'log' | 'snapshots'>,
  scope: Scope,
  head: LogHead | undefined,
  seq: number,
): Promise<{ readonly hash: string; readonly atMs: number }> {
  if (seq === 0) return { hash: '', atMs: 0 };
  if (head?.seq === seq) return head;
  const firstSeq = head?.firstSeq ?? 1;
  const last = await lastCommitWhere(log, scope, { firstSeq, seq }, (one) => endOf(one) <= seq);
  if (last && endOf(last) === seq) return last;
  const base = await snapshots.get(scope, 'base');
  if (base?.cursor[1] === seq) return { hash: base.cursor[2], atMs: base.atMs };
  throw new JamzError(
    'invalid',
    `The log of ${scope} cannot go back to ${seq}: choose a later place`,
  );
}
