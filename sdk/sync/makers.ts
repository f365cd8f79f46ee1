import type { OpId, Scope } from '../protocol/ids.ts';
import type { PendingOp } from './pending-op.ts';
import { createdBy, namedBy } from './references.ts';

/** Which pending op makes what in its scope: an op that names something still pending depends on its maker. */
export class Makers {
  readonly #makers = new Map<string, OpId>();

  add({ scope, op }: Scoped): void {
    for (const id of createdBy(op)) this.#makers.set(keyOf(scope, id), op.opId);
  }

  remove({ scope, op }: Scoped): void {
    for (const id of createdBy(op)) {
      const key = keyOf(scope, id);
      if (this.#makers.get(key) === op.opId) this.#makers.delete(key);
    }
  }

  dependenciesOf({ scope, op }: Scoped): readonly OpId[] {
    if (this.#makers.size === 0) return [];
    const dependsOn: OpId[] = [];
    for (const id of namedBy(op)) {
      const maker = this.#makers.get(keyOf(scope, id));
      if (maker && maker !== op.opId) dependsOn.push(maker);
    }
    return dependsOn;
  }
}

type Scoped = Pick<PendingOp, 'scope' | 'op'>;

function keyOf(scope: Scope, id: string): string {
  return `${scope} ${id}`;
}
