import { deepEqual, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../sdk/testing/seeded-random.ts';
import { openBadLink } from './bad-link.ts';

describe('the bad link', () => {
  let echo: Server;
  let port: number;

  before(async () => {
    echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const address = echo.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  after(() => echo.close());

  async function send(bytes: Buffer, loss: number): Promise<{ back: Buffer; ms: number }> {
    const link = await openBadLink(port, { roundTripMs: 60, loss, random: seededRandom(1) });
    const socket = connect(link.port, '127.0.0.1');
    const startMs = performance.now();
    socket.write(bytes);
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of socket) {
      pieces.push(piece);
      size += piece.length;
      if (size === bytes.length) break;
    }
    const ms = performance.now() - startMs;
    socket.destroy();
    await link.close();
    return { back: Buffer.concat(pieces), ms };
  }

  it('takes a round trip for a small message', async () => {
    const { ms } = await send(Buffer.from('hello'), 0);
    // Each timer of the way may be a millisecond early.
    ok(ms >= 50, `${ms} ms`);
  });

  it('takes one round trip more each way where everything is lost once', async () => {
    const { ms } = await send(Buffer.from('hello'), 1);
    ok(ms >= 150, `${ms} ms`);
  });

  it('gives every byte in order whatever is lost', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
    const { back } = await send(bytes, 0.2);
    deepEqual(back, bytes);
  });
});
