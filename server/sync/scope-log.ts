import type { ScopeState } from '../../sdk/merge/states.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Generation, LogHead, StoredSnapshot } from '../ports/store.ts';
import { catchUp, loadView, withCommit } from './advance.ts';
import { commitOf, type DraftCommit } from './commit-of.ts';
import { type FoldedBatch, foldBatch } from './fold-batch.ts';
import { isBeyond, type Job, type Waiting } from './job.ts';
import { nextBatch, readyJobs } from './next-batch.ts';
import { refusalsTtlMs } from './remembered.ts';
import {
  hasLostTail,
  mintGeneration,
  opsAfter,
  placeToRewindTo,
  type RewindRequest,
} from './rewind.ts';
import type { ScopeLogDeps } from './scope-log-deps.ts';
import { createSerial } from './serial.ts';
import { settleAll } from './settle-all.ts';
import type { View } from './view.ts';

/**
 * One scope's log as this process sees it: the folded state at its end, and one writer that batches what arrives
 * while the previous write is under way.
 */
export class ScopeLog {
  readonly scope: Scope;
  readonly #deps: ScopeLogDeps;
  readonly #serial = createSerial();
  #waiting: Waiting[] = [];
  #draining = false;
  #view: View | undefined;
  /** The last append ended in an error: nobody knows whether it was written. */
  #doubtful = false;
  /** What could not be derived from the log when it should have been. */
  #underived: { readonly from: ScopeState; readonly ops: readonly Op[] } | undefined;
  /** The snapshot that the log was loaded from. */
  loadedFrom: StoredSnapshot | undefined;

  constructor(scope: Scope, deps: ScopeLogDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  /** What this process has folded, which may not be all; undefined before it has looked. */
  get folded(): ScopeState | undefined {
    return this.#view?.state;
  }

  /** This process may have written something that it does not know of. */
  get inDoubt(): boolean {
    return this.#doubtful;
  }

  /** More is on its way into the log. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Nothing waits and nothing is being written. */
  get idle(): boolean {
    return !this.#draining && this.#waiting.length === 0;
  }

  /** The log's end now, whichever process wrote it. */
  async view(): Promise<View> {
    const head = await this.#deps.store.log.head(this.scope);
    const known = this.#view;
    if (known && !this.#doubtful && isAt(known, head)) {
      // Another process may have trimmed it meanwhile.
      if (head && head.firstSeq > known.firstSeq)
        this.#view = { ...known, firstSeq: head.firstSeq };
      return this.#view ?? known;
    }
    return this.#serial(() => this.#refresh());
  }

  /** Puts a job in the writer's queue; its outcome goes to the job's `settle`. */
  submit(waiting: Waiting): void {
    this.#waiting.push(waiting);
    // Whether the job can be had is asked when its turn comes; until then a failure of it is nobody's surprise.
    waiting.job.catch(() => {});
    if (this.#draining) return;
    this.#draining = true;
    this.#startDrain();
  }

  #startDrain(): void {
    this.#serial(() => this.#drain()).catch(this.#deps.onBug);
  }

  async #refresh(): Promise<View> {
    const view = await this.#readOn();
    this.#doubtful = false;
    return view;
  }

  async #readOn(): Promise<View> {
    const { store } = this.#deps;
    const head = await store.log.head(this.scope);
    const known = this.#view;
    if (known && isAt(known, head)) return known;
    if (known && (await hasLostTail(store.log, this.scope, known, head))) {
      // What was acknowledged is gone: from here on the log is another one, and replicas must know.
      const request = { rejoin: true, toSeq: head?.seq ?? 0, above: known.generation };
      await mintGeneration(store, this.scope, head, request, this.#deps.clock.nowMs());
      return this.#rewound(known, []);
    }
    // A later generation may fork below what is folded here: only a fold from the start is sure to be right.
    if (known && head && head.generation === known.generation && head.seq > known.seq) {
      const reached = await catchUp(store, this.scope, known);
      if (reached) {
        this.#view = reached.view;
        // A write of our own whose outcome was unknown: nobody else tells what it changed.
        if (this.#doubtful) await this.#found(known, reached.view, reached.tail);
        else this.#deps.caughtUp(this.scope, known, reached.view);
        return reached.view;
      }
    }
    const loaded = await this.#load();
    if (known) this.#deps.caughtUp(this.scope, known, loaded);
    return loaded;
  }

  /**
   * Winds the log back, and mints a generation.
   *
   * @returns undefined where nothing lies behind that place
   * @throws {JamzError} `invalid` where the log no longer has that place
   */
  rewind(request: RewindRequest): Promise<Generation | undefined> {
    return this.#serial(async () => {
      for (;;) {
        const before = await this.#refresh();
        const { store, clock } = this.#deps;
        const head = await store.log.head(this.scope);
        // Of a log that is gone from its first op on somebody may still know.
        const atStart = request.above === undefined ? undefined : 0;
        const toSeq = head ? await placeToRewindTo(store.log, this.scope, head, request) : atStart;
        if (toSeq === undefined) return undefined;
        const cut = await opsAfter(store.log, this.scope, toSeq);
        const exact = { ...request, toSeq };
        const fork = await mintGeneration(store, this.scope, head, exact, clock.nowMs());
        // Another process was first.
        if (!fork) continue;
        await this.#rewound(before, cut);
        return fork;
      }
    });
  }

  /** Folds the log as it is now, and makes good what was derived from what it lost. */
  async #rewound(before: View, cut: readonly Op[]): Promise<View> {
    const after = await this.#load();
    if (cut.length > 0) await this.#found(before, after, cut);
    return after;
  }

  async #found(before: View, after: View, ops: readonly Op[]): Promise<void> {
    await this.#derive(before.state, after.state, ops);
    this.#deps.rewound(this.scope, before, after, ops);
  }

  async #load(): Promise<View> {
    const { store, codec } = this.#deps;
    const { onBug } = this.#deps;
    const { view, snapshot, from, tail } = await loadView(store, codec, this.scope, onBug);
    this.loadedFrom = snapshot;
    // What is derived may have missed the last commits, if the process that wrote them died.
    if (tail.length > 0) await this.#derive(from, view.state, tail);
    this.#view = view;
    return view;
  }

  /** One batch at a time, so that who waits for a fresh view gets a turn between two. */
  async #drain(): Promise<void> {
    const { batch, rest } = nextBatch(this.#waiting);
    this.#waiting = rest;
    const jobs = await readyJobs(batch);
    try {
      await this.#write(jobs);
    } catch (error) {
      this.#doubtful = true;
      for (const job of jobs) job.settle({ error });
      await this.#lookUp();
    }
    if (this.#waiting.length === 0) this.#draining = false;
    else this.#startDrain();
  }

  /**
   * What the failed write may have written. At once, because others go on behind it: who it removed must not hear them.
   * A store that is still away is asked before the next write, and by whoever wants to tell something.
   */
  async #lookUp(): Promise<void> {
    try {
      await this.#refresh();
    } catch {
      // It stays doubtful.
    }
  }

  async #write(batch: readonly Job[]): Promise<void> {
    let view = await this.#viewFor(batch);
    for (;;) {
      const folded = this.#fold(batch, view);
      if (folded.count === 0) {
        await this.#remember(folded);
        return settleAll(batch, folded, undefined, view, this.#deps.onBug);
      }
      const draft = commitOf(view, folded, this.#deps.codec);
      const { commit, runsJson } = draft;
      if ((await this.#deps.store.log.append(this.scope, commit, runsJson)) === 'written') {
        return this.#written(batch, folded, draft, view);
      }
      // Another process was first: what it wrote may have made these ops known, forbidden or impossible.
      view = await this.#refresh();
    }
  }

  /** An op may stand on what another process wrote and this one has not read yet. */
  async #viewFor(batch: readonly Job[]): Promise<View> {
    const view = this.#view;
    if (!view || this.#doubtful) return this.#refresh();
    return batch.some((job) => isBeyond(job, view)) ? this.#refresh() : view;
  }

  #fold(batch: readonly Job[], view: View): FoldedBatch {
    const { clock, admit, onBug } = this.#deps;
    return foldBatch(batch, { view, nowMs: clock.nowMs(), admit, onBug });
  }

  async #written(
    batch: readonly Job[],
    folded: FoldedBatch,
    draft: DraftCommit,
    before: View,
  ): Promise<void> {
    const after = withCommit(before, draft.commit, folded.state);
    await this.#derive(before.state, after.state, folded.ops);
    // Only now, so that no snapshot is kept of what has not been derived yet.
    this.#view = after;
    await this.#remember(folded);
    // In one go: nobody hears of the commit before its writers, and nothing else comes in between.
    settleAll(batch, folded, draft.commit, after, this.#deps.onBug);
    try {
      this.#deps.announce(this.scope, draft, before, after, folded.ops);
    } catch (error) {
      // The writers have their answers: whoever was not told notices by the heads.
      this.#deps.onBug(error);
    }
  }

  async #derive(before: ScopeState, after: ScopeState, ops: readonly Op[]): Promise<void> {
    const missed = this.#underived;
    const stretch = missed
      ? { from: missed.from, ops: [...missed.ops, ...ops] }
      : { from: before, ops };
    try {
      await this.#deps.derive(this.scope, stretch.from, after, stretch.ops);
      this.#underived = undefined;
    } catch (error) {
      // The ops are in the log, so their answer is yes; the next commit, or the next start, makes this good.
      this.#underived = stretch;
      this.#deps.onBug(error);
    }
  }

  async #remember({ verdicts, atMs }: FoldedBatch): Promise<void> {
    const { store, onBug } = this.#deps;
    const writes = [...verdicts.values()].flatMap(({ fresh }) =>
      fresh.map(({ op, refusal: [number, code, message] }) =>
        store.refusals.put(
          this.scope,
          op.replicaId,
          [{ number, code, message }],
          atMs + refusalsTtlMs,
        ),
      ),
    );
    if (writes.length > 0) this.#deps.forgetExpired(atMs);
    // A refusal that cannot be remembered is still a refusal; asked again, the op is judged again.
    for (const { status, ...rest } of await Promise.allSettled(writes)) {
      if (status === 'rejected' && 'reason' in rest) onBug(rest.reason);
    }
  }
}

function isAt(view: View, head: LogHead | undefined): boolean {
  if (!head) return view.seq === 0;
  const { generation, seq, hash } = head;
  return generation === view.generation && seq === view.seq && hash === view.hash;
}
