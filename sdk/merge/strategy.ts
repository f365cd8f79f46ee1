import type { OpFor, Placement } from '../protocol/ops.ts';
import type { OpType } from '../protocol/payloads.ts';

/**
 * How one kind of op changes one kind of state, on every replica and on the server.
 *
 * `merge` must be pure and total: any op that decodes yields a state, the same everywhere. `merge.laws.ts` proves
 * it, and for the kinds that claim it, that order and repetition change nothing. An op that changes nothing returns
 * the state it was given, so that streams stay quiet.
 *
 * @typeParam Types the op types this kind takes
 */
export interface MergeStrategy<State, Types extends OpType> {
  readonly empty: State;
  merge(state: State, op: OpFor<Types>, context: MergeContext): State;
}

/** What a merge may know besides the state and the op. */
export interface MergeContext {
  /** Where the log has the op. For an op still pending: the place it would get now, and the server's time as estimated. */
  readonly at: Placement;
  /** Names the batch being folded: collection nodes made under it may be changed in place. Never kept. */
  readonly edit: object;
}
