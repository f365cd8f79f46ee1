import { build } from 'esbuild';

const prefix = '/__vendor/';

/**
 * A web-test-runner plugin that serves the named packages as one ES module each: CommonJS
 * packages cannot be imported by a browser, and packages of hundreds of files load slowly.
 *
 * @param {readonly string[]} names bare package names
 */
export function bundledVendors(names) {
  const bundles = new Map();
  return {
    name: 'bundled-vendors',
    resolveImport({ source }) {
      return names.includes(source) ? `${prefix}${source}.js` : undefined;
    },
    serve({ path }) {
      if (!path.startsWith(prefix)) return undefined;
      const name = path.slice(prefix.length, -'.js'.length);
      if (!names.includes(name)) return undefined;
      if (!bundles.has(name)) bundles.set(name, bundle(name));
      return bundles.get(name);
    },
  };
}

async function bundle(name) {
  const result = await build({
    entryPoints: [name],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    write: false,
  });
  return { body: result.outputFiles[0].text, type: 'js' };
}
