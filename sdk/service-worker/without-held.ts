import { isUpload, type OpId, type Scope } from '../protocol/ids.ts';
import type { Journal, OutboxEntry } from '../store/journal.ts';

/**
 * A journal without the ops that wait for an upload, themselves or through what they depend on: only a page sends files.
 * What the journal has of them stays as it is.
 */
export function withoutHeld(journal: Journal): Journal {
  let spared: ReadonlySet<Scope> = new Set();
  return {
    ...journal,
    async load() {
      const contents = await journal.load();
      const held = heldIn(contents.outbox);
      const outbox = contents.outbox.filter(({ op }) => !held.has(op.opId));
      spared = new Set(
        contents.outbox.filter(({ op }) => held.has(op.opId)).map(({ scope }) => scope),
      );
      return { ...contents, outbox };
    },
    write(change, term) {
      // Of a scope that is over a page hears, too, and then tells what becomes of these ops.
      const clear = change.clear.filter((scope) => !spared.has(scope));
      return journal.write({ ...change, clear }, term);
    },
  };
}

function heldIn(outbox: readonly OutboxEntry[]): ReadonlySet<OpId> {
  const held = new Set<OpId>();
  const waiting = outbox.filter(({ setAside }) => !setAside);
  let before: number;
  do {
    before = held.size;
    for (const { op, dependsOn } of waiting) {
      if (dependsOn.some((id) => isUpload(id) || held.has(id))) held.add(op.opId);
    }
  } while (held.size > before);
  return held;
}
