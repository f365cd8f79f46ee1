import type { OpId } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { createdBy, namedBy } from './references.ts';

/** Which pending op makes what: an op that names something still pending depends on its maker. */
export class Makers {
  readonly #makers = new Map<string, OpId>();

  add(op: Op): void {
    for (const id of createdBy(op)) this.#makers.set(id, op.opId);
  }

  remove(op: Op): void {
    for (const id of createdBy(op)) {
      if (this.#makers.get(id) === op.opId) this.#makers.delete(id);
    }
  }

  dependenciesOf(op: Op): readonly OpId[] {
    if (this.#makers.size === 0) return [];
    const dependsOn: OpId[] = [];
    for (const id of namedBy(op)) {
      const maker = this.#makers.get(id);
      if (maker && maker !== op.opId) dependsOn.push(maker);
    }
    return dependsOn;
  }
}
