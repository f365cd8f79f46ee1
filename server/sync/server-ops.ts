import { refusalOf } from '../../sdk/merge/admissible.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { formatHlc, wallMsOf } from '../../sdk/protocol/hlc.ts';
import { serverReplicaId } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { protocolVersion } from '../../sdk/protocol/version.ts';
import type { ServerDraft } from './job.ts';
import type { View } from './view.ts';

/** Numbers and stamps a draft: the next after what the state already has from the server. */
export function serverOp(
  draft: ServerDraft,
  state: ScopeState,
  { generation, seq }: View,
  atMs: number,
): Op {
  const number = (state.applied.get(serverReplicaId)?.at(-1)?.[1] ?? 0) + 1;
  const stampMs = draft.above === undefined ? atMs : Math.max(atMs, wallMsOf(draft.above) + 1);
  // A cast: the draft pairs type and payload, which the spread loses.
  return {
    type: draft.type,
    payload: draft.payload,
    opId: `${serverReplicaId}-${number}`,
    number,
    replicaId: serverReplicaId,
    authorId: draft.authorId ?? serverReplicaId,
    // The counter keeps the stamps of one millisecond apart and in order.
    stamp: formatHlc(stampMs, number % stampCounters, serverReplicaId),
    base: { generation, seq },
    version: protocolVersion,
  } as Op;
}

/** The clock's counter has four digits of base 36. */
const stampCounters = 36 ** 4;

/** @throws {JamzError} the state's reason not to take the op */
export function admitted(state: ScopeState, op: Op, atMs: number): void {
  const refusal = refusalOf(state, op, atMs);
  if (refusal) throw new JamzError(refusal.code, refusal.message);
}
