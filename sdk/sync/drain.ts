import { toRuns } from '../protocol/codec.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { Commit, Cursor, PushAnswer, PushMessage } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import type { Outbox } from './outbox.ts';
import { completeCommit } from './own-runs.ts';
import type { PendingOp } from './pending-op.ts';
import { readAckedCommits } from './read-commits.ts';
import type { Scheduler } from './scheduler.ts';

const answerTimeoutMs = 20_000;
/** Pushes under way on a link that has shown nothing yet, or is slow: a tap must not queue behind many. */
const firstWindow = 4;
/** A link that answers within this time can take more at once. */
const quickAnswerMs = 500;

export interface DrainDeps {
  readonly outbox: Outbox;
  readonly scheduler: Scheduler;
  /** Whether ops of this scope may be sent now. */
  readonly allowed: (scope: Scope) => boolean;
  /** Where this replica stands: told with each push. */
  readonly cursorOf: (scope: Scope) => Cursor | null;
  /** Last touch before the op leaves: provisional stamps become final. */
  readonly freeze: (ops: readonly PendingOp[]) => void;
}

export interface DrainEvents {
  /** In the log, now or long ago. */
  applied(op: PendingOp): void;
  commits(scope: Scope, commits: readonly Commit[], headSeq: number): void;
  /** Well formed, and final. */
  refused(op: PendingOp, error: JamzError): void;
  /** Not now: spends one attempt. */
  retry(op: PendingOp, error: JamzError): void;
  /** Refused while what it depends on was put off: it needs a new number. */
  putOff(op: PendingOp): void;
  /** Nothing of a push was looked at, because the cursor is off the log's chain; the ops wait again. */
  astray(scope: Scope): void;
  /** The answer was about the scope, not about an op; the ops wait again. */
  scopeFailed(scope: Scope, error: JamzError): void;
  /** The answer was about this replica or its link; the ops wait again. */
  linkFailed(error: JamzError): void;
}

interface Push {
  readonly message: PushMessage;
  readonly ops: readonly PendingOp[];
}

/** Sends batches from the outbox, several under way at once, and hands each op its answer. */
export class Drain {
  readonly #deps: DrainDeps;
  readonly #events: DrainEvents;
  readonly #underWay = new Set<Push>();
  #batch = 0;
  #link: Link | undefined;
  #maxOps: number = limits.maxBatchOps;
  #stopTimer: (() => void) | undefined;
  #pausedUntilMs = 0;
  #window = firstWindow;
  #widest: number = limits.pushWindow;
  /** A push was answered on this link: one that fails alone from now on fails because of its op. */
  #passed = false;

  constructor(deps: DrainDeps, events: DrainEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  /** A link to send over from now on, or none: what was under way waits again, and no attempt is spent. */
  use(link: Link | undefined): void {
    this.#link = link;
    this.#stopTimer?.();
    for (const push of this.#underWay) this.#waitAgain(push);
    this.#underWay.clear();
    this.#pausedUntilMs = 0;
    this.#window = firstWindow;
    this.#widest = limits.pushWindow;
    this.#passed = false;
  }

  pump(): void {
    const { scheduler, outbox, allowed } = this.#deps;
    const link = this.#link;
    if (!link) return;
    const nowMs = scheduler.monotonicMs();
    if (nowMs < this.#pausedUntilMs) {
      this.#wakeAt(this.#pausedUntilMs, nowMs);
      return;
    }
    while (this.#underWay.size < this.#window) {
      const batch = outbox.take(nowMs, allowed, this.#maxOps);
      if (!batch) break;
      this.#deps.freeze(batch.ops);
      const cursor = this.#deps.cursorOf(batch.scope);
      const message: PushMessage = {
        scope: batch.scope,
        batch: ++this.#batch,
        ...(cursor && { cursor }),
        runs: toRuns(batch.ops.map((pending) => pending.op)),
      };
      this.#send(link, { message, ops: batch.ops });
    }
    // With a full window the next answer pumps; a timer for what is due already would fire again and again.
    const dueMs = this.#underWay.size < this.#window ? outbox.nextDueMs() : undefined;
    if (dueMs !== undefined) this.#wakeAt(dueMs, nowMs);
  }

  #send(link: Link, push: Push): void {
    this.#underWay.add(push);
    const { monotonicMs } = this.#deps.scheduler;
    const sentMs = monotonicMs();
    link.request<PushAnswer>('push', push.message, answerTimeoutMs).then(
      (answer) => {
        if (!this.#underWay.delete(push)) return;
        const isQuick = monotonicMs() - sentMs < quickAnswerMs;
        this.#window = isQuick ? Math.min(this.#widest, this.#window * 2) : firstWindow;
        try {
          this.#answered(push, answer, readCommits(answer, push, this.#underWay));
        } catch (error) {
          // An answer that cannot be read says nothing about these ops.
          this.#waitAgain(push);
          this.#events.linkFailed(error instanceof JamzError ? error : unexpected(error));
        }
        this.pump();
      },
      (error: unknown) => {
        if (!this.#underWay.delete(push)) return;
        this.#failed(push, error instanceof JamzError ? error : unexpected(error));
        this.pump();
      },
    );
  }

  #answered(push: Push, answer: PushAnswer, commits: readonly Commit[]): void {
    if (answer.pullFirst) {
      this.#waitAgain(push);
      this.#events.astray(answer.scope);
      return;
    }
    this.#passed = true;
    if (this.#maxOps < limits.maxBatchOps) {
      this.#maxOps = Math.min(limits.maxBatchOps, this.#maxOps * 2);
    }
    const byNumber = finder(push.ops);
    for (const [from, to] of answer.applied) {
      for (let number = from; number <= to; number++) {
        const pending = byNumber(number);
        if (!pending) continue;
        if (pending.stage === 'sent') pending.stage = 'acked';
        this.#events.applied(pending);
      }
    }
    this.#events.commits(answer.scope, commits, answer.head[1]);
    const putOff = new Set(answer.retry.map(([number]) => byNumber(number)?.op.opId));
    for (const [number, code, text] of answer.refused) {
      const pending = byNumber(number);
      // It may be set aside by now, together with an op before it that it depends on.
      if (pending?.stage !== 'sent') continue;
      if (pending.dependsOn.some((opId) => putOff.has(opId))) {
        putOff.add(pending.op.opId);
        this.#events.putOff(pending);
      } else this.#events.refused(pending, new JamzError(code, text));
    }
    for (const [number, code, text] of answer.retry) {
      const pending = byNumber(number);
      if (pending?.stage !== 'sent') continue;
      this.#events.retry(pending, new JamzError(code, text));
    }
    // What the answer does not name.
    this.#waitAgain(push);
  }

  #failed(push: Push, error: JamzError): void {
    const alone = push.ops.length === 1 ? push.ops[0] : undefined;
    switch (error.code) {
      case 'too-large':
      case 'internal':
      case 'invalid':
        if (alone && (this.#passed || error.code !== 'internal')) {
          this.#events.retry(alone, error);
          return;
        }
        if (alone) {
          // Nothing passes: it is the server that fails, not this op.
          this.#waitAgain(push);
          this.#events.linkFailed(error);
          return;
        }
        this.#maxOps = Math.max(1, Math.floor(push.ops.length / 2));
        this.#waitAgain(push);
        return;
      case 'removed':
      case 'gone':
      case 'forbidden':
      case 'not-found':
        this.#waitAgain(push);
        this.#events.scopeFailed(push.message.scope, error);
        return;
      case 'rate-limited':
      case 'quota-exceeded':
      case 'storage-full':
        this.#waitAgain(push);
        // A server of an earlier version takes no more than the first window.
        this.#window = firstWindow;
        this.#widest = firstWindow;
        this.#pausedUntilMs = this.#deps.scheduler.monotonicMs() + (error.retryAfterMs ?? 5_000);
        return;
      default:
        this.#waitAgain(push);
        this.#events.linkFailed(error);
        return;
    }
  }

  #waitAgain(push: Push): void {
    for (const pending of push.ops) this.#readyAgain(pending);
  }

  #readyAgain(pending: PendingOp): void {
    if (pending.stage !== 'sent') return;
    pending.stage = 'ready';
    this.#deps.outbox.add(pending);
  }

  #wakeAt(atMs: number, nowMs: number): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#deps.scheduler.after(Math.max(0, atMs - nowMs), () => this.pump());
  }
}

/**
 * A commit may hold ops of pushes behind the one that was answered; of the same replica id, since the answer names them
 * by number alone, and after a failed disk two ids give the same numbers.
 */
function readCommits(answer: PushAnswer, push: Push, underWay: Iterable<Push>): readonly Commit[] {
  const { scope, runs } = push.message;
  const sent = [push, ...underWay].flatMap(({ message }) =>
    message.scope === scope
      ? message.runs.filter(({ replicaId }) => replicaId === runs[0]?.replicaId)
      : [],
  );
  return readAckedCommits(answer.commits).flatMap((commit) => completeCommit(commit, sent) ?? []);
}

/** Numbers follow each other nearly always: the first one tells where the others stand. */
function finder(ops: readonly PendingOp[]): (number: number) => PendingOp | undefined {
  const first = ops[0]?.op.number ?? 0;
  let byNumber: Map<number, PendingOp> | undefined;
  return (number) => {
    const likely = ops[number - first];
    if (likely?.op.number === number) return likely;
    byNumber ??= new Map(ops.map((pending) => [pending.op.number, pending]));
    return byNumber.get(number);
  };
}

function unexpected(cause: unknown): JamzError {
  return new JamzError('internal', 'The push failed.', { cause });
}
