import type { OpId, ReplicaId, Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { OpType, Payloads } from '../../sdk/protocol/payloads.ts';
import type { Submitted } from '../../sdk/sync/replica.ts';
import type { Phone } from '../world/phone.ts';

/** One thing that a person did, from the tap to its end. */
export interface Deed {
  readonly phone: Phone;
  readonly scope: Scope;
  readonly type: OpType;
  readonly payload: unknown;
  readonly madeMs: number;
  /** How many deeds were done before it. */
  readonly order: number;
  /** The app's run in which it was made. */
  readonly run: number;
  /** Its op now, and those under which it was issued before. */
  opId: OpId;
  /** All of them. */
  readonly ids: Set<OpId>;
  /** The phone's storage has it. */
  stored: boolean;
  /** Where the log has it; 0 while it has not. */
  seq: number;
  outcome: 'open' | 'acked' | 'refused';
  /** Why it need not be anywhere any more. */
  gone:
    | 'refused at once'
    | 'never stored'
    | 'evicted'
    | 'memory'
    | 'discarded'
    | 'forgotten'
    | 'given up'
    | undefined;
  /** It was in a log once, which was wound back since. */
  wasCut: boolean;
  /** It was cut out by a winding back that gave it up: nobody need bring it back. */
  isUnwanted: boolean;
  /** Its device has thrown away what it would bring it back from. */
  isForgotten: boolean;
  /** What the server has said of it, yes or no, that reached the phone. */
  answers: { refused: number; retries: number };
}

/** What everybody did, by op. */
export class Book {
  readonly deeds: Set<Deed> = new Set();
  readonly #byOp = new Map<OpId, Deed>();
  readonly #bySettlement = new WeakMap<object, Deed>();
  /** `<scope> <replica> <number>` → op. */
  readonly #byNumber = new Map<string, OpId>();

  enter<Type extends OpType>(
    phone: Phone,
    scope: Scope,
    type: Type,
    payload: Payloads[Type],
    { opId, settlement }: Submitted,
    nowMs: number,
    run: number,
  ): Deed {
    const deed: Deed = {
      ...{
        phone,
        scope,
        type,
        payload,
        madeMs: nowMs,
        order: this.deeds.size,
        run,
        opId,
        ids: new Set([opId]),
      },
      ...{ stored: false, seq: 0, outcome: 'open', gone: undefined },
      ...{ wasCut: false, isUnwanted: false, isForgotten: false },
      answers: { refused: 0, retries: 0 },
    };
    this.deeds.add(deed);
    this.#byOp.set(opId, deed);
    this.#bySettlement.set(settlement, deed);
    settlement.acked.then(
      () => {
        deed.outcome = 'acked';
      },
      () => {
        deed.outcome = 'refused';
        if (!phone.engine?.replica.setAside.some(({ op }) => op.opId === deed.opId)) {
          if (!deed.stored && phone.engine?.replica.scope(scope).find(deed.opId) === undefined) {
            deed.gone ??= 'refused at once';
          }
        }
      },
    );
    return deed;
  }

  find(opId: OpId): Deed | undefined {
    return this.#byOp.get(opId);
  }

  /** The same deed goes on under a new op. */
  reissued(from: OpId, to: OpId): void {
    const deed = this.#byOp.get(from);
    if (!deed) return;
    deed.opId = to;
    deed.ids.add(to);
    this.#byOp.set(to, deed);
  }

  /** Finds out whether an op that nobody here has heard of is a deed issued anew: whoever waits for it still does. */
  recognise(opId: OpId, settlement: object): void {
    const deed = this.#bySettlement.get(settlement);
    if (deed && deed.opId !== opId) this.reissued(deed.opId, opId);
  }

  /** An op that nobody here has heard of is what the person asked to send once more, which was `from`, or depends on it. */
  resumed(phone: Phone, scope: Scope, op: Op, settlement: object, from: OpId): void {
    if (this.#byOp.has(op.opId)) return;
    const payload = textOf(op.payload);
    const asked = this.#byOp.get(from);
    for (const deed of asked ? [asked, ...this.deeds] : this.deeds) {
      if (deed.phone !== phone || deed.scope !== scope || deed.type !== op.type) continue;
      if (deed.seq > 0 || deed.gone || textOf(deed.payload) !== payload) continue;
      this.#bySettlement.set(settlement, deed);
      this.reissued(deed.opId, op.opId);
      return;
    }
  }

  /** What was in a log is so no more. */
  cutOut(deed: Deed, isWanted: boolean): void {
    deed.seq = 0;
    deed.wasCut = true;
    const isWaiting = [...deed.ids].some((opId) => deed.phone.disk.contents.outbox.has(opId));
    // It may have left the outbox in a write that is not durable yet; then it is not sent again.
    deed.isUnwanted ||= !isWanted;
    if (isWaiting) return;
    if (deed.isForgotten || !deed.stored) deed.gone ??= 'forgotten';
    else if (!isWanted) deed.gone ??= 'given up';
  }

  /** A device threw away what it keeps of a scope, or of all. */
  forgets(phone: Phone, scope?: Scope): void {
    for (const deed of this.deeds) {
      if (deed.phone !== phone || (scope !== undefined && deed.scope !== scope)) continue;
      deed.isForgotten = true;
      if (deed.wasCut && deed.seq === 0) deed.gone ??= 'forgotten';
    }
  }

  numbered(scope: Scope, replicaId: ReplicaId, number: number, opId: OpId): void {
    this.#byNumber.set(`${scope} ${replicaId} ${number}`, opId);
  }

  byNumber(scope: Scope, replicaId: ReplicaId, number: number): Deed | undefined {
    const opId = this.#byNumber.get(`${scope} ${replicaId} ${number}`);
    return opId === undefined ? undefined : this.#byOp.get(opId);
  }
}

/** The same for equal values, whatever the order of their keys. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
