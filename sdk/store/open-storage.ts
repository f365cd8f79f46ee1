import { newId, type UserId } from '../protocol/ids.ts';
import { openBrowserStore } from './browser-store.ts';
import type { FreeTracks } from './device-room.ts';
import { forageKeyValue } from './forage-key-value.ts';
import type { Journal } from './journal.ts';
import type { KeyValue } from './key-value.ts';
import { localKeyValue } from './local-key-value.ts';
import { memoryJournal } from './memory-journal.ts';
import { memoryKeyValue } from './memory-key-value.ts';

/** Everything a replica keeps, by what it is for. */
export interface ReplicaStorage {
  /** Who is signed in. */
  readonly identity: KeyValue;
  readonly preferences: KeyValue;
  /** The groups of a person and the places that lead to them, for a start without network. Encrypted. */
  readonly groups: KeyValue;
  /** What can be had again: peaks, begun uploads, notices. Plain JSON; encrypted. */
  readonly caches: KeyValue;
  /** Sound. */
  readonly tracks: KeyValue;
  /** One journal per server, site, user and namespace. */
  journalOf(userId: UserId): Journal;
  /** Names what tabs with the same journal share; null where no other tab can see it. */
  tabsName(userId: UserId): string | null;
}

/**
 * @param kind where it is kept: `browser` also falls back to memory where there is no IndexedDB
 * @param freeTracks lets music go where the journal needs its room
 */
export function openStorage(
  kind: 'browser' | 'memory',
  key: { readonly server: string; readonly site: string; readonly namespace: string },
  random: () => number,
  freeTracks: FreeTracks = async () => 0,
): ReplicaStorage {
  const replicaId = (): string => newId(random);
  if (kind === 'memory' || typeof indexedDB === 'undefined') {
    const journals = new Map<UserId, Journal>();
    return {
      identity: memoryKeyValue(),
      preferences: memoryKeyValue(),
      groups: memoryKeyValue(),
      caches: memoryKeyValue(),
      tracks: memoryKeyValue(),
      journalOf(userId) {
        const journal = journals.get(userId) ?? memoryJournal(replicaId());
        journals.set(userId, journal);
        return journal;
      },
      tabsName: () => null,
    };
  }
  const database = `jamz:${key.server}:${key.site}:${key.namespace}`;
  const { kept, journalOf } = openBrowserStore(database, replicaId, freeTracks);
  return {
    identity: localKeyValue(`${database}:identity:`),
    preferences: localKeyValue(`${database}:preferences:`),
    groups: kept,
    caches: kept,
    tracks: forageKeyValue(`${database}:tracks`, 'tracks'),
    journalOf: (userId) => journalOf(`${database}:${userId}`),
    tabsName: (userId) => `${database}:${userId}`,
  };
}
