import type { ScopeState } from '../../sdk/merge/states.ts';
import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import type { Hlc } from '../../sdk/protocol/hlc.ts';
import type { ReplicaId, UserId } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { OpType, Payloads } from '../../sdk/protocol/payloads.ts';
import type { Commit, NumberRanges, PushAnswer, WireRefusal } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { View } from './view.ts';

/** An op the server makes itself: numbered and stamped when the log takes it. */
export type ServerDraft = {
  readonly [Type in OpType]: {
    readonly type: Type;
    readonly payload: Payloads[Type];
    /** In whose name; default the server's own. */
    readonly authorId?: UserId;
    /** What its stamp has to be above, where that may be ahead of the server's clock. */
    readonly above?: Hlc;
    /** Taken as it is, whatever the state's rules say, also by a group that is deleted: erasing asks nobody. */
    readonly erases?: true;
  };
}[OpType];

/**
 * Chooses the server's ops on the state that they will be folded into, so that what it checks cannot change in
 * between. Called again when another process was first. It may throw a JamzError: then nothing is written.
 */
export type Decide = (state: ScopeState, atMs: number) => readonly ServerDraft[];

export type Outcome<T> = { readonly ok: T } | { readonly error: unknown };

/** A replica's push that waits for its scope's writer. */
export interface PushJob {
  readonly kind: 'push';
  readonly actor: Actor;
  readonly message: DecodedPush;
  /** The group's site; undefined in a person's own scope. */
  readonly siteId: string | undefined;
  /** Whether each replica id that the push names is the actor's own. */
  readonly ownReplicas: ReadonlySet<string>;
  /** Final refusals of the last 24 hours, by {@link opKey}. */
  readonly remembered: ReadonlyMap<string, WireRefusal>;
  /** Authors of messages that the push edits and the state may no longer have, as the archive says; by message. */
  readonly archived: ReadonlyMap<string, UserId | undefined>;
  /** What the answers go to, in order: pushes of one sender share a commit, and the first answer tells it. */
  readonly sender: object | undefined;
  settle(outcome: Outcome<PushAnswer>): void;
}

/** Ops of the server's own, all or none. */
export interface ServerJob {
  readonly kind: 'server';
  readonly decide: Decide;
  settle(outcome: Outcome<Commit | undefined>): void;
}

export type Job = PushJob | ServerJob;

/** A job in its scope's queue: its place is taken at once, while what it needs is still being looked up. */
export interface Waiting {
  readonly job: Promise<Job>;
  readonly replicaIds: readonly ReplicaId[];
  readonly sender: object | undefined;
  readonly opCount: number;
  /** For when the job itself cannot be had. */
  fail(error: unknown): void;
}

/** What became of a push's ops. */
export interface PushVerdicts {
  /** Numbers of those that the batch's commit has, and of those that were in the log before. */
  applied: NumberRanges;
  /** How many of them the commit has. */
  accepted: number;
  readonly refused: WireRefusal[];
  readonly retry: WireRefusal[];
  /** The sender is off the log's chain: nothing was looked at. */
  readonly isAstray: boolean;
  /** Those of `refused` that are new, to be remembered. */
  readonly fresh: { readonly op: Op; readonly refusal: WireRefusal }[];
}

/** Whether a job stands on more than a view has: then another process wrote, and it has to be read. */
export function isBeyond(job: Job, { generation, seq }: View): boolean {
  if (job.kind === 'server') return false;
  const at = job.message.cursor;
  if (at && (at[0] > generation || (at[0] === generation && at[1] > seq))) return true;
  return job.message.runs.some(({ base }) => base[0] > generation || base[1] > seq);
}

/** The name of an op in its scope: what makes the same op the same, however often it is sent. */
export function opKey(op: Pick<Op, 'replicaId' | 'number'>): string {
  return `${op.replicaId} ${op.number}`;
}
