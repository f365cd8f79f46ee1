import MagicString from 'magic-string';
import type { Plugin } from 'rollup';

/** What of idb only cursors need, each from its first words up to the words behind it. */
const cuts: readonly (readonly [from: string, to: string])[] = [
  [
    '// This is a function to prevent it throwing up in node environments.\nfunction getCursor',
    'const transactionDoneMap',
  ],
  [
    '    if (getCursorAdvanceMethods()',
    "    return function (...args) {\n        // Calling the original function with the proxy as 'this' causes ILLEGAL INVOCATION, so we use\n        // the original object.\n        return wrap(func",
  ],
  ['const advanceMethodProps', 'export {'],
];

/**
 * A rollup plugin for idb: leaves out cursors and the loops over them, which no store of ours uses and no bundler can
 * shake off.
 */
export function leanIdb(): Plugin {
  return {
    name: 'lean-idb',
    transform(code, id) {
      if (!id.endsWith('/idb/build/index.js')) return null;
      const lean = new MagicString(code);
      for (const [from, to] of cuts) {
        const start = code.indexOf(from);
        const end = code.indexOf(to, start);
        if (start < 0 || end < 0) this.error(`idb is another than lean-idb knows: no “${from}”.`);
        lean.remove(start, end);
      }
      return { code: lean.toString(), map: lean.generateMap({ hires: true }) };
    },
  };
}
