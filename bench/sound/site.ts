import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** A host site with the phone's page and the tracks. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** The SDK's entry, from the root of the repository. */
  readonly sdk: string;
  readonly tracks: Readonly<Record<string, Uint8Array>>;
}

const root = resolve(import.meta.dirname, '../..');
const page = '<!doctype html><title>Phone</title><script type="module" src="/main.js"></script>';

export async function startSite({ sdk, tracks }: SiteOptions): Promise<Site> {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, 'page/main.ts')],
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    outdir: '/',
    alias: { trafficjamz: resolve(root, sdk) },
    // The editor's paths lead to the sources.
    tsconfigRaw: {},
  });
  const scripts = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const host = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url);
    const track = tracks[url];
    if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (track) response.writeHead(200, { 'content-type': 'audio/wav' }).end(track);
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const address = host.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given');
  return {
    // Localhost, where a page may encrypt.
    url: `http://localhost:${address.port}/`,
    async close() {
      host.closeAllConnections();
      host.close();
      await once(host, 'close');
    },
  };
}
