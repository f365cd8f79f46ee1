import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';
import {
  ask,
  openHost,
  openWorkerDomain,
  titles,
  type WorkerDomain,
  waitFor,
} from './worker-host.ts';

describe('the service worker', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  /** A visit in which 500 tracks are added offline; the page is closed then. */
  const tapInTheDark = async (): Promise<WorkerDomain> => {
    const domain = await openWorkerDomain(context, server.url);
    const page = await openHost(context, server.url);
    await ask(page, ({ jamz, current }) => {
      jamz?.online(false);
      for (let index = 0; index < 500; index++) {
        current?.addTracks([{ title: `Dark ${index}` }]);
      }
    });
    await waitFor(page, ({ jamz }) => jamz?.status$.value.pending === 500);
    await page.close();
    return domain;
  };

  it('[SW1] sends what was tapped offline once the page is closed, each op once', async () => {
    context = await browser.newContext({ bypassCSP: true });
    const domain = await tapInTheDark();
    await domain.sync();

    const other = await browser.newContext({ bypassCSP: true });
    const elsewhere = await openHost(other, server.url);
    await waitFor(elsewhere, ({ current }) => (current?.playlist$.value.length ?? 0) >= 500);
    const dark = (await ask(elsewhere, titles)).filter((title) => title.startsWith('Dark '));
    equal(dark.length, 500);
    deepEqual(
      dark,
      Array.from({ length: 500 }, (_, index) => `Dark ${index}`),
    );

    const again = await openHost(context, server.url);
    const status = await ask(again, ({ jamz }) => jamz?.status$.value);
    deepEqual([status?.state, status?.pending, status?.setAside], ['SYNCED', 0, 0]);
    deepEqual(await ask(again, titles), await ask(elsewhere, titles));
    await context.close();
    await other.close();
  });
});
