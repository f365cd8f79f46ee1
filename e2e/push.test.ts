import { deepEqual } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type PushService, pushService } from './push-service.ts';
import { startServer, type TestServer } from './server.ts';
import { openHost, openOutsider } from './worker-host.ts';

/** What a browser's push service brings: the rest of the way to the person is the browser's and the worker's. */
describe('a push message', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let outsider: Page;
  let pushes: PushService;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    context = await browser.newContext({ bypassCSP: true });
    await context.grantPermissions(['notifications'], { origin: server.url });
    outsider = await openOutsider(context, server.url);
    const page = await openHost(context, server.url);
    pushes = await pushService(outsider);
    await page.close();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const news = (id: string, title: string): object => ({
    ...{ jamz: 1, id, kind: 'message', groupId: 'crew', title, body: 'Fuel at exit 14?' },
    ...{ url: '/bare-host', at: 1_700_000_000_000 },
  });

  it('[WP3] is shown while no page is open, once however often it comes', async () => {
    await pushes.deliver(news('m1', 'Bo'));
    deepEqual(await pushes.shown(), [
      { title: 'Bo', body: 'Fuel at exit 14?', tag: 'jamz-m1', url: `${server.url}/bare-host` },
    ]);
    await pushes.putAway();
    await pushes.deliver(news('m1', 'Bo'));
    await pushes.deliver(news('m2', 'Chi'));
    deepEqual(
      (await pushes.shown()).map(({ title }) => title),
      ['Chi'],
    );
  });

  it('[SW8] that is a host’s own is left to the host', async () => {
    await pushes.putAway();
    await pushes.deliver({ title: 'A parcel is on its way' });
    await pushes.deliver(news('m3', 'Bo again'));
    deepEqual(
      (await pushes.shown()).map(({ title }) => title),
      ['Bo again'],
    );
  });
});
