import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const replica = resolve(import.meta.dirname, '../../dist/sdk/index.js');

/** A host page of another origin than the TrafficJamz server, which stays up when that one is down. */
export interface HostPage {
  /** Where the page is that connects to this server. @param server its base URL */
  at(server: string): string;
  close(): Promise<void>;
}

/** Globals of the page: `jamz`, connected, and `until`, which resolves once a condition holds. */
const page = `<!doctype html><meta charset="utf-8"><title>A host page</title>
<script type="module">
  import { connect } from '/replica.js';
  globalThis.jamz = connect({ server: new URLSearchParams(location.search).get('server'), site: 'pk_demo' });
  globalThis.until = (holds) => new Promise((resolved, rejected) => {
    const look = () => {
      try {
        const found = holds();
        if (!found) return;
        clearInterval(timer);
        resolved(found);
      } catch (error) {
        clearInterval(timer);
        rejected(error);
      }
    };
    const timer = setInterval(look, 20);
    look();
  });
</script>`;

export async function hostPage(): Promise<HostPage> {
  const { outputFiles } = await build({
    entryPoints: [replica],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  const bundle = outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/replica.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? bundle : page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  return {
    at: (url) => `http://localhost:${address.port}/?server=${encodeURIComponent(url)}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
