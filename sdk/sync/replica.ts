import { isApplied } from '../merge/fold.ts';
import type { ScopeState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { isUpload, type OpId, type ReplicaId, type Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { payloadBytes } from '../protocol/payload-bytes.ts';
import { checkPayload } from '../protocol/payload-check.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Commit, Cursor, Rewound } from '../protocol/wire.ts';
import type { JournalContents, OutboxEntry } from '../store/journal.ts';
import type { ComeBack } from './come-back.ts';
import { KeptState } from './kept-state.ts';
import { Makers } from './makers.ts';
import { Outbox } from './outbox.ts';
import { fromEntry, type PendingOp } from './pending-op.ts';
import { priorityOf } from './priorities.ts';
import type { ReplicaDeps, ReplicaEvents } from './replica-deps.ts';
import { ScopeReplica } from './scope-replica.ts';
import { SetAsideShelf } from './set-aside-shelf.ts';
import { refused, Settlement } from './settlement.ts';
import { Verdicts } from './verdicts.ts';

export type { ReplicaDeps, ReplicaEvents, ReplicaRelay } from './replica-deps.ts';

export interface Submitted {
  readonly opId: OpId;
  readonly settlement: Settlement;
}

/** Everything a replica knows and still has to say, whether or not there is a link. */
export class Replica {
  readonly outbox: Outbox;
  /** What the server says of ops, and what the person says of those set aside. */
  readonly verdicts: Verdicts;
  /** An op that names an upload has come: whoever looks after uploads puts this down. */
  awaitsUpload = false;
  readonly #shelf = new SetAsideShelf();
  readonly #kept: KeptState;
  readonly #deps: ReplicaDeps;
  readonly #events: ReplicaEvents;
  readonly #scopes = new Map<Scope, ScopeReplica>();
  readonly #makers = new Makers();
  #replicaId: ReplicaId;

  constructor(contents: JournalContents, deps: ReplicaDeps, events: ReplicaEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#replicaId = contents.replicaId;
    this.outbox = new Outbox((opId, scope) => this.#scopes.get(scope)?.find(opId));
    this.#kept = new KeptState(deps.ledger, deps.stamps, deps.encodeSnapshot);
    this.verdicts = new Verdicts({
      ...deps,
      events,
      outbox: this.outbox,
      makers: this.#makers,
      shelf: this.#shelf,
      scope: (scope) => this.scope(scope),
      replicaId: () => this.#replicaId,
      enqueue: (pending) => this.#enqueue(pending),
    });
    for (const stored of contents.scopes) this.#kept.restore(this.scope(stored.scope), stored);
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
    return this.#shelf.list;
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
    const submitted = { opId, settlement };
    const checked = checkPayload(type, payload);
    if ('problem' in checked) return refused(submitted, new JamzError('invalid', checked.problem));
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
    const bytes = payloadBytes(op.payload);
    const known = replica.cursor ? replica.glanceFor(op) : undefined;
    const refusal = this.#deps.check.refusal(known, op, bytes, this.#deps.serverNowMs());
    if (refusal) return refused(submitted, refusal);
    this.#enqueue({
      scope,
      op,
      stage: 'new',
      priority: priorityOf(type),
      place: 0,
      dependsOn: this.#makers.dependenciesOf({ scope, op }),
      madeAfter,
      provisional,
      frozen: false,
      attempts: 0,
      notBeforeMs: 0,
      setAside: null,
      payloadBytes: bytes,
      settlement,
    });
    return submitted;
  }

  /** The journal has these now. */
  stored(ops: readonly PendingOp[]): void {
    for (const pending of ops) {
      if (pending.stage !== 'new') continue;
      pending.stage = 'ready';
      this.outbox.add(pending);
    }
    this.#events.relay?.queued(ops);
    this.#events.sendable();
  }

  /** Takes in an op that another tab has put into the journal. */
  adopt(entry: OutboxEntry): void {
    const [{ replicaId, number, opId }, scope] = [entry.op, this.scope(entry.scope)];
    // A tab that thaws may bring back what the log has again by now.
    if (scope.find(opId) || isApplied(scope.confirmed, replicaId, number)) return;
    this.#adopt(fromEntry(entry, new Settlement()));
    // Made where the server's clock was not known yet: here it may be.
    const { offsetMs } = this.#deps.stamps;
    if (entry.provisional && offsetMs !== null) this.rebase(offsetMs);
    this.#events.changed(entry.scope);
    this.#events.sendable();
  }

  /** Another tab discarded it, or issued it anew. */
  forget(scope: Scope, opId: OpId): void {
    const pending = this.#shelf.get(opId) ?? this.scope(scope).find(opId);
    if (!pending) return;
    if (pending.setAside) this.#shelf.remove(pending);
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
    this.#kept.folded(replica, folded);
    this.#finishAll(replica, covered);
    if (folded.length > 0) {
      this.#events.relay?.folded(scope, folded);
      this.#events.took?.(replica, folded, covered);
    }
    this.#events.changed(scope);
    return gap || !replica.caughtUp;
  }

  /** The server's snapshot takes the place of what was folded here. */
  replace(
    scope: Scope,
    state: ScopeState,
    cursor: Cursor,
    json: unknown,
    comeBack?: ComeBack,
  ): void {
    const replica = this.scope(scope);
    const back = comeBack?.(state, cursor) ?? [];
    const covered = replica.replace(state, cursor);
    this.#finishAll(replica, covered);
    this.#events.took?.(replica, null, covered);
    this.#kept.replaced(scope, state, cursor, json);
    this.#events.relay?.replaced(scope);
    if (back.length > 0) this.#events.relay?.queued(back);
    this.#events.changed(scope);
  }

  /** The log was wound back: looks for what this replica had in it. How that goes comes when it is needed. */
  async comeBack(scope: Scope, rewound: Rewound): Promise<ComeBack> {
    const { prepareComeBack } = await import('./come-back.ts');
    const parts = { replica: this.scope(scope), makers: this.#makers, outbox: this.outbox };
    const adopt = (pending: PendingOp): void => this.#adopt(pending);
    const { relay } = this.#events;
    return prepareComeBack({ ...this.#deps, ...parts, relay, adopt }, rewound);
  }

  /** The scope has ended for this person: what waited is set aside with `error`, what was known leaves the device. */
  end(scope: Scope, error?: JamzError): void {
    const replica = this.#scopes.get(scope);
    if (!replica) return;
    for (const pending of [...replica.pending()]) {
      if (pending.stage === 'acked') this.#finishAll(replica, [pending]);
      else if (error && !pending.setAside) this.verdicts.refused(pending, error);
    }
    this.#makers.clear(scope);
    this.#deps.ledger.clear(scope);
    this.#kept.forget(scope);
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
    this.#show(pending);
    this.#deps.ledger.enqueue(pending);
    this.#events.changed(pending.scope);
  }

  /** An op that an earlier run of this replica left in the journal. */
  #adopt(pending: PendingOp): void {
    this.#deps.stamps.resumeAbove(pending);
    if (pending.setAside) {
      this.#shelf.add(pending);
      return;
    }
    this.#show(pending);
    this.outbox.add(pending);
  }

  #show(pending: PendingOp): void {
    this.awaitsUpload ||= pending.dependsOn.some(isUpload);
    this.#makers.add(pending);
    this.scope(pending.scope).add(pending);
  }

  #finishAll(replica: ScopeReplica, covered: readonly PendingOp[]): void {
    const { ledger, stamps } = this.#deps;
    const { heardMs } = stamps;
    for (const pending of covered) {
      pending.stage = 'done';
      pending.settlement.settle();
      ledger.remove(pending);
      ledger.acked(pending, replica.base, heardMs);
      this.outbox.released(pending.op.opId);
    }
    if (replica.pendingCount === 0) this.#makers.clear(replica.scope);
  }
}
