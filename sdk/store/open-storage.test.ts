import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UserId } from '../protocol/ids.ts';
import { entry } from './journal.contract.ts';
import { noChange } from './journal.ts';
import { openStorage, type ReplicaStorage } from './open-storage.ts';

const key = { server: 'https://jam.example', site: 'pk_test', namespace: 'main' };

describe('the storage of a page', () => {
  const waiting = async (storage: ReplicaStorage, userId: UserId): Promise<string[]> => {
    const { outbox } = await storage.journalOf(userId).load();
    return outbox.map(({ op }) => op.opId);
  };

  it('[AC7] keeps what waits of a person for that person, and from the next one', async () => {
    const storage = openStorage('memory', key, Math.random);
    await storage.journalOf('ana').write({ ...noChange, enqueue: [entry('hers')] });
    deepEqual(await waiting(storage, 'bo'), []);
    deepEqual(await waiting(storage, 'ana'), ['hers']);
  });
});
