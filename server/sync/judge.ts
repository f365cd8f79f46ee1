import { refusalOf } from '../../sdk/merge/admissible.ts';
import { isApplied } from '../../sdk/merge/fold.ts';
import { actionOf, may } from '../../sdk/merge/permissions.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import { wallMsOf } from '../../sdk/protocol/hlc.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { opKey, type PushJob } from './job.ts';
import type { View } from './view.ts';

/** What the server says of one op of a push, before it is folded. */
export type Verdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'retry'; readonly code: ErrorCode; readonly message: string };

export interface JudgeContext {
  /** The log's end before the batch. */
  readonly view: View;
  readonly nowMs: number;
  /** The server's time that the commit will carry. */
  readonly atMs: number;
  /** Ops whose folding failed, by {@link opKey}. */
  readonly poison: ReadonlySet<string>;
}

/** The state that a deduplicated, authorised and admissible op may change. Earlier ops of the batch are in it. */
export function judge(op: Op, job: PushJob, state: ScopeState, context: JudgeContext): Verdict {
  if (isApplied(state, op.replicaId, op.number)) return { kind: 'known' };
  return (
    strangerVerdict(op, job) ??
    rememberedVerdict(op, job) ??
    timeVerdict(op, context) ??
    admissionVerdict(op, job, state, context.atMs)
  );
}

/** The op stays with whoever has it: the right person's token can still bring it. */
function strangerVerdict(op: Op, { actor, ownReplicas }: PushJob): Verdict | undefined {
  if (op.authorId !== actor.userId) {
    return retry('forbidden', 'Made by another person: sign in as its author to send it');
  }
  if (!ownReplicas.has(op.replicaId)) {
    return retry('forbidden', 'This replica id is another person’s: take a new one');
  }
  return undefined;
}

function rememberedVerdict(op: Op, { remembered }: PushJob): Verdict | undefined {
  const known = remembered.get(opKey(op));
  return known && refuse(known[1], known[2]);
}

function timeVerdict(op: Op, { view, nowMs, poison }: JudgeContext): Verdict | undefined {
  if (poison.has(opKey(op))) return retry('internal', 'The server failed on this op');
  const aheadMs = wallMsOf(op.stamp) - nowMs;
  if (aheadMs > limits.maxClockAheadMs) {
    return retry('clock-ahead', `Stamped ${Math.round(aheadMs / 1_000)} s ahead of the server`);
  }
  const { generation, seq } = op.base;
  if (generation > view.generation || (generation === view.generation && seq > view.seq)) {
    return refuse('invalid', 'Made on top of ops that this log does not have');
  }
  return undefined;
}

function admissionVerdict(op: Op, { actor }: PushJob, state: ScopeState, atMs: number): Verdict {
  if (!isAllowed(op, actor.userId, state)) {
    return refuse('forbidden', `The group’s rules do not let you do this (${op.type})`);
  }
  const refusal = refusalOf(state, op, atMs);
  if (!refusal) return { kind: 'accept' };
  const { code, message } = refusal;
  // Time heals this one, and the device can set its clock meanwhile.
  return code === 'clock-ahead' ? retry(code, message) : refuse(code, message);
}

function isAllowed(op: Op, userId: UserId, state: ScopeState): boolean {
  const action = actionOf(op.type);
  if (action === 'server') return false;
  // What does not belong to this kind of scope at all is for `refusalOf` to say.
  if (action === 'self' || state.kind === 'user') return true;
  return may(state, userId, action);
}

function refuse(code: ErrorCode, message: string): Verdict {
  return { kind: 'refuse', code, message };
}

function retry(code: ErrorCode, message: string): Verdict {
  return { kind: 'retry', code, message };
}
