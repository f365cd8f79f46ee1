import { foldVersion } from '../merge/fold.ts';
import { decodeSnapshot, encodeSnapshot } from '../merge/snapshot.ts';
import type { ScopeState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import type { OpId, ReplicaId, Scope, UserId } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { checkPayload } from '../protocol/payload-check.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';
import type { JournalContents, OutboxEntry, StoredFold, StoredScope } from '../store/journal.ts';
import { backoffMs, maxAttempts } from './backoff.ts';
import type { Counters } from './counters.ts';
import type { Ledger } from './ledger.ts';
import { localRefusal } from './local-check.ts';
import { Makers } from './makers.ts';
import { Outbox } from './outbox.ts';
import { fromEntry, type PendingOp } from './pending-op.ts';
import { priorityOf } from './priorities.ts';
import type { Scheduler } from './scheduler.ts';
import { ScopeReplica } from './scope-replica.ts';
import { Settlement } from './settlement.ts';
import type { Stamps } from './stamps.ts';

/** Ops folded since the journal's last snapshot of a scope before it gets a new one. */
const opsPerSnapshot = 1_000;

export interface ReplicaDeps {
  readonly userId: UserId;
  readonly stamps: Stamps;
  readonly ledger: Ledger;
  readonly scheduler: Scheduler;
  readonly serverNowMs: () => number;
  readonly counters: Counters;
}

export interface ReplicaEvents {
  /** What is shown of a scope, or the figures about it, changed. */
  changed(scope: Scope): void;
  /** Something may be sent. */
  sendable(): void;
  /** For the other tabs of this browser, where there are any. */
  readonly relay?: ReplicaRelay;
}

/** What other tabs have to be told, so that all show the same. */
export interface ReplicaRelay {
  queued(ops: readonly PendingOp[]): void;
  folded(scope: Scope, commits: readonly Commit[]): void;
  replaced(scope: Scope): void;
  applied(pending: PendingOp): void;
  setAside(pending: PendingOp, error: JamzError): void;
  /** Discarded, or issued anew under another id. */
  left(pending: PendingOp): void;
}

export interface Submitted {
  readonly opId: OpId;
  readonly settlement: Settlement;
}

/** Everything a replica knows and still has to say, whether or not there is a link. */
export class Replica {
  readonly outbox: Outbox;
  readonly #setAside = new Map<OpId, PendingOp>();
  #setAsideList: readonly PendingOp[] = [];
  readonly #deps: ReplicaDeps;
  readonly #events: ReplicaEvents;
  readonly #scopes = new Map<Scope, ScopeReplica>();
  readonly #makers = new Makers();
  readonly #foldedSince = new Map<Scope, number>();
  #replicaId: ReplicaId;

  constructor(contents: JournalContents, deps: ReplicaDeps, events: ReplicaEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#replicaId = contents.replicaId;
    this.outbox = new Outbox((opId, scope) => this.#scopes.get(scope)?.find(opId));
    for (const stored of contents.scopes) this.#restore(stored);
    for (const entry of contents.outbox) this.#adopt(fromEntry(entry, new Settlement()));
  }

  get replicaId(): ReplicaId {
    return this.#replicaId;
  }

  get scopes(): IterableIterator<ScopeReplica> {
    return this.#scopes.values();
  }

  /** Ops set aside, oldest first; another array whenever it changed. */
  get setAside(): readonly PendingOp[] {
    return this.#setAsideList;
  }

  get pendingCount(): number {
    let count = 0;
    for (const scope of this.#scopes.values()) count += scope.pendingCount;
    return count;
  }

  scope(scope: Scope): ScopeReplica {
    let known = this.#scopes.get(scope);
    if (!known) {
      known = new ScopeReplica(scope, this.#deps.serverNowMs);
      this.#scopes.set(scope, known);
    }
    return known;
  }

  /** A tap: checked, stamped, shown, and on its way to the journal. A refusal changes nothing. */
  submit<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Submitted {
    const settlement = new Settlement();
    const replica = this.scope(scope);
    const { opId, stamp, madeAfter, provisional } = this.#deps.stamps.next();
    const checked = checkPayload(type, payload);
    if ('problem' in checked) {
      settlement.settle(new JamzError('invalid', checked.problem));
      return { opId, settlement };
    }
    const op = {
      type,
      payload: checked.payload,
      opId,
      number: 0,
      replicaId: this.#replicaId,
      authorId: this.#deps.userId,
      stamp,
      base: replica.base,
      version: protocolVersion,
    } as Op;
    const payloadBytes = JSON.stringify(op.payload).length;
    const known = replica.cursor ? replica.shown : undefined;
    const refusal = localRefusal(known, op, payloadBytes, this.#deps.serverNowMs());
    if (refusal) {
      settlement.settle(refusal);
      return { opId, settlement };
    }
    this.#enqueue({
      scope,
      op,
      stage: 'new',
      priority: priorityOf(type),
      dependsOn: this.#makers.dependenciesOf({ scope, op }),
      madeAfter,
      provisional,
      frozen: false,
      attempts: 0,
      notBeforeMs: 0,
      setAside: null,
      payloadBytes,
      settlement,
    });
    return { opId, settlement };
  }

  /** The journal has these now. */
  stored(ops: readonly PendingOp[]): void {
    for (const pending of ops) {
      if (pending.stage !== 'new') continue;
      pending.stage = 'ready';
      this.scope(pending.scope).numbered(pending);
      this.outbox.add(pending);
    }
    this.#events.relay?.queued(ops);
    this.#events.sendable();
  }

  /** Takes in an op that another tab has put into the journal. */
  adopt(entry: OutboxEntry): void {
    if (this.scope(entry.scope).find(entry.op.opId)) return;
    this.#adopt(fromEntry(entry, new Settlement()));
    this.#events.changed(entry.scope);
    this.#events.sendable();
  }

  /** Another tab discarded it, or issued it anew. */
  forget(scope: Scope, opId: OpId): void {
    const pending = this.#setAside.get(opId) ?? this.scope(scope).find(opId);
    if (!pending) return;
    if (pending.setAside) this.#mark(pending, false);
    else this.scope(scope).drop(pending);
    pending.stage = 'done';
    this.#makers.remove(pending);
    this.#events.changed(scope);
  }

  /**
   * This replica takes another's place over the same journal, because the tab began or ceased to lead. What the other
   * had not written yet is written here; whoever waits for an op's answer goes on waiting.
   */
  inherit(from: Replica): void {
    for (const scope of from.scopes) {
      for (const pending of [...scope.pending()]) {
        const here = this.scope(scope.scope).find(pending.op.opId);
        if (here) pending.settlement.followFrom(here.settlement);
        else if (pending.stage === 'new') this.#enqueue(pending);
        else pending.settlement.settle();
      }
    }
  }

  /** The disk is gone: new ops are numbered under an id that it never knew. */
  movedTo(replicaId: ReplicaId): void {
    this.#replicaId = replicaId;
  }

  /** @returns true when something before these commits is missing */
  receive(scope: Scope, commits: readonly Commit[], headSeq: number): boolean {
    const replica = this.scope(scope);
    replica.headSeq = Math.max(replica.headSeq, headSeq);
    const { folded, covered, gap } = replica.receive(commits);
    for (const commit of folded) {
      this.#deps.stamps.confirm(commit);
      this.#deps.ledger.folded(scope, commit);
    }
    for (const pending of covered) this.#finish(pending);
    if (folded.length > 0) this.#events.relay?.folded(scope, folded);
    this.#snapshotWhenDue(replica, folded);
    this.#events.changed(scope);
    return gap || !replica.caughtUp;
  }

  /** The server's snapshot takes the place of what was folded here. */
  replace(scope: Scope, state: ScopeState, cursor: Cursor): void {
    const replica = this.scope(scope);
    for (const pending of replica.replace(state, cursor)) this.#finish(pending);
    this.#deps.ledger.snapshot(scope, () => ({ cursor, foldVersion, json: encodeSnapshot(state) }));
    this.#foldedSince.set(scope, 0);
    this.#events.relay?.replaced(scope);
    this.#events.changed(scope);
  }

  /** The server has it. It stays shown until the cursor covers it. */
  applied(pending: PendingOp): void {
    this.#deps.counters.acked += 1;
    pending.settlement.settle();
    this.outbox.released(pending.op.opId);
    this.#events.relay?.applied(pending);
    this.#events.changed(pending.scope);
  }

  /** Not now. Five such answers set an op aside. */
  retryLater(pending: PendingOp, error: JamzError): void {
    if (pending.stage === 'done') return;
    this.#deps.counters.retries += 1;
    pending.attempts += 1;
    if (pending.attempts >= maxAttempts) {
      this.refused(pending, error);
      return;
    }
    if (error.code === 'clock-ahead') {
      this.#deps.stamps.thaw(pending);
      this.scope(pending.scope).restamped();
    }
    const { scheduler, ledger } = this.#deps;
    pending.notBeforeMs =
      scheduler.monotonicMs() +
      backoffMs(pending.attempts, scheduler.random, error.retryAfterMs ?? 0);
    pending.stage = 'ready';
    ledger.update(pending);
    this.outbox.add(pending);
  }

  /** It cannot succeed: its effect is undone and told, together with what depends on it. */
  refused(pending: PendingOp, error: JamzError): void {
    if (pending.stage === 'done') return;
    const replica = this.scope(pending.scope);
    const { code, message } = error;
    pending.setAside = { code, message, atMs: this.#deps.scheduler.nowMs() };
    pending.stage = 'done';
    this.#deps.counters.refused += 1;
    replica.drop(pending);
    this.#makers.remove(pending);
    this.#mark(pending, true);
    this.#deps.ledger.update(pending);
    pending.settlement.settle(error);
    this.#events.relay?.setAside(pending, error);
    for (const other of [...replica.pending()]) {
      if (other.stage === 'acked' || !other.dependsOn.includes(pending.op.opId)) continue;
      this.refused(other, new JamzError(code, `It needed a change that was refused: ${message}`));
    }
    this.outbox.released(pending.op.opId);
    this.#events.changed(pending.scope);
  }

  /**
   * Issues an op anew, with a number and an id of its own; the ids of what it makes stay. What depends on it follows:
   * what waits then waits for the new op, and what was set aside with it is issued anew as well.
   */
  reissue(pending: PendingOp): void {
    const replica = this.scope(pending.scope);
    if (pending.setAside) this.#mark(pending, false);
    else replica.drop(pending);
    this.#deps.ledger.remove(pending);
    this.#events.relay?.left(pending);
    const { opId, stamp, madeAfter, provisional } = this.#deps.stamps.next();
    this.#enqueue({
      ...pending,
      op: { ...pending.op, opId, stamp, number: 0, base: replica.base, replicaId: this.#replicaId },
      stage: 'new',
      dependsOn: this.#makers.dependenciesOf(pending),
      madeAfter,
      provisional,
      frozen: false,
      attempts: 0,
      notBeforeMs: 0,
      setAside: null,
    });
    this.#redirect(pending, opId);
  }

  #redirect({ scope, op }: PendingOp, opId: OpId): void {
    for (const other of this.scope(scope).pending()) {
      if (!other.dependsOn.includes(op.opId)) continue;
      other.dependsOn = other.dependsOn.map((id) => (id === op.opId ? opId : id));
      if (other.stage !== 'new') this.#deps.ledger.update(other);
    }
    this.outbox.released(op.opId);
    for (const other of this.#setAsideList) {
      if (other.dependsOn.includes(op.opId)) this.reissue(other);
    }
  }

  /** The person wants it sent once more. */
  retrySetAside(opId: OpId): void {
    const pending = this.#setAside.get(opId);
    if (pending) this.reissue(pending);
  }

  /** The person gives it up. */
  discardSetAside(opId: OpId): void {
    const pending = this.#setAside.get(opId);
    if (!pending) return;
    this.#mark(pending, false);
    this.#deps.ledger.remove(pending);
    this.#events.relay?.left(pending);
    this.#events.changed(pending.scope);
  }

  /** The scope has ended for this person: what waited is set aside, what was known leaves the device. */
  end(scope: Scope, error: JamzError): void {
    const replica = this.#scopes.get(scope);
    if (!replica) return;
    for (const pending of [...replica.pending()]) {
      if (pending.stage === 'acked') this.#finish(pending);
      else if (!pending.setAside) this.refused(pending, error);
    }
    this.#deps.ledger.clear(scope);
    this.#scopes.delete(scope);
    this.#events.changed(scope);
  }

  /** The server's clock is known: stamps made without it are moved. */
  rebase(offsetMs: number): void {
    for (const replica of this.#scopes.values()) {
      const changed = this.#deps.stamps.rebase(replica.pending(), offsetMs);
      if (changed.length === 0) continue;
      for (const pending of changed) {
        if (pending.stage !== 'new') this.#deps.ledger.update(pending);
      }
      replica.restamped();
      this.#events.changed(replica.scope);
    }
  }

  #enqueue(pending: PendingOp): void {
    this.#makers.add(pending);
    this.scope(pending.scope).add(pending);
    this.#deps.ledger.enqueue(pending);
    this.#events.changed(pending.scope);
  }

  /** An op that an earlier run of this replica left in the journal. */
  #adopt(pending: PendingOp): void {
    this.#deps.stamps.resumeAbove(pending);
    if (pending.setAside) {
      this.#mark(pending, true);
      return;
    }
    this.#makers.add(pending);
    this.scope(pending.scope).add(pending);
    this.outbox.add(pending);
  }

  #mark(pending: PendingOp, setAside: boolean): void {
    if (setAside) this.#setAside.set(pending.op.opId, pending);
    else this.#setAside.delete(pending.op.opId);
    this.#setAsideList = [...this.#setAside.values()];
  }

  #finish(pending: PendingOp): void {
    pending.stage = 'done';
    pending.settlement.settle();
    this.#makers.remove(pending);
    this.#deps.ledger.remove(pending);
    this.outbox.released(pending.op.opId);
  }

  #restore({ scope, snapshot, commits }: StoredScope): void {
    const replica = this.scope(scope);
    const state = snapshot && stateIn(scope, snapshot);
    if (!state) return;
    replica.replace(state, snapshot.cursor);
    let folded = 0;
    for (const commit of replica.receive(commits).folded) {
      this.#deps.stamps.confirm(commit);
      folded += commit.count;
    }
    this.#foldedSince.set(scope, folded);
  }

  #snapshotWhenDue(replica: ScopeReplica, folded: readonly Commit[]): void {
    if (!this.#deps.ledger.keepsState || !replica.cursor) return;
    let count = this.#foldedSince.get(replica.scope) ?? 0;
    for (const commit of folded) count += commit.count;
    if (count >= opsPerSnapshot) {
      const { cursor, confirmed } = replica;
      this.#deps.ledger.snapshot(replica.scope, () => ({
        cursor,
        foldVersion,
        json: encodeSnapshot(confirmed),
      }));
      count = 0;
    }
    this.#foldedSince.set(replica.scope, count);
  }
}

/** Undefined where it is of another version or damaged: the server has it, too. */
function stateIn(scope: Scope, { foldVersion: version, json }: StoredFold): ScopeState | undefined {
  if (version !== foldVersion) return undefined;
  try {
    return decodeSnapshot(scope, json);
  } catch {
    return undefined;
  }
}
