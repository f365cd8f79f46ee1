import { newId, type UserId } from '../protocol/ids.ts';
import { forageKeyValue } from './forage-key-value.ts';
import { idbJournal } from './idb-journal.ts';
import type { Journal } from './journal.ts';
import type { KeyValue } from './key-value.ts';
import { memoryJournal } from './memory-journal.ts';
import { memoryKeyValue } from './memory-key-value.ts';

/** Everything a replica keeps, by what it is for. */
export interface ReplicaStorage {
  /** Who is signed in. */
  readonly identity: KeyValue;
  readonly preferences: KeyValue;
  /** What can be had again: addresses, peaks, lists. */
  readonly caches: KeyValue;
  /** Sound. */
  readonly tracks: KeyValue;
  /** One journal per server, site, user and namespace. */
  journalOf(userId: UserId): Journal;
}

export function openStorage(
  kind: 'browser' | 'memory',
  key: { readonly server: string; readonly site: string; readonly namespace: string },
  random: () => number,
): ReplicaStorage {
  const replicaId = (): string => newId(random);
  if (kind === 'memory' || typeof indexedDB === 'undefined') {
    const journals = new Map<UserId, Journal>();
    return {
      identity: memoryKeyValue(),
      preferences: memoryKeyValue(),
      caches: memoryKeyValue(),
      tracks: memoryKeyValue(),
      journalOf(userId) {
        const journal = journals.get(userId) ?? memoryJournal(replicaId());
        journals.set(userId, journal);
        return journal;
      },
    };
  }
  const database = `jamz:${key.server}:${key.site}:${key.namespace}`;
  return {
    identity: forageKeyValue(database, 'identity'),
    preferences: forageKeyValue(database, 'preferences'),
    caches: forageKeyValue(database, 'caches'),
    tracks: forageKeyValue(`${database}:tracks`, 'tracks'),
    journalOf: (userId) => idbJournal(`${database}:${userId}`, replicaId),
  };
}
