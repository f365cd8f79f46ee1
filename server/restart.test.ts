import { equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WireError } from '../sdk/protocol/wire.ts';
import { openSocket, type TestSocket } from './gateway/gateway-fixture.ts';
import { type ServerProcess, serverProcess } from './process-fixture.ts';
import { type Travellers, travellers } from './travel-fixture.ts';

/** Generous: replicas wait for seconds by chance, and a busy machine starts processes slowly. */
const options = { timeout: 300_000 };

describe('replicas whose server ends in the middle of their work', options, () => {
  let server: ServerProcess;
  let people: Travellers;

  before(async () => {
    server = await serverProcess();
    await server.start();
    people = await travellers(server.base, ['ana', 'bo', 'cy']);
    await people.progress(150);
  });
  after(async () => {
    await people.close();
    await server.dispose();
  });

  it('[LG5] [OP4] go on by themselves after kill -9, with all that was acknowledged, once', async () => {
    equal(await server.end('SIGKILL'), null);
    await server.start();
    await people.progress(150);
    await people.arrive();
  });
});

describe('replicas whose server is started again', options, () => {
  let server: ServerProcess;
  let people: Travellers;
  let witness: TestSocket;

  before(async () => {
    server = await serverProcess();
    await server.start();
    people = await travellers(server.base, ['ana', 'bo']);
    witness = await openSocket(server.base, await guestAuth(server.base));
    await people.progress(100);
  });
  after(async () => {
    witness.socket.disconnect();
    await people.close();
    await server.dispose();
  });

  it('[BK12] are told when to come back, and do so with all that was acknowledged, once', async () => {
    const bye = witness.next<WireError>('bye');
    equal(await server.end('SIGTERM'), 0);
    const { code, message, retryAfterMs = 0 } = await bye;
    equal(code, 'unavailable');
    ok(message.includes('come back'), message);
    ok(retryAfterMs >= 500 && retryAfterMs <= 5_500, `${retryAfterMs} ms`);
    await server.start();
    await people.progress(100);
    await people.arrive();
  });
});

async function guestAuth(base: string): Promise<object> {
  const response = await fetch(`${base}/v1/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ site: 'pk_demo', name: 'Witness', via: 'body' }),
  });
  const { accessToken } = await response.json();
  return { version: 1, site: 'pk_demo', token: accessToken };
}
