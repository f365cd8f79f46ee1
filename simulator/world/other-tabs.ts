import { toEntry } from '../../sdk/sync/pending-op.ts';
import type { ReplicaRelay } from '../../sdk/sync/replica.ts';
import type { Phone, PhoneRun } from './phone.ts';
import type { Witness } from './witness.ts';

/**
 * Tabs that led until a newer one took the lead while they were frozen. Thawed, each goes on as if nothing had been,
 * until it finds at a write that its term is over, or is told so; then it writes what was tapped, and is closed.
 */
export class OtherTabs {
  /** What such a tab still puts into the journal reaches the one in front. */
  readonly relay: ReplicaRelay;
  readonly #phone: Phone;
  readonly #witness: Witness;
  readonly #runs = new Set<PhoneRun>();

  constructor(phone: Phone, witness: Witness) {
    this.#phone = phone;
    this.#witness = witness;
    this.relay = {
      queued: (ops) => {
        for (const pending of ops) phone.engine?.replica.adopt(toEntry(pending));
      },
      folded() {},
      replaced() {},
      rewritten() {},
      applied() {},
      setAside() {},
      left() {},
    };
  }

  add(run: PhoneRun): void {
    this.#runs.add(run);
  }

  /** @param lingerMs how long it takes until the browser tells it that it leads no more */
  thaw(run: PhoneRun, lingerMs: number): void {
    if (!this.#runs.has(run)) return;
    run.lifetime.wake();
    run.surroundings.wake();
    run.lifetime.after(lingerMs, () => this.deposed(run));
  }

  /** It has found out, and is closed. */
  deposed(run: PhoneRun): void {
    if (!this.#runs.has(run) || run.isClosing) return;
    run.isClosing = true;
    run.host?.close();
    const over = (): void => {
      if (!this.#runs.delete(run)) return;
      this.#witness.left(this.#phone, run.number);
      run.lifetime.end();
    };
    run.engine?.close().then(over, (error: unknown) => {
      this.#witness.bug(`${this.#phone.userId} closes a tab`, error);
      over();
    });
  }

  /** All of them at once: nothing is left over for long. */
  settle(): void {
    for (const run of [...this.#runs]) this.thaw(run, 0);
  }

  /** As a browser that is killed. */
  end(): void {
    for (const { lifetime } of this.#runs) lifetime.end();
    this.#runs.clear();
  }
}
