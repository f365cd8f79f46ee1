import { deepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fetchLateParts, lateParts } from './late-parts.ts';

describe('parts that come late', () => {
  it('[ST16] are fetched one after the other while the page rests, though one of them does not come', async () => {
    const seen: string[] = [];
    const atRest = async (): Promise<void> => {
      seen.push('rest');
    };
    await fetchLateParts(atRest, [
      async () => seen.push('one'),
      () => Promise.reject(new TypeError('Failed to fetch')),
      async () => seen.push('three'),
    ]);
    deepEqual(seen, ['rest', 'one', 'rest', 'rest', 'three']);
  });

  it('[ST16] are all there', async () => {
    for (const fetchPart of lateParts) ok(await fetchPart());
  });
});
