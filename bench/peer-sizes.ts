import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What a replica weighs in a browser, kB of minified JavaScript and WebAssembly after gzip. */
export interface BundleSize {
  /** Loaded before anything works. */
  readonly firstKb: number;
  /** With all that is loaded when it is needed. */
  readonly allKb: number;
}

interface Measured {
  readonly initGz?: number;
  readonly allJsGz?: number;
  readonly wasmGz?: number;
}

/** Their smallest client that also keeps its store on the device, under these names; others have none. */
const withStore: Readonly<Record<string, string>> = {
  'automerge-repo': 'automerge-repo + storage-indexeddb',
  jazz: 'cojson + storage-indexeddb',
  logux: 'logux CrossTabClient + IndexedStore',
  tinybase: 'tinybase + IndexedDB persister',
  'yjs-hocuspocus': 'yjs-hocuspocus + IndexedDB',
  'yjs-ywebsocket': 'yjs + y-websocket + y-indexeddb',
};

/**
 * Reads what the harness measured of the others.
 *
 * @param dir of the harness
 * @returns by a peer's name; undefined for one that was not measured
 */
export function peerSizes(dir: string): (peer: string) => BundleSize | undefined {
  const file = join(dir, 'results/bundle.json');
  if (!existsSync(file)) return () => undefined;
  const measured: Readonly<Record<string, Measured>> = JSON.parse(readFileSync(file, 'utf8'));
  return (peer) => {
    const { initGz, allJsGz, wasmGz = 0 } = measured[withStore[peer] ?? peer] ?? {};
    if (initGz === undefined || allJsGz === undefined) return undefined;
    return { firstKb: (initGz + wasmGz) / 1_000, allKb: (allJsGz + wasmGz) / 1_000 };
  };
}

/** The built SDK by the bundler and the options that the harness has for the others. */
export async function ownSize(): Promise<BundleSize> {
  const entry = resolve(import.meta.dirname, '../dist/sdk/index.js');
  const contents = `import { connect } from ${JSON.stringify(entry)}; globalThis.jamz = connect({ server: '', site: '' });`;
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    ...{ bundle: true, minify: true, splitting: true, write: false, metafile: true },
    ...{ format: 'esm', platform: 'browser', target: 'es2022', outdir: 'out' },
    conditions: ['browser', 'production'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const gzipKb = (paths: ReadonlySet<string>): number => {
    let bytes = 0;
    for (const { path, contents: code } of outputFiles) {
      if (paths.has(path)) bytes += gzipSync(code, { level: 9 }).length;
    }
    return bytes / 1_000;
  };
  const outputs = Object.keys(metafile.outputs);
  const first = new Set<string>();
  const load = (path: string | undefined): void => {
    if (path === undefined || first.has(resolve(path))) return;
    first.add(resolve(path));
    for (const { kind, path: next } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') load(next);
    }
  };
  load(outputs.find((path) => path.endsWith('stdin.js')));
  return { firstKb: gzipKb(first), allKb: gzipKb(new Set(outputs.map((path) => resolve(path)))) };
}
