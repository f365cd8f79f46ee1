import type { Hlc } from './hlc.ts';
import type { OpId, ReplicaId, UserId } from './ids.ts';
import type { OpType, Payloads } from './payloads.ts';

/** What the writer had seen: the log's generation and sequence when the op was made. */
export interface Base {
  readonly generation: number;
  readonly seq: number;
}

/** One intent of one person. `type` and `payload` say what; the rest says who, when and after what. */
export interface OpOf<Type extends OpType> {
  readonly type: Type;
  readonly payload: Payloads[Type];
  readonly opId: OpId;
  /** 1, 2, 3 … per replica and scope; 0 until the journal has stored the op. */
  readonly number: number;
  readonly replicaId: ReplicaId;
  readonly authorId: UserId;
  /** Decides who wins. Provisional until the op is first sent. */
  readonly stamp: Hlc;
  readonly base: Base;
  /** Protocol version the payload was written in. */
  readonly version: number;
}

/** The ops of some types, told apart by `type`. */
export type OpFor<Types extends OpType> = { readonly [Type in Types]: OpOf<Type> }[Types];

export type Op = OpFor<OpType>;

/** Where and when the log took an op: known once it is committed. */
export interface Placement {
  readonly generation: number;
  /** This op's place in its scope's log: 1, 2, 3 … */
  readonly seq: number;
  /** The server's time of the commit. */
  readonly atMs: number;
}
