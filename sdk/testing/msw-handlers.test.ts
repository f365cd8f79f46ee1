import { equal } from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setupServer } from 'msw/node';
import { filter, firstValueFrom } from 'rxjs';
import type { Jamz } from '../api.ts';
import { connect } from '../connect.ts';
import { loopback } from './loopback.ts';
import { mswHandlers } from './msw-handlers.ts';

describe('msw’s handlers', () => {
  const address = 'https://jamz.example';
  const backend = loopback();
  const open: Jamz[] = [];
  let worker: ReturnType<typeof setupServer>;

  before(async () => {
    worker = setupServer(...(await mswHandlers(backend, `${address}/`)));
    worker.listen({ onUnhandledFrame: 'error' });
  });
  afterEach(() => Promise.all(open.splice(0).map((jamz) => jamz.close())));
  after(() => worker.close());

  const guest = async (name: string): Promise<Jamz> => {
    const jamz = connect({ server: address, site: 'pk_test', storage: 'memory' });
    open.push(jamz);
    await jamz.session.signInAsGuest({ name });
    return jamz;
  };

  it('answer a replica that knows of no test, requests and WebSocket', async () => {
    const ana = await (await guest('Ana')).openGroup('weekend');
    const bo = await (await guest('Bo')).openGroup('weekend');
    await ana.send('On our way').acked;
    const [message] = await firstValueFrom(bo.messages$.pipe(filter((all) => all.length > 0)));
    equal(message?.text, 'On our way');
    equal(ana.jamz.status$.value.state, 'SYNCED');
  });
});
