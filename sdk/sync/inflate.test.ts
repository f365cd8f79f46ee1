import { deepEqual, rejects } from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { readJson } from './inflate.ts';

const value = { title: 'Ærø – 旅', list: Array.from({ length: 2_000 }, (_, at) => at) };
const bytes = new Uint8Array(deflateRawSync(JSON.stringify(value)));
/** In pieces, as chunks come, one of them cut through a letter. */
const parts = [bytes.subarray(0, 7), bytes.subarray(7, 900), bytes.subarray(900)];
const { getBuiltinModule } = process;

describe('the bytes of a snapshot', () => {
  afterEach(() => {
    process.getBuiltinModule = getBuiltinModule;
  });

  for (const [where, builtin] of [
    ['in Node', getBuiltinModule],
    ['in browsers', undefined],
  ] as const) {
    const openThere = (pieces: readonly Uint8Array[]): Promise<unknown> => {
      Object.assign(process, { getBuiltinModule: builtin });
      return readJson(pieces, undefined);
    };

    it(`are opened ${where}, in however many pieces they come`, async () => {
      deepEqual(await openThere(parts), value);
    });

    it(`are refused ${where} where the end is missing`, async () => {
      await rejects(openThere(parts.slice(0, 2)));
    });

    it(`are refused ${where} where they are something else`, async () => {
      await rejects(openThere([new Uint8Array([255, 254, 253])]));
    });
  }

  it('are read as they are where they are not deflated', async () => {
    const plain = new TextEncoder().encode(JSON.stringify(value));
    deepEqual(await readJson([plain.subarray(0, 12), plain.subarray(12)], 'json'), value);
  });
});
