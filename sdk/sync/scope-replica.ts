import { emptyState, foldCommit, foldPending } from '../merge/fold.ts';
import { isAppend, layAppends } from '../merge/fold-appends.ts';
import { has } from '../merge/ranges.ts';
import type { ScopeState } from '../merge/states.ts';
import type { MergeContext } from '../merge/strategy.ts';
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
  #shown: ScopeState;
  #dirty = false;
  /** Made since, and not in what is shown yet. */
  #unlaid: Op[] = [];
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
    this.#lay();
    return this.#shown;
  }

  /** The same for judging a tap, which may lack some of the appends made in this turn: they are laid together. */
  glanceFor(op: Op): ScopeState {
    const isLater = !this.#dirty && this.#unlaid.length < maxUnlaid && isAppend(op);
    return isLater ? this.#shown : this.glance();
  }

  /** The same object until the cursor moves: ops made meanwhile share it. */
  get base(): Base {
    const generation = this.cursor?.[0] ?? 1;
    const seq = this.cursor?.[1] ?? 0;
    const last = this.#base;
    if (seq !== last.seq || generation !== last.generation) this.#base = { generation, seq };
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
    if (this.#dirty) return;
    this.#unlaid.push(pending.op);
    if (!isAppend(pending.op)) this.#lay();
  }

  /** Folds what continues the cursor; ignores what is known; tells a gap. */
  receive(commits: readonly Commit[]): Received {
    const folded: Commit[] = [];
    const covered: PendingOp[] = [];
    const others: { index?: Index } = {};
    let gap = false;
    for (const commit of commits) {
      // Left in the journal from before a log was wound back: what came after lies behind it, in the same places.
      if (this.cursor && commit.generation < this.cursor[0]) continue;
      const last = commit.seq + commit.count - 1;
      // What another generation has, also in what this device kept of it, is no place to be reached.
      const isOfThis = !this.cursor || commit.generation === this.cursor[0];
      if (isOfThis) this.headSeq = Math.max(this.headSeq, last);
      if (!this.cursor || !isOfThis || commit.seq > this.cursor[1] + 1) {
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
      const inOrder = this.#coverInOrder(commit, covered, others);
      const isAsShown = inOrder && this.confirmed.kind === 'group';
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
        this.#pending.delete(pending.op.opId);
        covered.push(pending);
      }
    }
    this.#dirty = true;
    return covered;
  }

  /** An op was set aside or discarded: its effect goes. */
  drop(pending: PendingOp): void {
    this.#pending.delete(pending.op.opId);
    this.#dirty = true;
  }

  /** Stamps changed: lay the overlay anew. */
  restamped(): void {
    this.#dirty = true;
  }

  /** @returns false when the commit was not simply the front of what waits, so that the overlay must be laid anew */
  #coverInOrder(commit: Commit, covered: PendingOp[], others: { index?: Index }): boolean {
    if (this.#pending.size === 0) return false;
    let inOrder = true;
    const waiting = this.#pending.values();
    for (const run of commit.runs) {
      for (const wire of run.ops) {
        const number = wire[0];
        let pending = inOrder ? waiting.next().value : undefined;
        if (pending?.op.number !== number || pending.op.replicaId !== run.replicaId) {
          inOrder = false;
          others.index ??= new Map(
            Array.from(this.#pending.values(), (one) => [keyOf(one.op, one.op.number), one]),
          );
          pending = others.index.get(keyOf(run, number));
        }
        if (!pending) continue;
        covered.push(pending);
        this.#pending.delete(pending.op.opId);
      }
    }
    return inOrder;
  }

  #settleOverlay(): void {
    this.#shown = this.confirmed;
    this.#dirty = false;
    this.#edit = {};
    this.#unlaid = [];
  }

  /** Lays over what is shown what is not in it yet, or all that waits anew. */
  #lay(): void {
    if (this.#dirty) {
      this.#settleOverlay();
      for (const { op } of this.#pending.values()) this.#unlaid.push(op);
    }
    const ops = this.#unlaid;
    this.#unlaid = [];
    const laid = this.#pending.size - ops.length;
    for (let at = 0, taken = 1; at < ops.length; at += taken) {
      const context = this.#contextAt(laid + at + 1);
      const appended = layAppends(this.#shown, ops, at, context);
      taken = appended?.taken ?? 1;
      // Within bounds, which the compiler cannot know.
      this.#shown = appended?.state ?? foldPending(this.#shown, ops[at] as Op, context);
    }
  }

  /** @param place 1 for the op that the log would get next */
  #contextAt(place: number): MergeContext {
    const { generation, seq } = this.base;
    const at = { generation, seq: seq + place, atMs: this.#serverNowMs() };
    return { at, edit: this.#edit };
  }
}

/** Appends of one turn that are laid together, at most: the next tap is judged without them. */
const maxUnlaid = 200;

/** What waits, by whose and which number: for commits that are not simply its front. */
type Index = ReadonlyMap<string, PendingOp>;

function keyOf({ replicaId }: { readonly replicaId: ReplicaId }, number: number): string {
  return `${number} ${replicaId}`;
}
