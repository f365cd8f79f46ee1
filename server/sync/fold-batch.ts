import { foldOp } from '../../sdk/merge/fold.ts';
import { foldAppends } from '../../sdk/merge/fold-appends.ts';
import { add, noNumbers } from '../../sdk/merge/ranges.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { toOp, toRuns } from '../../sdk/protocol/codec.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Op, Placement } from '../../sdk/protocol/ops.ts';
import type { Run, WireOp } from '../../sdk/protocol/wire.ts';
import { type Job, opKey, type PushJob, type PushVerdicts, type ServerJob } from './job.ts';
import { type JudgeContext, judge } from './judge.ts';
import { acceptedAppends } from './judge-appends.ts';
import { admitted, serverOp } from './server-ops.ts';
import { isAstray, type View } from './view.ts';

/** What a batch of waiting jobs comes to, on top of a view. Nothing has been written yet. */
export interface FoldedBatch {
  /** The state with all of `ops` in it. */
  readonly state: ScopeState;
  /** What the log takes, in order. */
  readonly runs: readonly Run[];
  /** How many ops that are. */
  readonly count: number;
  /** Those of them that were folded by themselves: tracks for the playlist's end, taken as one, are left out. */
  readonly ops: readonly Op[];
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
 * Deduplicates, authorises and folds, op by op; later ops see the earlier ones of the batch. Tracks that follow each
 * other to the playlist's end are judged and folded as one, to the same end.
 *
 * Folding changes fresh nodes in place, so a half-folded job cannot be taken back: when one fails, it is noted and
 * the batch is folded again without it. Only bugs and the server's own conditions come to that.
 */
export function foldBatch(jobs: readonly Job[], options: FoldBatchOptions): FoldedBatch {
  const notes: Notes = { poison: new Set(), singly: new Set(), failed: new Map() };
  const { failed } = notes;
  for (;;) {
    const attempt = new Attempt(options, notes);
    if (jobs.every((job) => failed.has(job) || attempt.take(job))) return attempt.result();
  }
}

/** What one attempt leaves to the next. */
interface Notes {
  /** Ops whose folding failed, by {@link opKey}. */
  readonly poison: Set<string>;
  /** Pushes in which folding several ops as one failed. */
  readonly singly: Set<PushJob>;
  readonly failed: Map<Job, unknown>;
}

class Attempt {
  readonly #options: FoldBatchOptions;
  readonly #notes: Notes;
  readonly #atMs: number;
  readonly #context: JudgeContext;
  readonly #edit: object = {};
  readonly #ops: Op[] = [];
  #count = 0;
  readonly #runs: Run[] = [];
  readonly #verdicts = new Map<PushJob, PushVerdicts>();
  #state: ScopeState;

  constructor(options: FoldBatchOptions, notes: Notes) {
    const { view, nowMs } = options;
    this.#options = options;
    this.#notes = notes;
    this.#state = view.state;
    // A log's time never runs backwards, whatever the machine's clock does.
    this.#atMs = Math.max(nowMs, view.atMs);
    this.#context = { view, nowMs, atMs: this.#atMs, poison: notes.poison };
  }

  result(): FoldedBatch {
    return {
      state: this.#state,
      runs: this.#runs,
      count: this.#count,
      ops: this.#ops,
      atMs: this.#atMs,
      verdicts: this.#verdicts,
      failed: this.#notes.failed,
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
      this.#notes.failed.set(job, error);
      return true;
    }
    const verdicts: PushVerdicts = {
      applied: noNumbers,
      accepted: 0,
      // What decoding left out.
      refused: [...job.message.refused],
      retry: [],
      isAstray: isAstray(job.message.cursor, this.#options.view),
      fresh: [],
    };
    this.#verdicts.set(job, verdicts);
    if (verdicts.isAstray) return true;
    for (const run of job.message.runs) {
      const before = verdicts.accepted;
      const left = new Set<WireOp>();
      if (!this.#takeRun(run, left, job, verdicts)) return false;
      // As a rule all of it was taken: then the log has it as it came.
      if (left.size === 0) this.#runs.push(run);
      else if (verdicts.accepted > before) {
        this.#runs.push({ ...run, ops: run.ops.filter((wire) => !left.has(wire)) });
      }
    }
    return true;
  }

  /** @param left gets those that the log does not take */
  #takeRun(run: Run, left: Set<WireOp>, job: PushJob, verdicts: PushVerdicts): boolean {
    const { ops } = run;
    let taken = 0;
    for (let place = 0; place < ops.length; place += taken) {
      // Within bounds, which the compiler cannot know.
      const wire = ops[place] as WireOp;
      const isSingle = this.#notes.singly.has(job);
      try {
        taken = isSingle ? 0 : this.#takeAppends(run, place, job, verdicts);
      } catch (error) {
        this.#notes.singly.add(job);
        this.#options.onBug(error, toOp(run, wire));
        return false;
      }
      if (taken > 0) continue;
      taken = 1;
      const op = toOp(run, wire);
      try {
        if (!this.#takeOp(op, job, verdicts)) left.add(wire);
      } catch (error) {
        this.#notes.poison.add(opKey(op));
        this.#options.onBug(error, op);
        return false;
      }
    }
    return true;
  }

  /** @returns how many ops were taken as one; 0 where the next has to be taken by itself */
  #takeAppends(run: Run, place: number, job: PushJob, verdicts: PushVerdicts): number {
    const count = acceptedAppends(run, place, job, this.#state, this.#context);
    if (count === 0) return 0;
    const end = place + count;
    const stretch = count === run.ops.length ? run : { ...run, ops: run.ops.slice(place, end) };
    const folded = foldAppends(this.#state, stretch, 0, {
      at: this.#nextPlace(),
      edit: this.#edit,
    });
    if (!folded) return 0;
    this.#state = folded.state;
    const { taken } = folded;
    // Their numbers follow each other.
    const [first] = run.ops[place] as WireOp;
    verdicts.applied = add(verdicts.applied, [first, first + taken - 1]);
    verdicts.accepted += taken;
    this.#count += taken;
    return taken;
  }

  /** @returns whether the log takes it */
  #takeOp(op: Op, job: PushJob, verdicts: PushVerdicts): boolean {
    const verdict = judge(op, job, this.#state, this.#context);
    switch (verdict.kind) {
      case 'known':
        verdicts.applied = add(verdicts.applied, op.number);
        return false;
      case 'accept':
        this.#fold(op);
        verdicts.applied = add(verdicts.applied, op.number);
        verdicts.accepted += 1;
        return true;
      case 'retry':
        verdicts.retry.push([op.number, verdict.code, verdict.message]);
        return false;
      case 'refuse': {
        const refusal = [op.number, verdict.code, verdict.message] as const;
        verdicts.refused.push(refusal);
        if (!job.remembered.has(opKey(op))) verdicts.fresh.push({ op, refusal });
        return false;
      }
    }
  }

  #takeServer(job: ServerJob): boolean {
    const before = this.#ops.length;
    try {
      for (const draft of job.decide(this.#state, this.#atMs)) {
        const op = serverOp(draft, this.#state, this.#options.view, this.#atMs);
        if (!draft.erases) admitted(this.#state, op, this.#atMs);
        this.#fold(op);
      }
      this.#runs.push(...toRuns(this.#ops.slice(before)));
      return true;
    } catch (error) {
      this.#notes.failed.set(job, error);
      // Nothing of it was folded: the others need not be folded again.
      return error instanceof JamzError && this.#ops.length === before;
    }
  }

  #fold(op: Op): void {
    this.#state = foldOp(this.#state, op, { at: this.#nextPlace(), edit: this.#edit });
    this.#ops.push(op);
    this.#count++;
  }

  #nextPlace(): Placement {
    const { generation, seq } = this.#options.view;
    return { generation, seq: seq + this.#count + 1, atMs: this.#atMs };
  }
}
