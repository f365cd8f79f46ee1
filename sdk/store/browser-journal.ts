import { JamzError } from '../protocol/errors.ts';
import type { Journal } from './journal.ts';
import type { KeyValue } from './key-value.ts';

/** What a journal asks of the device around it. */
export interface DeviceRoom {
  /** Lets go of what can be had again, first music: what was heard longest ago, or all of it. @returns whether anything went */
  free(all: boolean): Promise<boolean>;
  /** Undefined where the browser does not say. */
  leftBytes(): Promise<number | undefined>;
  /** Asks the browser not to delete what is kept, where no prompt comes of it. */
  askToLast(): void;
  /** Survives the journal's store: tells when the browser has deleted that alone. */
  readonly marks: KeyValue;
}

/** Below this music goes, before a journal is refused anything. */
const reserveBytes = 10_000_000;
const evicted =
  'The browser has deleted what this page kept. What was not sent is lost; the rest comes from the server.';

/**
 * A journal at home in a browser: music makes room for it, the browser is asked to keep it, and what was deleted
 * between two visits is told.
 *
 * @param name of its database
 */
export function browserJournal(name: string, journal: Journal, room: DeviceRoom): Journal {
  let hasAsked = false;

  const withRoom = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const all of [false, true]) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof JamzError) || error.code !== 'storage-full') throw error;
        await room.free(all).catch(() => false);
      }
    }
    return work();
  };
  const watchRoom = async (): Promise<void> => {
    const left = await room.leftBytes();
    if (left !== undefined && left < reserveBytes) await room.free(false);
  };
  /** Whether an earlier visit left something that is not there any more. */
  const isBereft = async (replicaId: string): Promise<boolean> => {
    const before = await room.marks.get<string>(name).catch(() => undefined);
    if (before !== replicaId) await room.marks.set(name, replicaId).catch(() => {});
    return before !== undefined && before !== replicaId;
  };

  return {
    kind: journal.kind,
    acked: (...which) => journal.acked(...which),
    lead: () => withRoom(() => journal.lead()),
    async load() {
      const contents = await withRoom(() => journal.load());
      return (await isBereft(contents.replicaId)) ? { ...contents, note: evicted } : contents;
    },
    async write(change, term) {
      const numbers = await withRoom(() => journal.write(change, term));
      if (change.enqueue.length > 0 && !hasAsked) {
        hasAsked = true;
        room.askToLast();
      }
      // Folded state is what grows.
      if (change.snapshots.length > 0) watchRoom().catch(() => {});
      return numbers;
    },
    close: () => journal.close(),
  };
}
