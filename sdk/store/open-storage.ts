import { newId, type UserId } from '../protocol/ids.ts';
import { forageKeyValue } from './forage-key-value.ts';
import type { Journal } from './journal.ts';
import type { KeyValue } from './key-value.ts';
import { lateJournal } from './late-journal.ts';
import { localKeyValue } from './local-key-value.ts';
import { memoryJournal } from './memory-journal.ts';
import { memoryKeyValue } from './memory-key-value.ts';

/** Everything a replica keeps, by what it is for. */
export interface ReplicaStorage {
  /** Who is signed in. */
  readonly identity: KeyValue;
  readonly preferences: KeyValue;
  /** The groups of a person and the places that lead to them, for a start without network. */
  readonly groups: KeyValue;
  /** What can be had again: peaks, begun uploads. */
  readonly caches: KeyValue;
  /** Sound. */
  readonly tracks: KeyValue;
  /** One journal per server, site, user and namespace. */
  journalOf(userId: UserId): Journal;
  /** Names what tabs with the same journal share; null where no other tab can see it. */
  tabsName(userId: UserId): string | null;
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
  const code = () => import('./idb-journal.ts');
  // Asked for at once: where somebody is signed in, the first picture waits for it.
  code().catch(() => {});
  const database = `jamz:${key.server}:${key.site}:${key.namespace}`;
  return {
    identity: localKeyValue(`${database}:identity:`),
    preferences: localKeyValue(`${database}:preferences:`),
    groups: localKeyValue(`${database}:groups:`),
    caches: forageKeyValue(database, 'caches'),
    tracks: forageKeyValue(`${database}:tracks`, 'tracks'),
    journalOf: (userId) =>
      lateJournal(async () => (await code()).idbJournal(`${database}:${userId}`, replicaId)),
    tabsName: (userId) => `${database}:${userId}`,
  };
}
