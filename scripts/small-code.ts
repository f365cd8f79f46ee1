import { minify } from '@swc/core';
import { minifySync } from 'oxc-minify';
import type { Plugin } from 'rollup';

/** Rollup plugins that minify each file of a build. Names that are seen outside a file stay as they are. */
export function smallCode(): Plugin[] {
  return [shortCode(), shortNames()];
}

/** Folds what is used once into where it is used, and more of that kind. Names stay. */
function shortCode(): Plugin {
  return {
    name: 'short-code',
    async renderChunk(code) {
      const { code: short, map } = await minify(code, {
        module: true,
        ecma: 2022,
        // The other one makes its own `let`s; those made here are in its way.
        compress: { passes: 6, sequences: false, const_to_let: false },
        mangle: false,
        sourceMap: true,
      });
      return map === undefined ? { code: short } : { code: short, map };
    },
  };
}

/** Private ones of classes, too, which stand in every line. */
function shortNames(): Plugin {
  return {
    name: 'short-names',
    renderChunk(code, { fileName }) {
      const {
        code: short,
        map,
        errors,
      } = minifySync(fileName, code, {
        module: true,
        sourcemap: true,
        compress: { target: 'es2022' },
      });
      const [error] = errors;
      if (error) this.error(`${fileName}: ${error.message}`);
      return map ? { code: short, map: { ...map, version: 3 } } : { code: short };
    },
  };
}
