import type { ReplicaId } from '../protocol/ids.ts';
import { browserJournal } from './browser-journal.ts';
import { deviceRoom, type FreeTracks } from './device-room.ts';
import { idbJournal } from './idb-journal.ts';
import type { Journal } from './journal.ts';
import type { KeyValue } from './key-value.ts';
import { localKeyValue } from './local-key-value.ts';
import { sealedKeyValue } from './sealed-key-value.ts';

/** What of a person is kept in this browser: a journal for each replica, and what can be had again. */
export function openBrowserStore(
  database: string,
  newReplicaId: () => ReplicaId,
  freeTracks: FreeTracks,
): { readonly journalOf: (name: string) => Journal; readonly kept: KeyValue } {
  const room = deviceRoom(freeTracks, localKeyValue(`${database}:stores:`));
  forgetFirstVersion(database);
  return {
    journalOf: (name) => browserJournal(name, idbJournal(name, newReplicaId), room),
    kept: sealedKeyValue(`${database}:kept`),
  };
}

/** The first version kept the list of groups and begun uploads unencrypted: both can be had again. */
function forgetFirstVersion(database: string): void {
  localKeyValue(`${database}:groups:`)
    .clear()
    .catch(() => {});
  try {
    indexedDB.deleteDatabase(database);
  } catch {
    // Where there is no database to open, there is none to delete.
  }
}
