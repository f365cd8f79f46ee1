import { minifySync } from 'oxc-minify';
import type { Plugin } from 'rollup';

/** A rollup plugin that minifies each file of a build. Names that are seen outside a file stay as they are. */
export function smallCode(): Plugin {
  return {
    name: 'small-code',
    renderChunk(code, { fileName }) {
      const {
        code: small,
        map,
        errors,
      } = minifySync(fileName, code, {
        module: true,
        sourcemap: true,
        compress: { target: 'es2022' },
      });
      const [error] = errors;
      if (error) this.error(`${fileName}: ${error.message}`);
      return map ? { code: small, map: { ...map, version: 3 } } : { code: small };
    },
  };
}
