import { toRanges } from '../protocol/codec.ts';
import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import type { PushAnswer, PushMessage } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import { Drain, type DrainEvents } from './drain.ts';
import { Outbox } from './outbox.ts';
import type { PendingOp } from './pending-op.ts';
import type { Scheduler } from './scheduler.ts';
import { type PendingDetails, pendingAdd } from './test-pending.ts';

/** A push on its way, in the hands of the test. */
export interface Way {
  readonly numbers: readonly number[];
  readonly message: PushMessage;
  answer(part?: Partial<PushAnswer>): Promise<void>;
  fail(code: ErrorCode, retryAfterMs?: number): Promise<void>;
}

/** A drain over a link whose every push waits for the test to answer it. */
export class TestDrain {
  readonly #scheduler: Scheduler & { settle(): Promise<void> };
  readonly ways: Way[] = [];
  /** What the drain told, one line each. */
  readonly told: string[] = [];
  readonly drain: Drain;
  readonly #pending = new Map<string, PendingOp>();
  #numbered = 0;
  readonly #outbox = new Outbox((opId) => this.#pending.get(opId));

  /** @param scheduler virtual; its `settle` ends the turn */
  constructor(scheduler: Scheduler & { settle(): Promise<void> }) {
    this.#scheduler = scheduler;
    const deps = {
      outbox: this.#outbox,
      scheduler,
      allowed: () => true,
      cursorOf: () => [1, 7, 'h7'] as const,
      freeze: (ops: readonly PendingOp[]) => {
        for (const op of ops) this.#tell('freeze', op);
      },
    };
    this.drain = new Drain(deps, this.#events());
    this.drain.use(this.openLink());
  }

  add(opId: string, details: PendingDetails = {}): PendingOp {
    const op = pendingAdd(opId, { number: ++this.#numbered, ...details });
    this.#pending.set(opId, op);
    this.#outbox.add(op);
    return op;
  }

  addMany(count: number): void {
    for (let op = 1; op <= count; op++) this.add(`op-${op}`);
  }

  /** @param index from the end where it is negative */
  way(index: number): Way {
    const found = this.ways.at(index);
    if (!found) throw new Error(`There is no push ${index}.`);
    return found;
  }

  happened(what: string): string[] {
    return this.told.filter((line) => line.startsWith(what));
  }

  openLink(): Link {
    return {
      request: <T>(_event: string, payload: unknown) =>
        new Promise<T>((resolve, reject) => {
          const message = payload as PushMessage;
          const numbers = message.runs.flatMap(({ ops }) => ops.map(([number]) => number));
          const { scope, batch } = message;
          this.ways.push({
            numbers,
            message,
            answer: (part = {}) => {
              const applied = toRanges(numbers);
              const head = [1, 9, 'h'] as const;
              const rest = { refused: [], retry: [], commits: [], head };
              resolve({ scope, batch, applied, ...rest, ...part } as T);
              return this.#scheduler.settle();
            },
            fail: (code, retryAfterMs) => {
              const options = retryAfterMs === undefined ? {} : { retryAfterMs };
              reject(new JamzError(code, code, options));
              return this.#scheduler.settle();
            },
          });
        }),
      close() {},
    };
  }

  #tell(what: string, { op }: PendingOp): void {
    this.told.push(`${what} ${op.opId}`);
  }

  #events(): DrainEvents {
    return {
      applied: (op) => {
        this.#tell('applied', op);
        this.#outbox.released(op.op.opId);
      },
      commits: () => {},
      refused: (op, error) => {
        op.stage = 'done';
        this.#tell(`refused ${error.code}`, op);
      },
      retry: (op, error) => {
        op.attempts += 1;
        op.stage = 'ready';
        op.notBeforeMs = this.#scheduler.monotonicMs() + 1_000;
        this.#outbox.add(op);
        this.#tell(`retry ${error.code}`, op);
      },
      putOff: (op) => {
        op.stage = 'done';
        this.#tell('putOff', op);
      },
      scopeFailed: (scope, { code }) => void this.told.push(`scopeFailed ${scope} ${code}`),
      astray: (scope) => void this.told.push(`astray ${scope}`),
      linkFailed: ({ code }) => {
        this.told.push(`linkFailed ${code}`);
        this.drain.use(undefined);
      },
    };
  }
}
