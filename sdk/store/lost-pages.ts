import type { OpId } from '../protocol/ids.ts';
import type { IdbHandle } from './idb-handle.ts';
import type { OpsPage } from './ops-pages.ts';

type Mark = OpsPage['lost'];

/**
 * Marks pages that cannot be opened, so that nothing clears them, and those that can be opened again.
 *
 * @param unreadable which of `pages`, by their place; `keys` are theirs in the same order
 * @param tells whether there is anybody to tell: a service worker leaves that to the next page
 * @returns what the person has to know; null when there is nothing new
 */
export async function noteLost(
  handle: IdbHandle,
  keys: readonly number[],
  pages: readonly OpsPage[],
  unreadable: readonly number[],
  tells: boolean,
): Promise<string | null> {
  const marks = new Map<number, Mark>();
  const news = new Set<OpId>();
  pages.forEach(({ lost, opIds }, at) => {
    const isLost = unreadable.includes(at);
    if (isLost && lost !== 'told') for (const opId of opIds) news.add(opId);
    const told = tells || lost === 'told' ? 'told' : 'untold';
    const mark: Mark = isLost ? told : undefined;
    if (mark !== lost) marks.set(keys[at] ?? 0, mark);
  });
  if (marks.size > 0) await write(handle, marks);
  return news.size > 0 ? noteOf(news.size) : null;
}

function write(handle: IdbHandle, marks: ReadonlyMap<number, Mark>): Promise<void> {
  return handle.run(async (db) => {
    const tx = db.transaction('ops', 'readwrite');
    for (const [key, mark] of marks) {
      const page = await tx.store.get(key);
      if (!page) continue;
      const { lost: _, ...unmarked } = page;
      await tx.store.put(mark ? { ...unmarked, lost: mark } : unmarked, key);
    }
    await tx.done;
  });
}

function noteOf(count: number): string {
  const what = count === 1 ? 'One change' : `${count} changes`;
  return `${what} that waited on this device cannot be decrypted any more, and may not have been sent. What cannot be read is kept, and sent if this browser finds its key again. Look whether something is missing.`;
}
