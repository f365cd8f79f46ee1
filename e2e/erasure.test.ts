import { deepEqual, equal } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { filter, firstValueFrom } from 'rxjs';
import { connect, type Jamz } from 'trafficjamz';
import { startServer, type TestServer } from './server.ts';

type Connect = typeof connect;

const archive = resolve(import.meta.dirname, 'archive');
const versions = readdirSync(archive, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

async function replicaOf(version: string): Promise<Connect> {
  const { href } = pathToFileURL(resolve(archive, version, 'replica.mjs'));
  return ((await import(href)) as { connect: Connect }).connect;
}

const inStep = (jamz: Jamz): Promise<unknown> =>
  firstValueFrom(
    jamz.status$.pipe(filter(({ state, pending }) => state === 'SYNCED' && pending === 0)),
  );

describe('an account that is deleted', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  async function guest(connectTo: Connect, name: string): Promise<Jamz> {
    const jamz = connectTo({ server: server.url, site: 'pk_demo', storage: 'memory' });
    await jamz.session.signInAsGuest({ name });
    return jamz;
  }

  /** Ada speaks and deletes her account; of the two who look on Cleo is in a tunnel meanwhile. */
  async function erasedAmong(looksOn: Connect): Promise<void> {
    const ada = await guest(connect, 'Ada');
    const [ben, cleo] = [await guest(looksOn, 'Ben'), await guest(looksOn, 'Cleo')];
    try {
      const group = await ada.createGroup({ name: 'Alps' });
      const { code } = await group.invite();
      const joined = [await ben.joinGroup(code), await cleo.joinGroup(code)];
      await group.send('I am Ada').acked;
      for (const { messages$ } of joined) {
        await firstValueFrom(messages$.pipe(filter(({ length }) => length === 1)));
      }
      cleo.online(false);
      await ada.deleteAccount();
      equal(ada.session.user$.value, null);
      cleo.online(true);
      for (const { members$, messages$, send } of joined) {
        await firstValueFrom(members$.pipe(filter(({ length }) => length === 2)));
        equal(messages$.value[0]?.text, '—');
        const names = members$.value.map(({ name, role }) => `${name}: ${role}`).sort();
        deepEqual(names, ['Ben: owner', 'Cleo: member']);
        await send('We go on').acked;
      }
      await Promise.all([ben, cleo].map(inStep));
    } finally {
      await Promise.all([ada, ben, cleo].map((one) => one.close()));
    }
  }

  it('[ID12] [MG28] is seen no more by who was there and who was away, and its group has an owner', () =>
    erasedAmong(connect));

  for (const version of versions) {
    it(`[ID12] is seen no more by replicas of ${version}`, async () =>
      erasedAmong(await replicaOf(version)));
  }
});
