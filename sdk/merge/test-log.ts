import { formatHlc } from '../clock/hlc.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Base, Op, OpOf } from '../protocol/ops.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { emptyState, foldOp } from './fold.ts';
import type { GroupState, ScopeState, UserState } from './states.ts';

/** A moment for tests to count from, ms since 1970. */
export const startMs = 1_700_000_000_000;

export interface OpDetails {
  /** Who writes, on a replica of the same name; default `ana`. */
  readonly by?: string;
  readonly replicaId?: string;
  /** When the op was made, ms after {@link startMs}; default when the log takes it. */
  readonly madeMs?: number;
  /** When the log takes it, ms after {@link startMs}; default the time of the op before. */
  readonly atMs?: number;
  /** The last seq that the writer had seen; default the whole log. */
  readonly seen?: number;
}

/** One scope's log for tests: numbers, stamps and folds what it is told. */
export class TestLog {
  state: ScopeState;
  readonly ops: Op[] = [];
  #atMs = startMs;
  readonly #numbers = new Map<string, number>();

  constructor(scope: Scope = 'g:road') {
    this.state = emptyState(scope);
  }

  get group(): GroupState {
    if (this.state.kind !== 'group') throw new TypeError('This log is a person’s.');
    return this.state;
  }

  get user(): UserState {
    if (this.state.kind !== 'user') throw new TypeError('This log is a group’s.');
    return this.state;
  }

  /** The op that `append` would fold. */
  make<Type extends OpType>(
    type: Type,
    payload: Payloads[Type],
    details: OpDetails = {},
  ): OpOf<Type> {
    const { by = 'ana', replicaId = by, seen = this.ops.length } = details;
    const number = (this.#numbers.get(replicaId) ?? 0) + 1;
    this.#numbers.set(replicaId, number);
    const madeMs = details.madeMs ?? details.atMs ?? this.#atMs - startMs;
    const base: Base = { generation: 1, seq: seen };
    return {
      type,
      payload,
      opId: `${replicaId}-${number}`,
      number,
      replicaId,
      authorId: by,
      stamp: formatHlc(startMs + madeMs, number, replicaId),
      base,
      version: 1,
    };
  }

  append<Type extends OpType>(
    type: Type,
    payload: Payloads[Type],
    details: OpDetails = {},
  ): ScopeState {
    if (details.atMs !== undefined) this.#atMs = startMs + details.atMs;
    return this.fold(this.make(type, payload, details) as unknown as Op);
  }

  fold(op: Op): ScopeState {
    this.ops.push(op);
    const at = { generation: 1, seq: this.ops.length, atMs: this.#atMs };
    this.state = foldOp(this.state, op, { at, edit: {} });
    return this.state;
  }

  /** Appends one track per id, each an op of its own. */
  add(ids: readonly string[], details: OpDetails = {}, durationMs?: number): this {
    for (const itemId of ids) {
      const item = { itemId, title: itemId, ...(durationMs !== undefined && { durationMs }) };
      this.append('playlist.add', { items: [item] }, details);
    }
    return this;
  }

  /** Starts a track at `atMs` after {@link startMs}. */
  play(itemId: string, atMs: number, details: OpDetails = {}): this {
    const record = { itemId, positionMs: 0, atServerMs: startMs + atMs, playing: true, rate: 1 };
    this.append('playback.set', record, { atMs, ...details });
    return this;
  }

  /** Item ids in playing order, as one text. */
  get order(): string {
    return this.group.playlist.order
      .toArray()
      .map(({ itemId }) => itemId)
      .join(' ');
  }
}
