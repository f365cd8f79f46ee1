import { decodeSnapshot } from '../merge/decode-snapshot.ts';
import type { encodeSnapshot } from '../merge/encode-snapshot.ts';
import { emptyState, foldVersion } from '../merge/fold.ts';
import { newestStamp } from '../merge/newest-stamp.ts';
import type { ScopeState } from '../merge/states.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';
import type { StoredFold, StoredScope } from '../store/journal.ts';
import type { Ledger } from './ledger.ts';
import type { ScopeReplica } from './scope-replica.ts';
import type { Stamps } from './stamps.ts';

/** Ops folded since the journal's last snapshot of a scope before it gets a new one. */
const opsPerSnapshot = 1_000;

export type EncodeSnapshot = typeof encodeSnapshot;

/**
 * Confirmed state on its way into the journal and back: commits one by one, a snapshot now and then. A snapshot of the
 * server is kept as it came. How one is written here comes when it is first due: commits come over a network.
 */
export class KeptState {
  readonly #ledger: Ledger;
  readonly #stamps: Stamps;
  readonly #foldedSince = new Map<Scope, number>();
  #encode: EncodeSnapshot | undefined;
  #isComing = false;

  /** @param encode where it is at hand already, as in tests */
  constructor(ledger: Ledger, stamps: Stamps, encode?: EncodeSnapshot) {
    this.#ledger = ledger;
    this.#stamps = stamps;
    this.#encode = encode;
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
    const { scope, cursor } = replica;
    let count = this.#foldedSince.get(scope) ?? 0;
    for (const commit of commits) {
      this.#stamps.confirm(commit);
      this.#ledger.folded(scope, commit);
      count += commit.count;
    }
    if (!this.#ledger.keepsState || !cursor) return;
    this.#foldedSince.set(scope, count);
    if (count >= opsPerSnapshot) this.#compact(replica);
  }

  /** @param json what the state was read from */
  replaced(scope: Scope, state: ScopeState, cursor: Cursor, json: unknown): void {
    this.#stamps.seen(newestStamp(state));
    this.#ledger.snapshot(scope, () => ({ cursor, foldVersion, json }));
    this.#foldedSince.set(scope, 0);
  }

  /** The scope has left the device. */
  forget(scope: Scope): void {
    this.#foldedSince.delete(scope);
  }

  #compact(replica: ScopeReplica): void {
    const { scope, confirmed, cursor } = replica;
    const encode = this.#encode;
    // It may have ended, or be written anew, while the code was on its way.
    if (!cursor || (this.#foldedSince.get(scope) ?? 0) < opsPerSnapshot) return;
    if (!encode) {
      void this.#bring(replica);
      return;
    }
    this.#ledger.snapshot(scope, () => ({ cursor, foldVersion, json: encode(confirmed) }));
    this.#foldedSince.set(scope, 0);
  }

  async #bring(replica: ScopeReplica): Promise<void> {
    if (this.#isComing) return;
    this.#isComing = true;
    try {
      this.#encode = (await import('../merge/encode-snapshot.ts')).encodeSnapshot;
      this.#compact(replica);
    } catch {
      // In a dead spot: the commits are kept one by one, and the next of them asks again.
      this.#isComing = false;
    }
  }
}

/** Undefined where it is of another version or damaged. */
function stateIn(scope: Scope, { foldVersion: version, json }: StoredFold): ScopeState | undefined {
  if (version !== foldVersion) return undefined;
  try {
    return json === null ? emptyState(scope) : decodeSnapshot(scope, json);
  } catch {
    return undefined;
  }
}
