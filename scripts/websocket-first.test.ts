import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { type OutputChunk, rollup } from 'rollup';
import { websocketFirst } from './websocket-first.ts';

describe('websocketFirst', () => {
  it('leaves long polling to a file of its own, and WebTransport out', async () => {
    const entry = `import { io, NodeWebSocket } from 'socket.io-client';
      export const open = () => io('', { transports: [NodeWebSocket] });
      export const later = () => import('later');`;
    const sources: Record<string, string> = {
      entry,
      later: `export { Fetch } from 'socket.io-client';`,
    };
    const bundle = await rollup({
      input: 'entry',
      plugins: [
        {
          name: 'sources',
          resolveId(id, importer) {
            if (id in sources) return id;
            // What the made-up files import is looked for from here.
            return importer && importer in sources ? this.resolve(id, import.meta.filename) : null;
          },
          load: (id) => sources[id] ?? null,
        },
        websocketFirst(),
        nodeResolve({ browser: true }),
      ],
    });
    const { output } = await bundle.generate({ format: 'es' });
    const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
    const holding = (transport: string): OutputChunk[] =>
      chunks.filter(({ modules }) =>
        Object.keys(modules).some((id) => id.endsWith(`/transports/${transport}.js`)),
      );
    equal(holding('websocket').length, 1);
    equal(holding('polling-fetch').length, 1);
    notEqual(holding('websocket')[0], holding('polling-fetch')[0]);
    deepEqual([...holding('webtransport'), ...holding('polling-xhr')], []);
  });
});
