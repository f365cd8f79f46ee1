import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { LogStore } from '../ports/store.ts';

export interface InOrderDeps {
  readonly log: Pick<LogStore, 'read'>;
  /** Whether anybody in this process follows the scope. */
  readonly isFollowed: (scope: Scope) => boolean;
  /** Whether a write of this process may stand before what comes, and nobody knows what it said. */
  readonly inDoubt: (scope: Scope) => boolean;
  /** Looks at what the log comes to now; whoever is no member any more hears nothing from then on. */
  readonly look: (scope: Scope) => Promise<unknown>;
  readonly send: (scope: Scope, commits: readonly Commit[], json: string | undefined) => void;
}

/**
 * Passes on each log's commits in its order, each once. Those of another process come later than this one's own that
 * stand on them: what is missing is read from the log once, so that not every replica has to ask for it.
 */
export interface InOrder {
  take(scope: Scope, commits: readonly Commit[], json: string | undefined): void;
  /** Nobody follows it any more. */
  forget(scope: Scope): void;
}

/** How far a log has been told here. */
interface Told {
  generation: number;
  seq: number;
  /** What came while something before it is being read. */
  waiting: Parameters<InOrder['take']>[] | undefined;
}

/** More than that each replica gets in its own way: by a pull. */
const maxMissing = 200;

export function createInOrder({ log, isFollowed, inDoubt, look, send }: InOrderDeps): InOrder {
  const logs = new Map<Scope, Told>();

  const take: InOrder['take'] = (scope, commits, json) => {
    if (!isFollowed(scope)) return void logs.delete(scope);
    const [first] = commits;
    const last = commits.at(-1);
    if (!first || !last) return;
    const told = logs.get(scope) ?? { generation: 0, seq: 0, waiting: undefined };
    logs.set(scope, told);
    if (told.waiting) return void told.waiting.push([scope, commits, json]);
    const end = last.seq + last.count - 1;
    if (last.generation < told.generation) return;
    const goesOn = last.generation === told.generation;
    if (goesOn && end <= told.seq) return;
    if (inDoubt(scope) || (goesOn && first.seq > told.seq + 1)) {
      told.waiting = [[scope, commits, json]];
      return void fill(scope, told, first.seq);
    }
    told.generation = last.generation;
    told.seq = end;
    send(scope, commits, json);
  };

  const fill = async (scope: Scope, told: Told, upTo: number): Promise<void> => {
    const missing = await missingBefore(scope, told, upTo).catch(() => undefined);
    const waiting = told.waiting ?? [];
    told.waiting = undefined;
    // Where nobody can say who may hear it, nothing goes out: replicas find the gap and pull.
    if (!missing || logs.get(scope) !== told) return;
    if (missing.length > 0) send(scope, missing, undefined);
    // Whatever is missing still is not asked for again.
    told.seq = upTo - 1;
    for (const message of waiting) take(...message);
  };

  const missingBefore = async (
    scope: Scope,
    { generation, seq }: Told,
    upTo: number,
  ): Promise<readonly Commit[]> => {
    await look(scope);
    const read = seq > 0 ? await log.read(scope, seq, maxMissing) : [];
    const missing = read.filter((commit) => commit.seq < upTo);
    return missing.at(-1)?.generation === generation ? missing : [];
  };

  return { take, forget: (scope) => void logs.delete(scope) };
}
