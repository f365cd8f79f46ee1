import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import type { KeyValue } from '../store/key-value.ts';
import { createFileAddresses, type FileAddresses } from './addresses.ts';

describe('file addresses', () => {
  let asked: string[];
  let nowMs: number;
  let peaks: readonly number[] | null;
  let kept: Map<string, unknown>;
  let addresses: FileAddresses;

  const http = (async (_method: string, path: string) => {
    asked.push(path);
    if (path.includes('broken')) throw new JamzError('unavailable', 'no network');
    if (path.endsWith('/peaks')) return { peaks, durationMs: 1 };
    return {
      url: `/v1/${path.replace('/url', '')}&n=${asked.length}`,
      expiresAtMs: nowMs + 900_000,
    };
  }) as Http;
  const caches: KeyValue = {
    get: async <T>(key: string) => kept.get(key) as T | undefined,
    set: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
    clear: async () => kept.clear(),
  };

  beforeEach(() => {
    asked = [];
    nowMs = 0;
    peaks = [0, 1];
    kept = new Map();
    const deps = {
      server: 'https://jamz.example',
      http,
      caches,
      nowMs: () => nowMs,
      urlOfUpload: async (id: string) => `blob:${id}`,
    };
    addresses = createFileAddresses(deps);
  });

  it('are whole, and asked for once while they are good for a minute', async () => {
    const first = await addresses.url('song', 'audio');
    equal(first, 'https://jamz.example/v1/files/song?variant=audio&n=1');
    nowMs = 839_999;
    equal(await addresses.url('song', 'audio'), first);
    nowMs = 840_000;
    equal(await addresses.url('song', 'audio'), first.replace('n=1', 'n=2'));
  });

  it('asked for twice at once cost one request; sound and artwork are two', async () => {
    const both = await Promise.all([
      addresses.url('song', 'audio'),
      addresses.url('song', 'audio'),
    ]);
    equal(both[0], both[1]);
    await addresses.url('song', 'artwork');
    equal(asked.length, 2);
  });

  it('that failed are asked for again', async () => {
    await rejects(addresses.url('broken', 'audio'), { code: 'unavailable' });
    await rejects(addresses.url('broken', 'audio'), { code: 'unavailable' });
    equal(asked.length, 2);
  });

  it('keep peaks on the device, but not that there are none yet', async () => {
    peaks = null;
    equal(await addresses.peaks('song'), null);
    peaks = [0, 1];
    deepEqual(await addresses.peaks('song'), [0, 1]);
    deepEqual(await addresses.peaks('song'), [0, 1]);
    equal(asked.length, 2);
  });
});
