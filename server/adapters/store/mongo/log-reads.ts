import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Commit, Run } from '../../../../sdk/protocol/wire.ts';
import type { LogStore } from '../../../ports/store.ts';
import type { Collections, CommitDocument } from './documents.ts';
import type { Gate } from './gate.ts';
import { forksOf, type Stretch, stretchesOf } from './log-forks.ts';
import type { Parts } from './parts.ts';

/** The part of a log that is about reading it. */
export function createLogReads(
  collections: Collections,
  gate: Gate,
  parts: Parts,
): Pick<LogStore, 'read' | 'endingAt' | 'generations' | 'readCut' | 'scopes'> {
  const { commits } = collections;

  const commitsOf = async (
    scope: Scope,
    { generation, after, upTo }: Stretch,
    afterSeq: number,
    limit: number,
  ): Promise<readonly Commit[]> => {
    const seq = { $gt: Math.max(after, afterSeq), $lte: upTo };
    const found = await gate.run((within) =>
      commits
        .find({ scope, generation, seq, end: { $lte: upTo }, runs: { $ne: null } }, within)
        .sort({ seq: 1 })
        .limit(limit)
        .toArray(),
    );
    return Promise.all(found.map((document) => toCommit(document, parts)));
  };

  const readStretches = async (
    scope: Scope,
    stretches: readonly Stretch[],
    afterSeq: number,
    limit: number,
  ): Promise<readonly Commit[]> => {
    const read: Commit[] = [];
    for (const stretch of stretches) {
      if (read.length === limit) break;
      if (stretch.upTo <= afterSeq) continue;
      read.push(...(await commitsOf(scope, stretch, afterSeq, limit - read.length)));
    }
    return read;
  };

  /** Asks for both at once: hardly any log was ever wound back. */
  const withForks = async <T>(scope: Scope, assumed: Promise<T>) =>
    Promise.all([forksOf(collections, gate, scope), assumed]);

  return {
    async read(scope, afterSeq, limit) {
      const [whole] = stretchesOf([]);
      const assumed = whole ? commitsOf(scope, whole, afterSeq, limit) : Promise.resolve([]);
      const [forks, read] = await withForks(scope, assumed);
      return forks.length === 0 ? read : readStretches(scope, stretchesOf(forks), afterSeq, limit);
    },
    async endingAt(scope, seq) {
      const forks = await forksOf(collections, gate, scope);
      const stretch = stretchesOf(forks).findLast(({ after }) => after < seq);
      if (!stretch || stretch.upTo < seq) return undefined;
      const { generation } = stretch;
      const covering = await gate.run((within) =>
        commits.findOne(
          { scope, generation, seq: { $lte: seq }, runs: { $ne: null } },
          { ...within, sort: { seq: -1 }, projection: { runs: 0 } },
        ),
      );
      return covering?.end === seq ? { generation, hash: covering.hash } : undefined;
    },
    generations: (scope) => forksOf(collections, gate, scope),
    async readCut(scope, generation, afterSeq, limit) {
      const forks = await forksOf(collections, gate, scope);
      const fork = forks.find((one) => one.generation === generation);
      if (!fork) return [];
      // As the log was just before: later generations are not there yet.
      const before = stretchesOf(forks.filter((one) => one.generation < generation));
      return readStretches(scope, before, Math.max(afterSeq, fork.forkedAtSeq), limit);
    },
    async scopes(after, limit) {
      const scopes: Scope[] = [];
      for (let last = after; scopes.length < limit; ) {
        // One step in the index each: a list of distinct values would go through all commits.
        const next = await gate.run((within) =>
          commits.findOne(
            { scope: { $gt: last } },
            { ...within, sort: { scope: 1 }, projection: { scope: 1 } },
          ),
        );
        if (!next) break;
        last = next.scope;
        // What we wrote as a scope is one.
        scopes.push(last as Scope);
      }
      return scopes;
    },
  };
}

async function toCommit(document: CommitDocument, parts: Parts): Promise<Commit> {
  const { scope, generation, seq, end, atMs, hash, runs } = document;
  const count = end - seq + 1;
  // Text that we wrote: parsed once at the edge, trusted inside.
  return { generation, seq, count, atMs, hash, runs: JSON.parse(await textOf()) as Run[] };

  async function textOf(): Promise<string> {
    if (typeof runs === 'string') return runs;
    const bytes = runs ? await parts.get(scope, runs) : undefined;
    if (bytes) return new TextDecoder().decode(bytes);
    throw new Error(`The database is damaged: the commit of ${scope} at ${seq} has no ops`);
  }
}
