import { foldOp } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { toRuns } from '../../sdk/protocol/codec.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Run } from '../../sdk/protocol/wire.ts';
import { type Job, opKey, type PushJob, type PushVerdicts, type ServerJob } from './job.ts';
import { judge } from './judge.ts';
import { admitted, serverOp } from './server-ops.ts';
import { isAstray, type View } from './view.ts';

/** What a batch of waiting jobs comes to, on top of a view. Nothing has been written yet. */
export interface FoldedBatch {
  /** The state with all of `ops` in it. */
  readonly state: ScopeState;
  /** What the log takes, in order. */
  readonly ops: readonly Op[];
  /** The same as the wire and the log have them. */
  readonly runs: readonly Run[];
  readonly atMs: number;
  readonly verdicts: ReadonlyMap<PushJob, PushVerdicts>;
  /** Jobs that come to nothing as a whole, and why. */
  readonly failed: ReadonlyMap<Job, unknown>;
}

export interface FoldBatchOptions {
  readonly view: View;
  readonly nowMs: number;
  /** Turns a whole push away, as of who was removed meanwhile. @throws {JamzError} */
  readonly admit: (job: PushJob, state: ScopeState) => void;
  /** Told of each failure that is a bug: the op is put off, the others go on. */
  readonly onBug: (error: unknown, op: Op) => void;
}

/**
 * Deduplicates, authorises and folds, op by op; later ops see the earlier ones of the batch.
 *
 * Folding changes fresh nodes in place, so a half-folded job cannot be taken back: when one fails, it is noted and
 * the batch is folded again without it. Only bugs and the server's own conditions come to that.
 */
export function foldBatch(jobs: readonly Job[], options: FoldBatchOptions): FoldedBatch {
  const poison = new Set<string>();
  const failed = new Map<Job, unknown>();
  for (;;) {
    const attempt = new Attempt(options, poison, failed);
    if (jobs.every((job) => failed.has(job) || attempt.take(job))) return attempt.result();
  }
}

class Attempt {
  readonly #options: FoldBatchOptions;
  readonly #poison: Set<string>;
  readonly #failed: Map<Job, unknown>;
  readonly #atMs: number;
  readonly #edit: object = {};
  readonly #ops: Op[] = [];
  readonly #runs: Run[] = [];
  readonly #verdicts = new Map<PushJob, PushVerdicts>();
  #state: ScopeState;

  constructor(options: FoldBatchOptions, poison: Set<string>, failed: Map<Job, unknown>) {
    this.#options = options;
    this.#poison = poison;
    this.#failed = failed;
    this.#state = options.view.state;
    // A log's time never runs backwards, whatever the machine's clock does.
    this.#atMs = Math.max(options.nowMs, options.view.atMs);
  }

  result(): FoldedBatch {
    return {
      state: this.#state,
      ops: this.#ops,
      runs: this.#runs,
      atMs: this.#atMs,
      verdicts: this.#verdicts,
      failed: this.#failed,
    };
  }

  /** @returns false when the batch has to be folded again */
  take(job: Job): boolean {
    return job.kind === 'push' ? this.#takePush(job) : this.#takeServer(job);
  }

  #takePush(job: PushJob): boolean {
    try {
      this.#options.admit(job, this.#state);
    } catch (error) {
      this.#failed.set(job, error);
      return true;
    }
    const verdicts: PushVerdicts = {
      known: [],
      accepted: [],
      // What decoding left out.
      refused: [...job.message.refused],
      retry: [],
      isAstray: isAstray(job.message.cursor, this.#options.view),
      fresh: [],
    };
    this.#verdicts.set(job, verdicts);
    if (verdicts.isAstray) return true;
    const before = this.#ops.length;
    for (const op of job.ops) {
      try {
        this.#takeOp(op, job, verdicts);
      } catch (error) {
        this.#poison.add(opKey(op));
        this.#options.onBug(error, op);
        return false;
      }
    }
    // As a rule all of it was taken: then the log has it as it came.
    const isWhole = verdicts.accepted.length === job.ops.length;
    this.#runs.push(...(isWhole ? job.message.runs : toRuns(this.#ops.slice(before))));
    return true;
  }

  #takeOp(op: Op, job: PushJob, verdicts: PushVerdicts): void {
    const { view, nowMs } = this.#options;
    const context = { view, nowMs, atMs: this.#atMs, poison: this.#poison };
    const verdict = judge(op, job, this.#state, context);
    switch (verdict.kind) {
      case 'known':
        verdicts.known.push(op.number);
        return;
      case 'accept':
        this.#fold(op);
        verdicts.accepted.push(op.number);
        return;
      case 'retry':
        verdicts.retry.push([op.number, verdict.code, verdict.message]);
        return;
      case 'refuse': {
        const refusal = [op.number, verdict.code, verdict.message] as const;
        verdicts.refused.push(refusal);
        if (!job.remembered.has(opKey(op))) verdicts.fresh.push({ op, refusal });
      }
    }
  }

  #takeServer(job: ServerJob): boolean {
    const before = this.#ops.length;
    try {
      for (const draft of job.decide(this.#state, this.#atMs)) {
        const op = serverOp(draft, this.#state, this.#options.view, this.#atMs);
        admitted(this.#state, op, this.#atMs);
        this.#fold(op);
      }
      this.#runs.push(...toRuns(this.#ops.slice(before)));
      return true;
    } catch (error) {
      this.#failed.set(job, error);
      // Nothing of it was folded: the others need not be folded again.
      return error instanceof JamzError && this.#ops.length === before;
    }
  }

  #fold(op: Op): void {
    const { generation, seq } = this.#options.view;
    const at = { generation, seq: seq + this.#ops.length + 1, atMs: this.#atMs };
    this.#state = foldOp(this.#state, op, { at, edit: this.#edit });
    this.#ops.push(op);
  }
}
