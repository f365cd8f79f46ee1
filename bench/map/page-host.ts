import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';

/** A page of the bench and where it is to be had, with the town's tiles and the worker that draws them. */
export interface PageHost {
  readonly url: string;
  close(): void;
}

const root = join(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' },
};

/** @param name of the page's module in this folder, without its ending */
export async function hostPage(name: string): Promise<PageHost> {
  const dir = await pageIn(mkdtempSync(join(tmpdir(), 'jamz-page-')), name);
  const host = await serve(dir);
  return {
    url: host.url,
    close() {
      host.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function pageIn(dir: string, name: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', platform: 'browser' },
    conditions: ['production'],
    outdir: dir,
  });
  cpSync(join(root, 'playground/assets/monaco.pmtiles'), join(dir, 'monaco.pmtiles'));
  const worker = 'maplibre-gl-worker.mjs';
  cpSync(join(root, 'node_modules/maplibre-gl/dist', worker), join(dir, worker));
  const script = `<script type="module" src="/${name}.js"></script>`;
  writeFileSync(join(dir, 'index.html'), `<!doctype html><body style="margin: 0">${script}`);
  return dir;
}

/** With ranges, in which an archive of tiles is read. */
async function serve(dir: string): Promise<PageHost> {
  const host = createServer(({ url = '/', headers }, response) => {
    try {
      const name = url === '/' ? '/index.html' : url;
      const file = readFileSync(join(dir, name.replaceAll('..', '')));
      response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
      const [, from, to] = /^bytes=(\d+)-(\d+)$/u.exec(headers.range ?? '') ?? [];
      if (from === undefined) return void response.end(file);
      const last = Math.min(Number(to), file.length - 1);
      response.setHeader('content-range', `bytes ${from}-${last}/${file.length}`);
      response.writeHead(206).end(file.subarray(Number(from), last + 1));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const address = host.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    url: `http://localhost:${address.port}/`,
    close() {
      host.closeAllConnections();
      host.close();
    },
  };
}
