import { deepEqual } from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { type PushService, pushService } from './push-service.ts';
import { openStage } from './stage.ts';
import { openHost, openOutsider } from './worker-host.ts';

/** What a browser's push service brings: the rest of the way to the person is the browser's and the worker's. */
describe('a push message', () => {
  const stage = openStage();
  let context: BrowserContext;
  let outsider: Page;
  let pushes: PushService;

  before(async () => {
    context = await stage.browser.newContext({ bypassCSP: true });
    await context.grantPermissions(['notifications'], { origin: stage.server.url });
    outsider = await openOutsider(context, stage.server.url);
    const page = await openHost(context, stage.server.url);
    pushes = await pushService(outsider);
    await page.close();
  });

  const news = (id: string, title: string): object => ({
    ...{ jamz: 1, id, kind: 'message', groupId: 'crew', title, body: 'Fuel at exit 14?' },
    ...{ url: '/bare-host', at: 1_700_000_000_000 },
  });

  it('[WP3] is shown while no page is open, once however often it comes', async () => {
    await pushes.deliver(news('m1', 'Bo'));
    deepEqual(await pushes.shown(), [
      {
        title: 'Bo',
        body: 'Fuel at exit 14?',
        tag: 'jamz-m1',
        url: `${stage.server.url}/bare-host`,
      },
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
