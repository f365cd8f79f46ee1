import { isUpload, type OpId, type Scope } from '../protocol/ids.ts';
import type { PendingOp } from './pending-op.ts';
import { createdBy, namedBy } from './references.ts';

/**
 * Which pending op makes what in its scope: an op that names something still pending depends on its maker. One that
 * names an upload depends on that.
 */
export class Makers {
  readonly #makers = new Map<Scope, Map<string, OpId>>();

  add({ scope, op }: Scoped): void {
    let makers = this.#makers.get(scope);
    if (!makers) {
      makers = new Map();
      this.#makers.set(scope, makers);
    }
    for (const id of createdBy(op)) makers.set(id, op.opId);
  }

  remove({ scope, op }: Scoped): void {
    const makers = this.#makers.get(scope);
    for (const id of createdBy(op)) if (makers?.get(id) === op.opId) makers.delete(id);
  }

  /** Nothing of this scope is pending. Until then a maker that is in the log may be named: that holds nothing up. */
  clear(scope: Scope): void {
    this.#makers.delete(scope);
  }

  dependenciesOf({ scope, op }: Scoped): readonly OpId[] {
    const named = namedBy(op);
    if (named.length === 0) return none;
    const makers = this.#makers.get(scope);
    const dependsOn: OpId[] = [];
    for (const id of named) {
      const maker = isUpload(id) ? id : makers?.get(id);
      if (maker && maker !== op.opId) dependsOn.push(maker);
    }
    return dependsOn;
  }
}

/** One for all, so that ops that depend on nothing cost no list. */
const none: readonly OpId[] = [];

type Scoped = Pick<PendingOp, 'scope' | 'op'>;
