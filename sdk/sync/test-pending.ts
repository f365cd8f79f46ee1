import { formatHlc, zeroHlc } from '../protocol/hlc.ts';
import type { OpId } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import type { PendingOp } from './pending-op.ts';
import { priorityOf } from './priorities.ts';
import { Settlement } from './settlement.ts';

/** What a test may say about a pending op; the rest is as after a tap. */
export type PendingDetails = Partial<
  Omit<PendingOp, 'op' | 'priority' | 'settlement'> & Pick<Op, 'number' | 'replicaId' | 'stamp'>
>;

let made = 0;

/** An op of `ana` in `g:crew` as a tap makes it: `new` and without a number. */
export function pendingOp<Type extends OpType>(
  opId: OpId,
  type: Type,
  payload: Payloads[Type],
  details: PendingDetails = {},
): PendingOp {
  made += 1;
  const { number = 0, replicaId = 'phone', stamp, ...more } = details;
  const op = {
    type,
    payload,
    opId,
    number,
    replicaId,
    authorId: 'ana',
    stamp: stamp ?? formatHlc(1_700_000_000_000 + made, 0, 'tab'),
    base: { generation: 1, seq: 0 },
    version: 1,
  } as Op;
  return {
    scope: 'g:crew',
    op,
    stage: number > 0 ? 'ready' : 'new',
    priority: priorityOf(type),
    place: 0,
    dependsOn: [],
    madeAfter: zeroHlc,
    provisional: false,
    frozen: false,
    attempts: 0,
    notBeforeMs: 0,
    setAside: null,
    payloadBytes: JSON.stringify(payload).length,
    settlement: new Settlement(),
    ...more,
  };
}

/** The addition of one track named like the op. */
export function pendingAdd(opId: OpId, details: PendingDetails = {}): PendingOp {
  return pendingOp(opId, 'playlist.add', { items: [{ itemId: opId, title: opId }] }, details);
}
