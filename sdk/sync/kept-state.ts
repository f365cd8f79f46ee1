import { foldVersion } from '../merge/fold.ts';
import { newestStamp } from '../merge/newest-stamp.ts';
import { decodeSnapshot, encodeSnapshot } from '../merge/snapshot.ts';
import type { ScopeState } from '../merge/states.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';
import type { StoredFold, StoredScope } from '../store/journal.ts';
import type { Ledger } from './ledger.ts';
import type { ScopeReplica } from './scope-replica.ts';
import type { Stamps } from './stamps.ts';

/** Ops folded since the journal's last snapshot of a scope before it gets a new one. */
const opsPerSnapshot = 1_000;

/** Confirmed state on its way into the journal and back: commits one by one, a snapshot now and then. */
export class KeptState {
  readonly #ledger: Ledger;
  readonly #stamps: Stamps;
  readonly #foldedSince = new Map<Scope, number>();

  constructor(ledger: Ledger, stamps: Stamps) {
    this.#ledger = ledger;
    this.#stamps = stamps;
  }

  /** What an earlier run left. Nothing is restored where its snapshot cannot be used: the server has it, too. */
  restore(replica: ScopeReplica, { scope, snapshot, commits }: StoredScope): void {
    const state = snapshot && stateIn(scope, snapshot);
    if (!state) return;
    replica.replace(state, snapshot.cursor);
    this.#stamps.seen(newestStamp(state));
    let folded = 0;
    for (const commit of replica.receive(commits).folded) {
      this.#stamps.confirm(commit);
      folded += commit.count;
    }
    this.#foldedSince.set(scope, folded);
  }

  folded(replica: ScopeReplica, commits: readonly Commit[]): void {
    const { scope, cursor, confirmed } = replica;
    let count = this.#foldedSince.get(scope) ?? 0;
    for (const commit of commits) {
      this.#stamps.confirm(commit);
      this.#ledger.folded(scope, commit);
      count += commit.count;
    }
    if (!this.#ledger.keepsState || !cursor) return;
    if (count >= opsPerSnapshot) {
      this.#write(scope, confirmed, cursor);
      count = 0;
    }
    this.#foldedSince.set(scope, count);
  }

  replaced(scope: Scope, state: ScopeState, cursor: Cursor): void {
    this.#stamps.seen(newestStamp(state));
    this.#write(scope, state, cursor);
    this.#foldedSince.set(scope, 0);
  }

  #write(scope: Scope, state: ScopeState, cursor: Cursor): void {
    this.#ledger.snapshot(scope, () => ({ cursor, foldVersion, json: encodeSnapshot(state) }));
  }
}

/** Undefined where it is of another version or damaged. */
function stateIn(scope: Scope, { foldVersion: version, json }: StoredFold): ScopeState | undefined {
  if (version !== foldVersion) return undefined;
  try {
    return decodeSnapshot(scope, json);
  } catch {
    return undefined;
  }
}
