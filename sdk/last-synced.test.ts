import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { lastSynced } from './last-synced.ts';
import type { KeyValue } from './store/key-value.ts';
import { memoryKeyValue } from './store/memory-key-value.ts';
import { restingStatus } from './sync/status.ts';

const at = (lastSyncedAt: number | null) => ({ ...restingStatus, lastSyncedAt });

describe('when a replica was last in step', () => {
  let storage: KeyValue;
  let writes: unknown[];

  const visit = async (userId: string) => {
    const last = lastSynced(storage);
    await last.userChanged(userId);
    return last;
  };

  beforeEach(() => {
    const memory = memoryKeyValue();
    writes = [];
    storage = {
      ...memory,
      set: async (key, value) => {
        writes.push(value);
        await memory.set(key, value);
      },
    };
  });

  it('[CA2] is known after a reload, until it is in step again', async () => {
    (await visit('ana')).told(at(50_000), 'ana');
    const next = await visit('ana');
    equal(next.told(at(null), 'ana').lastSyncedAt, 50_000);
    equal(next.told(at(90_000), 'ana').lastSyncedAt, 90_000);
  });

  it('is another person’s own', async () => {
    const last = await visit('ana');
    await last.userChanged('bo');
    // The replica of the one before is still closing.
    last.told(at(50_000), 'ana');
    equal(last.told(at(null), undefined).lastSyncedAt, null);
    await last.userChanged(undefined);
    last.told(at(70_000), undefined);
    await last.userChanged('ana');
    equal(last.told(at(null), 'ana').lastSyncedAt, 50_000);
  });

  it('is written once in ten seconds at most, and again when the clock was set back', async () => {
    const last = await visit('ana');
    for (const ms of [50_000, 50_001, 59_999, 60_000, 60_001, 20_000]) last.told(at(ms), 'ana');
    deepEqual(writes, [50_000, 60_000, 20_000]);
  });

  it('stays unknown where storage holds something else', async () => {
    await storage.set('synced:ana', 'yesterday');
    equal((await visit('ana')).told(at(null), 'ana').lastSyncedAt, null);
  });
});
