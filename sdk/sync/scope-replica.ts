import { emptyState, foldCommit, foldPending } from '../merge/fold.ts';
import { foldAppends } from '../merge/fold-appends.ts';
import { has } from '../merge/ranges.ts';
import type { ScopeState } from '../merge/states.ts';
import type { MergeContext } from '../merge/strategy.ts';
import { toRuns } from '../protocol/codec.ts';
import type { OpId, ReplicaId, Scope } from '../protocol/ids.ts';
import type { Base, Op } from '../protocol/ops.ts';
import type { Commit, Cursor } from '../protocol/wire.ts';
import type { PendingOp } from './pending-op.ts';

/** What became of commits that arrived. */
export interface Received {
  /** Now part of the confirmed state, in order. */
  readonly folded: readonly Commit[];
  /** Own ops that the confirmed state now contains. */
  readonly covered: readonly PendingOp[];
  /** Something between the cursor and these commits is missing: pull. */
  readonly gap: boolean;
}

/**
 * One scope on this replica: the confirmed state, and on top of it what still waits.
 *
 * The overlay is laid incrementally: a tap costs one merge however much waits, and folding our own ops in the order
 * in which they wait changes nothing on the screen. Only foreign ops make it dirty, and then it is laid anew once
 * per look, not once per op.
 */
export class ScopeReplica {
  readonly scope: Scope;
  confirmed: ScopeState;
  /** Null until a first state was taken from journal or server. */
  cursor: Cursor | null = null;
  /** The newest head heard of. */
  headSeq = 0;
  readonly #serverNowMs: () => number;
  readonly #pending = new Map<OpId, PendingOp>();
  readonly #byNumber = new Map<ReplicaId, Map<number, PendingOp>>();
  #shown: ScopeState;
  #dirty = false;
  #edit: object = {};
  #base: Base = { generation: 1, seq: 0 };

  constructor(scope: Scope, serverNowMs: () => number) {
    this.scope = scope;
    this.#serverNowMs = serverNowMs;
    this.confirmed = emptyState(scope);
    this.#shown = this.confirmed;
  }

  /** What the person sees. The same object until something changed. */
  get shown(): ScopeState {
    // Whoever holds this state may keep it, so later taps must not change its nodes in place.
    const state = this.glance();
    this.#edit = {};
    return state;
  }

  /** The same for a look that is over before the next tap: ten thousand taps in a row need not copy what only they saw. */
  glance(): ScopeState {
    if (this.#dirty) this.#relay();
    return this.#shown;
  }

  /** The same object until the cursor moves: ops made meanwhile share it. */
  get base(): Base {
    const [generation, seq] = this.cursor ?? [1, 0];
    const { generation: lastGeneration, seq: lastSeq } = this.#base;
    if (seq !== lastSeq || generation !== lastGeneration) this.#base = { generation, seq };
    return this.#base;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  get caughtUp(): boolean {
    return this.cursor !== null && this.cursor[1] >= this.headSeq;
  }

  /** In the order in which they were made. */
  pending(): IterableIterator<PendingOp> {
    return this.#pending.values();
  }

  find(opId: OpId): PendingOp | undefined {
    return this.#pending.get(opId);
  }

  /** A tap. */
  add(pending: PendingOp): void {
    this.#pending.set(pending.op.opId, pending);
    if (pending.op.number > 0) this.numbered(pending);
    if (this.#dirty) return;
    this.#shown = foldPending(this.#shown, pending.op, this.#contextAt(this.#pending.size));
  }

  /** The journal has given the op its number. */
  numbered(pending: PendingOp): void {
    const { replicaId, number } = pending.op;
    let mine = this.#byNumber.get(replicaId);
    if (!mine) {
      mine = new Map();
      this.#byNumber.set(replicaId, mine);
    }
    mine.set(number, pending);
  }

  byNumber(replicaId: ReplicaId, number: number): PendingOp | undefined {
    return this.#byNumber.get(replicaId)?.get(number);
  }

  /** Folds what continues the cursor; ignores what is known; tells a gap. */
  receive(commits: readonly Commit[]): Received {
    const folded: Commit[] = [];
    const covered: PendingOp[] = [];
    let gap = false;
    for (const commit of commits) {
      const last = commit.seq + commit.count - 1;
      this.headSeq = Math.max(this.headSeq, last);
      if (!this.cursor || commit.generation !== this.cursor[0] || commit.seq > this.cursor[1] + 1) {
        gap = true;
        break;
      }
      if (last <= this.cursor[1]) continue;
      if (commit.seq !== this.cursor[1] + 1) {
        gap = true;
        break;
      }
      this.confirmed = foldCommit(this.confirmed, commit);
      this.cursor = [commit.generation, last, commit.hash];
      folded.push(commit);
      // A profile's own ops change more in the log than on top of it: there they may open a question.
      const isAsShown = this.#coverInOrder(commit, covered) && this.confirmed.kind === 'group';
      if (!isAsShown) this.#dirty = true;
    }
    if (folded.length > 0 && this.#pending.size === 0) this.#settleOverlay();
    return { folded, covered, gap };
  }

  /** A snapshot takes the confirmed state's place; returns own ops that it contains. */
  replace(state: ScopeState, cursor: Cursor): readonly PendingOp[] {
    // A head of another generation, before a restore, may lie beyond all that this log will have for long.
    const sameLog = !this.cursor || this.cursor[0] === cursor[0];
    this.headSeq = sameLog ? Math.max(this.headSeq, cursor[1]) : cursor[1];
    this.confirmed = state;
    this.cursor = cursor;
    const covered: PendingOp[] = [];
    for (const pending of this.#pending.values()) {
      const applied = state.applied.get(pending.op.replicaId);
      if (pending.op.number > 0 && applied && has(applied, pending.op.number)) {
        this.#forget(pending);
        covered.push(pending);
      }
    }
    this.#dirty = true;
    return covered;
  }

  /** An op was set aside or discarded: its effect goes. */
  drop(pending: PendingOp): void {
    this.#forget(pending);
    this.#dirty = true;
  }

  /** Stamps changed: lay the overlay anew. */
  restamped(): void {
    this.#dirty = true;
  }

  /** @returns false when the commit was not simply the front of what waits, so that the overlay must be laid anew */
  #coverInOrder(commit: Commit, covered: PendingOp[]): boolean {
    if (this.#pending.size === 0) return false;
    let inOrder = true;
    const waiting = this.#pending.values();
    for (const run of commit.runs) {
      const mine = this.#byNumber.get(run.replicaId);
      for (const wire of run.ops) {
        const pending = mine?.get(wire[0]);
        if (inOrder) inOrder = pending !== undefined && waiting.next().value === pending;
        if (!pending) continue;
        covered.push(pending);
        this.#forget(pending);
      }
    }
    return inOrder;
  }

  #forget(pending: PendingOp): void {
    this.#pending.delete(pending.op.opId);
    const mine = this.#byNumber.get(pending.op.replicaId);
    mine?.delete(pending.op.number);
    if (mine?.size === 0) this.#byNumber.delete(pending.op.replicaId);
  }

  #settleOverlay(): void {
    this.#shown = this.confirmed;
    this.#dirty = false;
    this.#edit = {};
  }

  #relay(): void {
    this.#settleOverlay();
    const ops = Array.from(this.#pending.values(), ({ op }) => op);
    let place = 0;
    for (const run of toRuns(ops)) {
      for (let at = 0, taken = 1; at < run.ops.length; at += taken, place += taken) {
        const context = this.#contextAt(place + 1);
        const appended = foldAppends(this.#shown, run, at, context);
        taken = appended?.taken ?? 1;
        // Within bounds, which the compiler cannot know.
        this.#shown = appended
          ? { ...appended.state, applied: this.#shown.applied }
          : foldPending(this.#shown, ops[place] as Op, context);
      }
    }
  }

  /** @param place 1 for the op that the log would get next */
  #contextAt(place: number): MergeContext {
    const { generation, seq } = this.base;
    const at = { generation, seq: seq + place, atMs: this.#serverNowMs() };
    return { at, edit: this.#edit };
  }
}
