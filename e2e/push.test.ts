import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { until } from './phones.ts';
import { startServer, type TestServer } from './server.ts';
import { openHost, openOutsider } from './worker-host.ts';

/** What a browser's push service brings: the rest of the way to the person is the browser's and the worker's. */
describe('a push message', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let outsider: Page;
  let devtools: CDPSession;
  let registrationId: string;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    context = await browser.newContext({ bypassCSP: true });
    await context.grantPermissions(['notifications'], { origin: server.url });
    outsider = await openOutsider(context, server.url);
    devtools = await context.newCDPSession(outsider);
    const registered = Promise.withResolvers<string>();
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const one of registrations) {
        if (one.scopeURL.startsWith(server.url)) registered.resolve(one.registrationId);
      }
    });
    await devtools.send('ServiceWorker.enable');
    const page = await openHost(context, server.url);
    registrationId = await registered.promise;
    await page.close();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const deliver = (message: object): Promise<unknown> =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      origin: server.url,
      registrationId,
      data: JSON.stringify(message),
    });
  const shown = (): Promise<{ title: string; body: string; url: unknown }[]> =>
    outsider.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      const all = (await registration?.getNotifications()) ?? [];
      return all.map(({ title, body, data }) => ({ title, body, url: data?.url }));
    });
  const news = (id: string, title: string): object => ({
    ...{ jamz: 1, id, kind: 'message', groupId: 'crew', title, body: 'Fuel at exit 14?' },
    ...{ url: '/bare-host', at: 1_700_000_000_000 },
  });

  it('[WP3] is shown while no page is open, once however often it comes', async () => {
    await deliver(news('m1', 'Bo'));
    await until(async () => (await shown()).length === 1, 'it is shown');
    deepEqual(await shown(), [
      { title: 'Bo', body: 'Fuel at exit 14?', url: `${server.url}/bare-host` },
    ]);
    await outsider.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      for (const one of (await registration?.getNotifications()) ?? []) one.close();
    });
    await until(async () => (await shown()).length === 0, 'the person has put it away');
    await deliver(news('m1', 'Bo'));
    await deliver(news('m2', 'Chi'));
    await until(async () => (await shown()).length > 0, 'the next one is shown');
    deepEqual(
      (await shown()).map(({ title }) => title),
      ['Chi'],
    );
  });

  it('[SW8] that is a host’s own is left to the host', async () => {
    const before = (await shown()).length;
    await deliver({ title: 'A parcel is on its way' });
    await deliver(news('m3', 'Bo again'));
    await until(async () => (await shown()).length > before, 'ours is shown');
    equal(
      (await shown()).some(({ title }) => title.includes('parcel')),
      false,
    );
  });
});
