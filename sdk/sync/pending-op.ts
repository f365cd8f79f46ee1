import type { Hlc } from '../protocol/hlc.ts';
import type { OpId, Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { payloadBytes } from '../protocol/payload-bytes.ts';
import type { OutboxEntry, SetAside } from '../store/journal.ts';
import { type Priority, priorityOf } from './priorities.ts';
import type { Settlement } from './settlement.ts';

/**
 * Where an op is on its way.
 *
 * - `new`: shown, not yet in the journal
 * - `ready`: in the journal, numbered, may be sent
 * - `sent`: in a push that is under way
 * - `acked`: in the log; shown from the overlay until the cursor covers it
 * - `done`: covered, set aside or discarded
 */
export type OpStage = 'new' | 'ready' | 'sent' | 'acked' | 'done';

/** An op from the tap until the confirmed state has it. Changed in place by the outbox. */
export interface PendingOp {
  readonly scope: Scope;
  op: Op;
  stage: OpStage;
  readonly priority: Priority;
  /** 1, 2, 3 … in the order in which the outbox first got it; 0 before. */
  place: number;
  /** Ops, and uploads (`isUpload`). */
  dependsOn: readonly OpId[];
  readonly madeAfter: Hlc;
  /** Stamped before the server's clock was known: re-based before it is sent. */
  provisional: boolean;
  frozen: boolean;
  attempts: number;
  /** How often it was put off without that being an attempt, since this tab has it. */
  putOffs?: number;
  /** By the monotonic clock: not sent before. */
  notBeforeMs: number;
  setAside: SetAside | null;
  /** At most, where it is small. */
  payloadBytes: number;
  readonly settlement: Settlement;
}

export function toEntry(pending: PendingOp): OutboxEntry {
  const { scope, op, frozen, provisional, attempts, madeAfter, dependsOn, setAside } = pending;
  return { scope, op, frozen, provisional, attempts, madeAfter, dependsOn, setAside };
}

export function fromEntry(entry: OutboxEntry, settlement: Settlement): PendingOp {
  return {
    ...entry,
    stage: entry.setAside ? 'done' : 'ready',
    priority: priorityOf(entry.op.type),
    place: 0,
    notBeforeMs: 0,
    payloadBytes: payloadBytes(entry.op.payload),
    settlement,
  };
}
