import type { Replica } from '../../sdk/sync/replica.ts';
import type { Phone } from '../world/phone.ts';
import type { Breach } from './violation.ts';

/** Watches what tabs of one browser say beside each other. */
export class TabRules {
  readonly #breach: Breach;
  /** What the two said when they were last asked, and did not agree. */
  readonly #differing = new Map<Phone, string>();

  constructor(breach: Breach) {
    this.#breach = breach;
  }

  /** Asked every few seconds, which is far longer than one takes to hear the other. */
  sweep(phone: Phone): void {
    const said = difference(phone);
    if (said !== undefined && said === this.#differing.get(phone)) {
      this.#breach('tabs alike', `${phone.userId}’s second tab has ${said}`);
    }
    if (said === undefined) this.#differing.delete(phone);
    else this.#differing.set(phone, said);
  }
}

/** Undefined where both have the same, or where they cannot be expected to. */
function difference({ engine, run, beside }: Phone): string | undefined {
  const other = beside.engine;
  if (!engine || !other || run?.lifetime.asleep) return undefined;
  // Where the leading tab lives in memory there is no journal that both share.
  if (engine.status$.value.storage === 'memory') return undefined;
  const [here, there] = [figuresOf(engine.replica), figuresOf(other.replica)];
  return here === there ? undefined : `${there} instead of ${here}`;
}

function figuresOf({ scopes, setAside }: Replica): string {
  let waiting = 0;
  // What is not in the journal yet nobody else knows of.
  for (const replica of scopes) {
    for (const { stage } of replica.pending()) if (stage !== 'new') waiting += 1;
  }
  return `${waiting} waiting and ${setAside.length} set aside`;
}
