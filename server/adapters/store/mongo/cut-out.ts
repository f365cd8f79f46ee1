import { Binary } from 'mongodb';
import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Generation } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import type { Gate } from './gate.ts';
import { upToOf } from './log-forks.ts';
import type { Parts } from './parts.ts';

/** Forgets what was cut out of a log. Nobody counts it any more, so it does no harm where this is never reached. */
export interface CutOut {
  /** Snapshots and archived messages. */
  dropDerived(scope: Scope, forks: readonly Generation[]): Promise<void>;
  /** The ops themselves; their places in the log stay taken. */
  dropOps(scope: Scope, forks: readonly Generation[]): Promise<void>;
}

export function createCutOut(collections: Collections, gate: Gate, parts: Parts): CutOut {
  const { commits, snapshots, archivedMessages, archivedEdits } = collections;

  /** For each generation that lost something, what it lost. */
  const lost = (scope: Scope, forks: readonly Generation[]) =>
    [1, ...forks.map(({ generation }) => generation)].slice(0, -1).map((generation) => ({
      ...{ scope, generation },
      seq: { $gt: upToOf(forks, generation) },
    }));

  return {
    async dropDerived(scope, forks) {
      for (const filter of lost(scope, forks)) {
        const cut = await gate.run((within) => snapshots.find(filter, within).toArray());
        for (const { _id, generation, seq, bytes } of cut) {
          const same = { _id, scope, generation, seq };
          await gate.run((within) => snapshots.deleteOne(same, within));
          if (!(bytes instanceof Binary)) await parts.drop(scope, bytes);
        }
        await gate.run((within) => archivedMessages.deleteMany(filter, within));
        await gate.run((within) => archivedEdits.deleteMany(filter, within));
      }
    },
    async dropOps(scope, forks) {
      for (const filter of lost(scope, forks)) {
        const ops = { ...filter, fork: { $exists: false }, runs: { $ne: null } };
        const large = await gate.run((within) =>
          commits.find({ ...ops, 'runs.whole': { $exists: true } }, within).toArray(),
        );
        const forgotten = { $set: { runs: null }, $currentDate: { trimmedAt: true } } as const;
        await gate.run((within) => commits.updateMany(ops, forgotten, within));
        for (const { runs } of large) {
          if (runs !== null && typeof runs !== 'string') await parts.drop(scope, runs);
        }
      }
    },
  };
}
