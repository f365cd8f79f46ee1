import { isApplied } from '../merge/fold.ts';
import type { ScopeState } from '../merge/states.ts';
import { zeroHlc } from '../protocol/hlc.ts';
import type { Base, Op } from '../protocol/ops.ts';
import type { Cursor, Rewound } from '../protocol/wire.ts';
import type { Ledger } from './ledger.ts';
import type { Makers } from './makers.ts';
import type { Outbox } from './outbox.ts';
import { fromEntry, type PendingOp } from './pending-op.ts';
import type { ReplicaRelay } from './replica-deps.ts';
import type { ScopeReplica } from './scope-replica.ts';
import { Settlement } from './settlement.ts';
import type { Stamps } from './stamps.ts';

export interface ComeBackDeps {
  readonly replica: ScopeReplica;
  readonly ledger: Ledger;
  readonly makers: Makers;
  readonly outbox: Outbox;
  readonly stamps: Pick<Stamps, 'heardMs'>;
  /** For the other tabs of this browser. */
  readonly relay: ReplicaRelay | undefined;
  /** Takes an op in as one that waits. */
  readonly adopt: (pending: PendingOp) => void;
}

/**
 * Called with the state that takes the lost one's place, and where that stands, right before it does.
 *
 * @returns what waits once more
 */
export type ComeBack = (state: ScopeState, cursor: Cursor) => readonly PendingOp[];

/**
 * Prepares what a replica does when its log was wound back: what it had in the log and the log now lacks waits again,
 * under its old numbers and before all else, if it is wanted; otherwise it is given up. Bases count only up to the
 * place where the log went back to.
 */
export async function prepareComeBack(
  deps: ComeBackDeps,
  { toSeq, resend, resendUpTo }: Rewound,
): Promise<ComeBack> {
  const { replica, ledger, makers, outbox, stamps, adopt } = deps;
  const { scope, cursor } = replica;
  // Whether it is too late is for the server to say: this device's clock may have been set since.
  const kept = cursor ? await ledger.ackedIn(scope, cursor[0], 0) : [];
  const wanted =
    cursor && !resend && resendUpTo
      ? await ledger.ackedIn(scope, cursor[0], 0, resendUpTo)
      : kept.filter(() => resend);
  return (state, [generation, seq]) => {
    const isLost = ({ replicaId, number }: Op): boolean => !isApplied(state, replicaId, number);
    // What the new generation has of the old one it may lose in its turn.
    const base = { generation, seq };
    for (const op of kept) if (!isLost(op)) ledger.acked({ scope, op }, base, stamps.heardMs);
    const beyond = [...replica.pending()].filter(({ op }) => op.base.seq > toSeq);
    for (const pending of [...replica.pending()]) {
      pending.op = { ...pending.op, base: upTo(pending.op.base, toSeq) };
      // Acknowledged by the log that is no more, and not yet covered by its cursor.
      if (pending.stage !== 'acked' || !isLost(pending.op)) continue;
      if (resend) {
        pending.stage = 'ready';
        outbox.add(pending);
      } else giveUp(pending, deps);
    }
    const lost = wanted
      .filter((op) => isLost(op) && !replica.find(op.opId))
      .sort((a, b) => a.number - b.number);
    const back = lost.map((op, index) => waiting(op, scope, toSeq, index - lost.length));
    for (const pending of back) {
      pending.dependsOn = makers.dependenciesOf(pending);
      ledger.requeue(pending);
      adopt(pending);
    }
    for (const pending of replica.pending()) {
      if (pending.stage !== 'ready') continue;
      pending.dependsOn = [
        ...new Set([...pending.dependsOn, ...makers.dependenciesOf(pending)]),
      ].filter((opId) => placeOf(replica, opId) < pending.place);
      ledger.update(pending);
    }
    keepBases(beyond, deps);
    return back;
  };
}

/**
 * Nobody tells another run of this replica where the log went back to, and no server takes an op whose base lies beyond.
 * What is being written right now is so with its old base.
 */
function keepBases(beyond: readonly PendingOp[], { replica, ledger }: ComeBackDeps): void {
  const keep = (pending: PendingOp): void => {
    if (replica.find(pending.op.opId)) ledger.update(pending);
  };
  const fresh = beyond.filter(({ stage }) => stage === 'new');
  for (const pending of beyond) if (pending.stage !== 'new') keep(pending);
  if (fresh.length > 0) ledger.flushed().then(() => fresh.forEach(keep), noDisk);
}

/** What lives in memory alone is sent by nobody else. */
function noDisk(): void {}

/** @param place before all that waits already */
function waiting(op: Op, scope: ScopeReplica['scope'], toSeq: number, place: number): PendingOp {
  const again = { ...op, base: upTo(op.base, toSeq) };
  const entry = {
    ...{ scope, op: again, frozen: true, provisional: false, attempts: 0 },
    ...{ madeAfter: zeroHlc, dependsOn: [], setAside: null },
  };
  return { ...fromEntry(entry, new Settlement()), place };
}

function giveUp(pending: PendingOp, { replica, makers, ledger, relay }: ComeBackDeps): void {
  pending.stage = 'done';
  replica.drop(pending);
  makers.remove(pending);
  ledger.remove(pending);
  relay?.left(pending);
}

/** Where an op that waits stands; one that waits no more stands behind nothing. */
function placeOf(replica: ScopeReplica, opId: string): number {
  return replica.find(opId)?.place ?? Number.NEGATIVE_INFINITY;
}

function upTo({ generation, seq }: Base, toSeq: number): Base {
  return { generation, seq: Math.min(seq, toSeq) };
}
