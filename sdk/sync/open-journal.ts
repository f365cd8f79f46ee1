import { JamzError } from '../protocol/errors.ts';
import type { ReplicaId } from '../protocol/ids.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Journal, JournalContents } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import type { OpUpgrade } from './upgrade-outbox.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  readonly contents: JournalContents;
  readonly term: number;
  /** Why it is not the journal that was asked for, or what of it cannot be read; null where all is well. */
  readonly note: string | null;
}

/** Takes the lead over a journal and reads it. Where it cannot be used, as in some private windows, memory serves. */
export async function openJournal(
  journal: Journal,
  newReplicaId: () => ReplicaId,
  upgrades?: readonly OpUpgrade[],
): Promise<OpenedJournal> {
  try {
    const term = await journal.lead();
    const contents = await readJournal(journal, upgrades);
    return { journal, term, contents, note: contents.note ?? null };
  } catch (error) {
    journal.close().catch(() => {});
    const memory = memoryJournal(newReplicaId());
    const term = await memory.lead();
    const note = asUnusable(error).message;
    return { journal: memory, term, contents: await memory.load(), note };
  }
}

/** What a journal holds, its ops in this version: how earlier ones are read comes only where there are some. */
export async function readJournal(
  journal: Journal,
  upgrades?: readonly OpUpgrade[],
): Promise<JournalContents> {
  const contents = await journal.load();
  if (contents.outbox.every(({ op }) => op.version >= protocolVersion)) return contents;
  // Where it cannot come now they go as they are: the server reads them, too.
  const late = await import('./upgrade-outbox.ts').catch(() => undefined);
  const outbox = late?.upgradeOutbox(contents.outbox, protocolVersion, upgrades);
  return outbox ? { ...contents, outbox } : contents;
}

/** What a journal failed with, as a person reads it. */
export function asUnusable(cause: unknown): JamzError {
  if (cause instanceof JamzError) return cause;
  const message = 'The browser’s storage cannot be used: what waits is lost when this page closes.';
  return new JamzError('unavailable', message, { cause });
}
