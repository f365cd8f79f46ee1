import { join } from 'node:path';
import MagicString from 'magic-string';
import type { Plugin } from 'rollup';

/** What of idb is left out, each from its first words up to the words behind it. */
const cuts: readonly (readonly [from: string, to: string])[] = [
  ['const instanceOfAny', '/**\n * Open a database.'],
  ['const readMethods', 'export {'],
];
const [exported, lean] = [
  'export { deleteDB, openDB, unwrap, wrap };',
  'export { deleteDB, openDB };',
];

/**
 * A rollup plugin for idb: it opens databases as it does, and what it hands out is wrapped by `idb-wrap.ts`, which does
 * what our stores need of it in a third of the bytes. No bundler can shake off the rest.
 */
export function leanIdb(): Plugin {
  return {
    name: 'lean-idb',
    transform(code, id) {
      if (!id.endsWith('/idb/build/index.js')) return null;
      const short = withoutWraps(code, join(import.meta.dirname, 'idb-wrap.ts'));
      return { code: short.toString(), map: short.generateMap({ hires: true }) };
    },
  };
}

/** @throws {Error} where it is another idb than this file knows */
export function withoutWraps(code: string, wraps: string): MagicString {
  const short = new MagicString(code);
  const place = (words: string, after = 0): number => {
    const found = code.indexOf(words, after);
    if (found < 0) throw new Error(`idb is another than lean-idb knows: no “${words}”.`);
    return found;
  };
  for (const [from, to] of cuts) {
    const start = place(from);
    short.remove(start, place(to, start));
  }
  const end = place(exported);
  short.overwrite(end, end + exported.length, lean);
  return short.prepend(`import { wrap } from ${JSON.stringify(wraps)};\n`);
}
