import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyValue } from '../store/key-value.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { createTrackCache, freeTracks } from './track-cache.ts';

const plenty = async (): Promise<number> => 10_000_000_000;

const file = (bytes: number): Blob => new Blob([new Uint8Array(bytes)]);

describe('the track cache', () => {
  it('gives back what an earlier version kept', async () => {
    const storage = memoryKeyValue();
    await storage.set('jamz:track:road', new ArrayBuffer(3));
    equal((await createTrackCache(storage, plenty).get('road'))?.size, 3);
  });

  it('gives back what was put, and nothing for what was not', async () => {
    const cache = createTrackCache(memoryKeyValue(), plenty);
    await cache.put('road', file(3));
    equal((await cache.get('road'))?.size, 3);
    equal(await cache.get('rain'), undefined);
  });

  it('keeps the fifty tracks heard last', async () => {
    const cache = createTrackCache(memoryKeyValue(), plenty);
    for (let track = 0; track < 50; track++) await cache.put(`t${track}`, file(1));
    await cache.get('t0');
    await cache.put('t50', file(1));
    equal((await cache.get('t0'))?.size, 1);
    equal(await cache.get('t1'), undefined);
    equal((await cache.get('t2'))?.size, 1);
  });

  it('drops the oldest where storage runs short, and leaves 50 MB to everything else', async () => {
    const storage = memoryKeyValue();
    const cache = createTrackCache(storage, async () => {
      const keys = (await storage.keys()).filter((key) => key.startsWith('jamz:track:'));
      return 50_000_000 + 25 - keys.length * 10;
    });
    for (const key of ['road', 'rain', 'coast']) await cache.put(key, file(10));
    equal(await cache.get('road'), undefined);
    equal((await cache.get('coast'))?.size, 10);
  });

  it('keeps nothing where there is no room at all', async () => {
    const storage = memoryKeyValue();
    const cache = createTrackCache(storage, async () => 1_000);
    await cache.put('road', file(10));
    equal(await cache.get('road'), undefined);
    deepEqual(
      (await storage.keys()).filter((key) => key.startsWith('jamz:track:')),
      [],
    );
  });

  it('goes on without a word when the storage is broken', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('disk on fire');
    };
    const storage: KeyValue = {
      get: broken,
      set: broken,
      remove: broken,
      keys: broken,
      clear: broken,
    };
    const cache = createTrackCache(storage, plenty);
    await cache.put('road', file(1));
    equal(await cache.get('road'), undefined);
  });

  it('[ST13] lets the tracks go that were heard longest ago, as many as are wanted', async () => {
    const storage = memoryKeyValue();
    const cache = createTrackCache(storage, plenty);
    for (const key of ['road', 'rain', 'coast']) await cache.put(key, file(10));
    await cache.get('road');
    equal(await freeTracks(storage, 15), 20);
    equal(await cache.get('rain'), undefined);
    equal(await cache.get('coast'), undefined);
    equal((await cache.get('road'))?.size, 10);
  });

  it('[ST13] lets everything go, also what no list names, and starts anew', async () => {
    const storage = memoryKeyValue();
    const cache = createTrackCache(storage, plenty);
    await cache.put('road', file(10));
    await storage.set('jamz:track:stray', file(10));
    equal(await freeTracks(storage, Number.POSITIVE_INFINITY), 10);
    deepEqual(await storage.keys(), []);
    await cache.put('rain', file(10));
    equal((await cache.get('rain'))?.size, 10);
  });

  it('[ST13] a track that comes while others go is neither lost nor forgotten', async () => {
    const storage = memoryKeyValue();
    const cache = createTrackCache(storage, plenty);
    await cache.put('road', file(10));
    await Promise.all([freeTracks(storage, 5), cache.put('rain', file(10))]);
    equal((await cache.get('rain'))?.size, 10);
    equal(await freeTracks(storage, 5), 10);
    equal(await cache.get('rain'), undefined);
  });
});
