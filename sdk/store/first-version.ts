import { JamzError } from '../protocol/errors.ts';
import { firstStores, type IdbHandle, type JournalDatabase } from './idb-handle.ts';
import { type JournalWrite, noChange } from './journal.ts';
import type { Keyring } from './keyring.ts';
import { sealWrite } from './sealed-write.ts';

const all = [...firstStores, 'ops', 'tails', 'folds'] as const;

/**
 * The first version kept everything unencrypted. What it left is encrypted, put where it belongs, and its stores are
 * emptied, in one transaction, the first time such a database is opened.
 */
export async function sealFirstVersion(handle: IdbHandle, keys: Keyring): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    const left = await handle.run(readLeft);
    if (!left) return;
    const sealed = await sealWrite(left.change, keys);
    const isDone = await handle.run(async (db) => {
      const tx = db.transaction(all, 'readwrite', { durability: 'strict' });
      // Another tab may have done it, or a last write of an older one come in, while this one encrypted.
      const isSame = (await tx.objectStore('outbox').count()) === left.change.enqueue.length;
      if (isSame) {
        const work: Promise<unknown>[] = [];
        // Their numbers stay: some of them may have been sent.
        for (const page of sealed.fresh) work.push(tx.objectStore('ops').add(page));
        for (const tail of sealed.tails) work.push(tx.objectStore('tails').put(tail));
        for (const { fold } of sealed.folds) work.push(tx.objectStore('folds').put(fold));
        for (const name of firstStores) work.push(tx.objectStore(name).clear());
        await Promise.all(work);
      }
      await tx.done;
      return isSame;
    });
    if (isDone) return;
  }
  throw new JamzError('unavailable', 'Another tab is writing what this one has to read. Reload.');
}

async function readLeft(db: JournalDatabase): Promise<{ change: JournalWrite } | undefined> {
  const tx = db.transaction(firstStores);
  const [enqueue, commits, snapshots] = await Promise.all([
    tx.objectStore('outbox').getAll(),
    tx.objectStore('commits').getAll(),
    tx.objectStore('snapshots').getAll(),
  ]);
  await tx.done;
  if (enqueue.length + commits.length + snapshots.length === 0) return undefined;
  return { change: { ...noChange, enqueue, commits, snapshots } };
}
