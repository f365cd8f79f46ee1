import type { OpId } from '../protocol/ids.ts';
import type { PendingOp } from './pending-op.ts';

/** Ops that cannot succeed, kept until the person retries or discards them. */
export class SetAsideShelf {
  readonly #ops = new Map<OpId, PendingOp>();
  #list: readonly PendingOp[] | undefined;

  /** Oldest first; another array whenever it changed. */
  get list(): readonly PendingOp[] {
    this.#list ??= [...this.#ops.values()];
    return this.#list;
  }

  get(opId: OpId): PendingOp | undefined {
    return this.#ops.get(opId);
  }

  add(pending: PendingOp): void {
    this.#ops.set(pending.op.opId, pending);
    this.#list = undefined;
  }

  remove(pending: PendingOp): void {
    this.#ops.delete(pending.op.opId);
    this.#list = undefined;
  }
}
