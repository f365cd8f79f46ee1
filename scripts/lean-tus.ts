import type { Plugin } from 'rollup';

const nativeUrl = '\0native-url';

/**
 * A rollup plugin for tus-js-client: takes the sources that the package ships instead of their translation for old
 * browsers, and the browser's own `URL` instead of a package that does the same. It halves what an upload loads.
 */
export function leanTus(): Plugin {
  return {
    name: 'lean-tus',
    resolveId(source, importer) {
      if (source === 'url-parse') return nativeUrl;
      if (source !== 'tus-js-client') return null;
      return this.resolve('tus-js-client/lib/browser/index.js', importer);
    },
    load: (id) => (id === nativeUrl ? 'export default URL;' : null),
  };
}
