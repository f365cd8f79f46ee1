import { ObjectId } from 'mongodb';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Commit } from '../../../../sdk/protocol/wire.ts';
import type { LogHead, LogStore } from '../../../ports/store.ts';
import type { CutOut } from './cut-out.ts';
import type { Collections, CommitDocument } from './documents.ts';
import type { Gate } from './gate.ts';
import { closingDocument, forksOf } from './log-forks.ts';
import { endOfLog, isAway, takePlace } from './log-places.ts';
import { createLogReads } from './log-reads.ts';
import { createLogTrim } from './log-trim.ts';
import { maxPartBytes, type Parts } from './parts.ts';

/**
 * One document a commit, unique on scope, generation and first seq: to append is to compare and set. No write spans
 * documents that must agree; what else is known of a log is read from these documents.
 */
export function createLog(
  collections: Collections,
  gate: Gate,
  parts: Parts,
  cutOut: CutOut,
): LogStore {
  const { horizons } = collections;

  /** A log that begins in a later generation, as after a loss, is begun once, and by nobody in generation 1. */
  const beginIn = (scope: Scope, { generation, atMs }: Commit) => {
    const place = { _id: new ObjectId(), scope, generation: 1, seq: 1 };
    const fork = { generation, forkedAtSeq: 0, hash: '', atMs: 0, mintedAtMs: atMs, rejoin: true };
    return takePlace(collections, gate, closingDocument(place, fork));
  };

  const append = async (
    scope: Scope,
    { generation, seq, count, atMs, hash }: Commit,
    text: string,
  ): Promise<'written' | 'conflict'> => {
    const isLarge = Buffer.byteLength(text) > maxPartBytes;
    const runs = isLarge ? await parts.put(scope, Buffer.from(text)) : text;
    const document: CommitDocument = {
      ...{ _id: new ObjectId(), scope, generation, seq, end: seq + count - 1, hash, atMs, runs },
    };
    const outcome = await takePlace(collections, gate, document);
    if (outcome === 'conflict' && typeof runs !== 'string') await parts.drop(scope, runs);
    return outcome;
  };

  const tidy = async (scope: Scope, forkedAtSeq: number): Promise<void> => {
    const atMost = { $min: { firstSeq: forkedAtSeq + 1 } };
    await gate.run((within) => horizons.updateOne({ _id: scope, scope }, atMost, within));
    await cutOut.dropDerived(scope, await forksOf(collections, gate, scope));
  };

  return {
    ...createLogReads(collections, gate, parts),
    ...createLogTrim(collections, gate, parts),
    async head(scope): Promise<LogHead | undefined> {
      const [end, horizon] = await Promise.all([
        endOfLog(collections, gate, scope),
        gate.run((within) => horizons.findOne({ _id: scope, scope }, within)),
      ]);
      if (!end) return undefined;
      const { generation, seq, hash, atMs } = end;
      return { generation, seq, hash, atMs, firstSeq: Math.min(horizon?.firstSeq ?? 1, seq + 1) };
    },
    async append(scope, commit, runsJson = JSON.stringify(commit.runs)) {
      const { generation, seq } = commit;
      const end = await endOfLog(collections, gate, scope);
      if (seq !== (end?.seq ?? 0) + 1 || generation !== (end?.generation ?? generation)) {
        return 'conflict';
      }
      if (!end && generation > 1 && (await beginIn(scope, commit)) === 'conflict') {
        return 'conflict';
      }
      return append(scope, commit, runsJson);
    },
    async fork(scope, was, fork) {
      const end = await endOfLog(collections, gate, scope);
      const { generation, forkedAtSeq } = fork;
      if ((end?.generation ?? was.generation) !== was.generation) return 'conflict';
      if ((end?.seq ?? 0) !== was.seq || generation <= was.generation || forkedAtSeq > was.seq) {
        return 'conflict';
      }
      const place = { scope, generation: end?.generation ?? 1, seq: was.seq + 1 };
      const closing = closingDocument({ _id: new ObjectId(), ...place }, fork);
      if ((await takePlace(collections, gate, closing)) === 'conflict') return 'conflict';
      await tidy(scope, forkedAtSeq).catch(ignoreAway);
      return 'written';
    },
  };
}

/** The log is wound back all the same: what is left lying counts for nothing. */
function ignoreAway(error: unknown): void {
  if (!isAway(error)) throw error;
}
