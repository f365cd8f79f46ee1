import { doesNotMatch, match, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { leanIdb } from './lean-idb.ts';

async function bundled(idb?: string): Promise<string> {
  const bundle = await rollup({
    input: import.meta.resolve('idb').slice('file://'.length).replace('.cjs', '.js'),
    plugins: [
      { name: 'given', load: (id) => (id.endsWith('/idb/build/index.js') ? idb : null) },
      leanIdb(),
      esbuild(),
      nodeResolve({ browser: true }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

describe('leanIdb', () => {
  it('leaves idb its way of opening, and takes the rest from this tree', async () => {
    const code = await bundled();
    match(code, /indexedDB\.open\(name, version\)/);
    match(code, /'upgradeneeded'/);
    doesNotMatch(code, /iterate|cachedMethods|transformCache/);
    match(code, /export \{ deleteDB, openDB \}/);
  });

  it('says that it does not know another idb', async () => {
    await rejects(bundled('export const openDB = 1;'), /another than lean-idb knows/);
  });
});
