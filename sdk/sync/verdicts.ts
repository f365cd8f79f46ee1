import { JamzError } from '../protocol/errors.ts';
import type { OpId, ReplicaId, Scope } from '../protocol/ids.ts';
import { payloadBytes } from '../protocol/payload-bytes.ts';
import { backoffMs, longestPutOffMs, maxAttempts } from './backoff.ts';
import type { Makers } from './makers.ts';
import type { Outbox } from './outbox.ts';
import type { PendingOp } from './pending-op.ts';
import type { ReplicaDeps, ReplicaEvents } from './replica.ts';
import type { ScopeReplica } from './scope-replica.ts';
import type { SetAsideShelf } from './set-aside-shelf.ts';

export interface VerdictsDeps extends ReplicaDeps {
  readonly events: ReplicaEvents;
  readonly outbox: Outbox;
  readonly makers: Makers;
  readonly shelf: SetAsideShelf;
  readonly scope: (scope: Scope) => ScopeReplica;
  readonly replicaId: () => ReplicaId;
  readonly enqueue: (pending: PendingOp) => void;
}

/** What becomes of ops: taken, put off, refused and set aside, issued anew, given up. */
export class Verdicts {
  readonly #deps: VerdictsDeps;

  constructor(deps: VerdictsDeps) {
    this.#deps = deps;
  }

  /** The server has it. It stays shown until the cursor covers it. */
  applied(pending: PendingOp): void {
    this.#deps.counters.acked += 1;
    pending.settlement.settle();
    this.#deps.outbox.released(pending.op.opId);
    this.#deps.events.relay?.applied(pending);
    this.#deps.events.changed(pending.scope);
  }

  /** Not now. Five such answers set an op aside, but for `unavailable`: what it needs is still on its way. */
  retryLater(pending: PendingOp, error: JamzError): void {
    if (pending.stage === 'done') return;
    this.#deps.counters.retries += 1;
    const isFree = error.code === 'unavailable';
    if (!isFree) pending.attempts += 1;
    if (pending.attempts >= maxAttempts) {
      this.refused(pending, error);
      return;
    }
    if (error.code === 'clock-ahead') {
      this.#deps.stamps.thaw(pending);
      this.#deps.scope(pending.scope).restamped();
    }
    const { scheduler, ledger } = this.#deps;
    const { random } = scheduler;
    let failures = pending.attempts;
    if (isFree) {
      this.#holdsUpNothing(pending);
      pending.putOffs = (pending.putOffs ?? 0) + 1;
      failures = maxAttempts - 1 + pending.putOffs;
    }
    pending.notBeforeMs =
      scheduler.monotonicMs() +
      backoffMs(failures, random, error.retryAfterMs, isFree ? longestPutOffMs : undefined);
    pending.stage = 'ready';
    ledger.update(pending);
    this.#deps.outbox.add(pending);
  }

  /** What it waits for may take a day, or never come: nothing that was made here waits with it. */
  #holdsUpNothing(pending: PendingOp): void {
    const { opId } = pending.op;
    this.#deps.makers.remove(pending);
    for (const other of dependents(this.#deps.scope(pending.scope), pending)) {
      other.dependsOn = other.dependsOn.filter((id) => id !== opId);
    }
    this.#deps.outbox.released(opId);
  }

  /** It cannot succeed: its effect is undone and told, together with what depends on it. */
  refused(pending: PendingOp, error: JamzError): void {
    if (pending.stage === 'done') return;
    const replica = this.#deps.scope(pending.scope);
    const { code, message } = error;
    pending.setAside = { code, message, atMs: this.#deps.scheduler.nowMs() };
    pending.stage = 'done';
    this.#deps.counters.refused += 1;
    replica.drop(pending);
    this.#deps.makers.remove(pending);
    this.#deps.shelf.add(pending);
    this.#deps.ledger.update(pending);
    pending.settlement.settle(error);
    this.#deps.events.relay?.setAside(pending, error);
    for (const other of dependents(replica, pending)) {
      this.refused(other, new JamzError(code, `It needed a change that was refused: ${message}`));
    }
    this.#deps.outbox.released(pending.op.opId);
    this.#deps.events.changed(pending.scope);
  }

  /**
   * Issues an op anew, with a number and an id of its own; the ids of what it makes stay. What depends on it follows:
   * what waits then waits for the new op, and what was set aside with it is issued anew as well.
   */
  reissue(pending: PendingOp): void {
    const replica = this.#deps.scope(pending.scope);
    if (pending.setAside) this.#deps.shelf.remove(pending);
    else replica.drop(pending);
    this.#deps.ledger.remove(pending);
    this.#deps.events.relay?.left(pending);
    const { opId, stamp, madeAfter, provisional } = this.#deps.stamps.next();
    pending.stage = 'done';
    this.#deps.enqueue({
      ...pending,
      place: 0,
      op: {
        ...pending.op,
        opId,
        stamp,
        number: 0,
        base: replica.base,
        replicaId: this.#deps.replicaId(),
      },
      stage: 'new',
      dependsOn: this.#deps.makers.dependenciesOf(pending),
      madeAfter,
      provisional,
      frozen: false,
      attempts: 0,
      notBeforeMs: 0,
      setAside: null,
    });
    this.#redirect(pending, opId);
  }

  /** An upload that it names has its file id: it waits for that no longer, and stays the same op. */
  rewrite(pending: PendingOp, { op, dependsOn }: Pick<PendingOp, 'op' | 'dependsOn'>): void {
    const { ledger, outbox, events, scope } = this.#deps;
    const before = pending.dependsOn;
    Object.assign(pending, { op, dependsOn, payloadBytes: payloadBytes(op.payload) });
    ledger.update(pending);
    scope(pending.scope).restamped();
    for (const id of before) outbox.released(id);
    events.relay?.rewritten(pending);
    events.changed(pending.scope);
    events.sendable();
  }

  /** Resolves when what was said of ops is in the journal, and whether this tab still leads is known. */
  kept(): Promise<void> {
    return this.#deps.ledger.confirmed();
  }

  #redirect({ scope, op }: PendingOp, opId: OpId): void {
    for (const other of this.#deps.scope(scope).pending()) {
      if (!other.dependsOn.includes(op.opId)) continue;
      other.dependsOn = other.dependsOn.map((id) => (id === op.opId ? opId : id));
      if (other.stage !== 'new') this.#deps.ledger.update(other);
    }
    this.#deps.outbox.released(op.opId);
    for (const other of this.#deps.shelf.list) {
      if (other.dependsOn.includes(op.opId)) this.reissue(other);
    }
  }

  /** The person wants it sent once more. */
  retry(opId: OpId): void {
    const pending = this.#deps.shelf.get(opId);
    if (pending) this.reissue(pending);
  }

  /** The person gives it up. */
  discard(opId: OpId): void {
    const pending = this.#deps.shelf.get(opId);
    if (!pending) return;
    this.#deps.shelf.remove(pending);
    this.#deps.ledger.remove(pending);
    this.#deps.events.relay?.left(pending);
    this.#deps.events.changed(pending.scope);
  }
}

function dependents(replica: ScopeReplica, { op }: PendingOp): PendingOp[] {
  const found: PendingOp[] = [];
  for (const other of replica.pending()) {
    if (other.stage !== 'acked' && other.dependsOn.includes(op.opId)) found.push(other);
  }
  return found;
}
