import { equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { leanIdb } from './lean-idb.ts';

async function bundled(idb?: string): Promise<string> {
  const bundle = await rollup({
    input: import.meta.resolve('idb').slice('file://'.length).replace('.cjs', '.js'),
    plugins: [
      { name: 'given', load: () => idb ?? null },
      leanIdb(),
      nodeResolve({ browser: true }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

describe('leanIdb', () => {
  it('leaves cursors out, and the rest as it was', async () => {
    const code = await bundled();
    equal(/iterate|AdvanceMethods|advanceResults/.test(code), false);
    equal(/export \{ deleteDB, openDB, unwrap, wrap \}/.test(code), true);
  });

  it('says that it does not know another idb', async () => {
    await rejects(bundled('export const openDB = 1;'), /another than lean-idb knows/);
  });
});
