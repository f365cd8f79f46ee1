import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Jamz } from 'trafficjamz';
import { launchBrowser } from './browser.ts';
import { type HostPage, hostPage } from './engines/host.ts';
import { startServer, type TestServer } from './server.ts';

// What the host page has.
declare const jamz: Jamz;
declare function until<T>(holds: () => T): Promise<T>;

/** A name that is not this machine's own, so that plain http makes no secure context. */
const lan = 'phone.test';
const onLan = (url: string): string => url.replace(/localhost|127\.0\.0\.1/, lan);

describe('a page on plain http in a local network', () => {
  let host: HostPage;
  let server: TestServer;
  let browser: Browser;
  let page: Page;

  before(async () => {
    const args = [`--host-resolver-rules=MAP ${lan} 127.0.0.1`];
    [host, server, browser] = await Promise.all([hostPage(), startServer(), launchBrowser(args)]);
    page = await browser.newPage();
    await page.goto(onLan(host.at(onLan(server.url))));
  });
  after(async () => {
    await browser?.close();
    await Promise.all([host?.close(), server?.close()]);
  });

  it('[ST15] works, keeps nothing that people did, and says why and what to do', async () => {
    equal(await page.evaluate(() => isSecureContext), false);
    const status = await page.evaluate(async () => {
      await until(() => 'jamz' in globalThis);
      await jamz.session.signInAsGuest({ name: 'Ada' });
      const group = await jamz.createGroup({ name: 'Alps' });
      await until(() => jamz.status$.value.state === 'SYNCED' && group.info$.value !== null);
      Object.assign(globalThis, { group });
      await group.addTracks([{ title: 'In the open', url: 'https://music.example/1.mp3' }]).acked;
      return jamz.status$.value;
    });
    equal(status.storage, 'memory');
    match(status.storageNote ?? '', /https/);
    const kept = await page.evaluate(async () => {
      const databases = (await indexedDB.databases()).map(({ name = '' }) => name);
      let records = '';
      for (const name of databases) {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => resolve(opening.result);
          opening.onerror = () => reject(opening.error);
        });
        for (const store of db.objectStoreNames) {
          const asked = db.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => {
            asked.onsuccess = resolve;
          });
          records += JSON.stringify(asked.result);
        }
        db.close();
      }
      return records + JSON.stringify(Object.values(localStorage));
    });
    deepEqual([kept.includes('In the open'), kept.includes('Alps')], [false, false]);
  });

  it('[ST5] loses nothing that was typed while it is open', async () => {
    await server.kill();
    await page.evaluate(() => {
      const { group } = globalThis as unknown as { group: ReturnType<Jamz['group']> };
      group.addTracks([{ title: 'In the dark', url: 'https://music.example/2.mp3' }]);
    });
    await server.restart();
    const titles = await page.evaluate(async () => {
      await jamz.syncNow().catch(() => {});
      await until(() => jamz.status$.value.state === 'SYNCED' && jamz.status$.value.pending === 0);
      const { group } = globalThis as unknown as { group: ReturnType<Jamz['group']> };
      return group.playlist$.value.map(({ title }) => title);
    });
    deepEqual(titles, ['In the open', 'In the dark']);
  });
});
