import type { Faults, Inspected, Inspector, Jamz, Transition } from '../../../sdk/index.ts';

export const noFaults: Faults = {
  offline: false,
  latencyMs: 0,
  loss: 0,
  silence: false,
  serverError: false,
  tokenExpired: false,
  captivePortal: false,
  clockShiftMs: 0,
};

/** A look inside that a test fills; it remembers what was injected. */
export class FakeInspector implements Inspector {
  transitions: readonly Transition[] = [];
  faults: Faults = noFaults;
  /** What is shown besides the status and the metrics. */
  inside: Partial<Inspected> = {};
  closed = false;
  readonly #jamz: Pick<Jamz, 'status$' | 'metrics' | 'serverNow'>;

  constructor(jamz: Pick<Jamz, 'status$' | 'metrics' | 'serverNow'>) {
    this.#jamz = jamz;
  }

  read(): Inspected {
    return {
      atMs: this.#jamz.serverNow(),
      status: this.#jamz.status$.value,
      metrics: this.#jamz.metrics(),
      replicaId: 'phone',
      term: 4,
      outbox: [],
      waiting: 0,
      setAside: [],
      scopes: [],
      clockUncertaintyMs: null,
      ...this.inside,
    };
  }

  inject(faults: Partial<Faults>): void {
    this.faults = { ...this.faults, ...faults };
  }

  close(): void {
    this.closed = true;
    this.faults = noFaults;
  }
}
