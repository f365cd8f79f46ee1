import { isUpload, type OpId, type ReplicaId, type Scope } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { PendingOp } from './pending-op.ts';

/** Ops of one scope and one replica id, in the order in which they are to be sent. */
export interface Batch {
  readonly scope: Scope;
  readonly ops: readonly PendingOp[];
}

/** What a wire op weighs besides its payload, at most. */
const envelopeBytes = 96;
const batchBytes = limits.maxMessageBytes / 2;

/**
 * What is sent next: by priority, then in the order made, dependencies first. Taking and adding cost the same
 * however much waits; entries that left the outbox meanwhile are skipped when their turn comes. What comes back,
 * because its link was lost or its batch failed, takes its old place: the log keeps the order in which ops arrive.
 */
export class Outbox {
  readonly #queues = new Map<Scope, Queue[]>();
  #lastPlace = 0;
  readonly #blocked = new Map<OpId, PendingOp[]>();
  readonly #find: (opId: OpId, scope: Scope) => PendingOp | undefined;

  /** @param find the pending op of an id, undefined once it is in the log or gone */
  constructor(find: (opId: OpId, scope: Scope) => PendingOp | undefined) {
    this.#find = find;
  }

  add(pending: PendingOp): void {
    let queues = this.#queues.get(pending.scope);
    if (!queues) {
      queues = [new Queue(), new Queue(), new Queue(), new Queue()];
      this.#queues.set(pending.scope, queues);
    }
    pending.place ||= ++this.#lastPlace;
    queues[pending.priority]?.add(pending);
  }

  /** An op is in the log or gone, or an upload has its file: what waited for it may go. */
  released(opId: OpId): void {
    if (this.#blocked.size === 0) return;
    const waiting = this.#blocked.get(opId);
    if (!waiting) return;
    this.#blocked.delete(opId);
    for (const pending of waiting) if (pending.stage === 'ready') this.add(pending);
  }

  /**
   * Takes the next batch; its ops are `sent` from now on.
   *
   * @param maxOps fewer than the limit while a failing batch is being bisected
   * @returns undefined when nothing can be sent now
   */
  take(nowMs: number, allowed: (scope: Scope) => boolean, maxOps: number): Batch | undefined {
    for (let priority = 0; priority < 4; priority++) {
      for (const [scope, queues] of this.#queues) {
        if (!allowed(scope)) continue;
        if (!queues[priority]?.peek(nowMs)) continue;
        const ops = this.#gather(queues, nowMs, maxOps);
        if (ops.length > 0) return { scope, ops };
      }
    }
    return undefined;
  }

  /** When the next op that has to wait may be sent, by the monotonic clock. */
  nextDueMs(): number | undefined {
    let due: number | undefined;
    for (const queues of this.#queues.values()) {
      for (const queue of queues) {
        const at = queue.dueMs();
        if (at !== undefined && (due === undefined || at < due)) due = at;
      }
    }
    return due;
  }

  #gather(queues: readonly Queue[], nowMs: number, maxOps: number): PendingOp[] {
    const ops: PendingOp[] = [];
    const room = { bytes: batchBytes, ops: Math.min(maxOps, limits.maxBatchOps) };
    let replicaId: ReplicaId | undefined;
    for (const queue of queues) {
      for (let next = queue.peek(nowMs); next; next = queue.peek(nowMs)) {
        replicaId ??= next.op.replicaId;
        if (next.op.replicaId !== replicaId) break;
        const weight = next.payloadBytes + envelopeBytes;
        if (ops.length > 0 && (room.bytes < weight || room.ops < 1)) return ops;
        queue.shift();
        if (!this.#include(next, ops, room, nowMs)) this.#block(next);
      }
    }
    return ops;
  }

  /** Puts an op into the batch behind what it depends on; false when it has to wait for something under way. */
  #include(
    pending: PendingOp,
    ops: PendingOp[],
    room: { bytes: number; ops: number },
    nowMs: number,
  ): boolean {
    for (const opId of pending.dependsOn) {
      if (isUpload(opId)) return false;
      const needed = this.#find(opId, pending.scope);
      if (!needed || needed.stage === 'acked' || needed.stage === 'done') continue;
      if (needed.stage === 'sent') {
        if (!ops.includes(needed)) return false;
        continue;
      }
      const sendable =
        needed.stage === 'ready' &&
        needed.notBeforeMs <= nowMs &&
        needed.op.replicaId === pending.op.replicaId;
      if (!sendable || !this.#include(needed, ops, room, nowMs)) return false;
    }
    // What it needs has filled the batch: it follows once that is in the log.
    const isFull = room.ops < 1 || room.bytes < pending.payloadBytes + envelopeBytes;
    if (ops.length > 0 && isFull) return false;
    pending.stage = 'sent';
    ops.push(pending);
    room.bytes -= pending.payloadBytes + envelopeBytes;
    room.ops -= 1;
    return true;
  }

  #block(pending: PendingOp): void {
    for (const opId of pending.dependsOn) {
      const needed = this.#find(opId, pending.scope);
      const isOver = !needed || needed.stage === 'acked' || needed.stage === 'done';
      if (isOver && !isUpload(opId)) continue;
      const waiting = this.#blocked.get(opId);
      if (waiting) waiting.push(pending);
      else this.#blocked.set(opId, [pending]);
      return;
    }
    this.add(pending);
  }
}

/** By place; taking and adding the newest are O(1). Ops that wait for their backoff step aside and come back in time. */
class Queue {
  #items: PendingOp[] = [];
  #head = 0;
  #delayed: PendingOp[] = [];

  add(pending: PendingOp): void {
    const last = this.#items.at(-1);
    if (this.#head === this.#items.length || !last || last.place < pending.place) {
      this.#items.push(pending);
    } else this.#items.splice(this.#indexOf(pending.place), 0, pending);
  }

  peek(nowMs: number): PendingOp | undefined {
    if (this.#delayed.length > 0) this.#recall(nowMs);
    for (;;) {
      const next = this.#items[this.#head];
      if (!next) {
        this.#items = [];
        this.#head = 0;
        return undefined;
      }
      const { stage, notBeforeMs } = next;
      if (stage === 'ready' && notBeforeMs <= nowMs) return next;
      if (stage === 'ready') this.#delayed.push(next);
      this.#head += 1;
    }
  }

  shift(): void {
    this.#head += 1;
  }

  dueMs(): number | undefined {
    let due: number | undefined;
    for (const { notBeforeMs, stage } of this.#delayed) {
      if (stage === 'ready' && (due === undefined || notBeforeMs < due)) due = notBeforeMs;
    }
    return due;
  }

  #recall(nowMs: number): void {
    const due = this.#delayed.filter(({ notBeforeMs }) => notBeforeMs <= nowMs);
    if (due.length === 0) return;
    this.#delayed = this.#delayed.filter(({ notBeforeMs }) => notBeforeMs > nowMs);
    for (const pending of due) this.add(pending);
  }

  /** Where a place belongs among what still waits, by bisection. */
  #indexOf(place: number): number {
    let from = this.#head;
    let to = this.#items.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#items[middle]?.place ?? 0) < place) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
