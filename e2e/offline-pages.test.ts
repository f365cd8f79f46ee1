import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../scripts/testing/until.ts';
import { startHostSite } from './host-site.ts';
import { openPlayground, phoneOn } from './phones.ts';
import { pushService } from './push-service.ts';
import { openStage } from './stage.ts';

/** Whether a cache whose name begins so holds this file. */
const isCached = (page: Page, prefix: string, file: string): Promise<boolean> =>
  page.evaluate(
    async ([start, name]) => {
      const names = (await caches.keys()).filter((key) => key.startsWith(start));
      for (const key of names) {
        const kept = await (await caches.open(key)).keys();
        if (kept.some(({ url }) => url.endsWith(`/${name}`))) return true;
      }
      return false;
    },
    [prefix, file] as const,
  );

const isControlled = (page: Page): Promise<boolean> =>
  page.evaluate(() => navigator.serviceWorker.controller !== null);

/** When something first stood on the screen, ms since the page was asked for. */
const firstPaintMs = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [entry] = list.getEntriesByName('first-contentful-paint');
          if (entry) resolve(entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );

describe('pages whose site has the service worker', () => {
  const stage = openStage();
  let context: BrowserContext;

  before(async () => {
    context = await stage.browser.newContext();
  });

  it('[SW4] paint when they are loaded again in a tunnel, and show what was there', async (test) => {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const { ana } = await openPlayground(page, stage.server.url);
    const before = await ana.titles();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await until(() => isCached(page, 'playground-', 'index.js'), 'the pages are kept');
    await stage.server.kill();

    const paintsMs: number[] = [];
    for (let round = 0; round < 5; round++) {
      await page.reload();
      paintsMs.push(await firstPaintMs(page));
    }
    const [, , medianMs = Number.NaN] = paintsMs.toSorted((a, b) => a - b);
    const figures = `${paintsMs.map(Math.round).join(', ')} ms`;
    test.diagnostic(figures);
    // `npm run bench:pages`, on a quiet machine.
    if (process.env['SECONDS']) ok(medianMs < 1_000, figures);
    const again = phoneOn(page, 'phone-a', 0);
    await again.element.locator('.phone-screen:not([hidden])').waitFor();
    await until(async () => (await again.titles()).length === before.length, 'the tracks show');
    deepEqual(await again.titles(), before);
    ok((await again.status()).state !== 'SYNCED');
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
      return (await fetch(link?.href ?? '')).json();
    });
    equal(manifest.display, 'standalone');
    await stage.server.restart();
    await page.close();
  });

  describe('of a host with a worker of its own, on another origin', () => {
    let host: Awaited<ReturnType<typeof startHostSite>>;
    let page: Page;

    before(async () => {
      host = await startHostSite(`${stage.server.url}/cdn`);
      await context.grantPermissions(['notifications'], { origin: host.url });
      page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(host.url);
      await until(() => isControlled(page), 'the host’s worker is at work');
    });
    after(() => host.close());

    it('[SW8] answer the host’s requests as before, and no others than ours', async () => {
      const text = (path: string) => page.evaluate(async (at) => (await fetch(at)).text(), path);
      equal(await text('/of-the-host'), 'the host’s own worker');
      equal(await page.evaluate(async () => (await fetch('/app-Ab3dEf9h.js')).status), 200);
      deepEqual(
        (await page.evaluate(() => caches.keys())).filter((name) => !name.startsWith('jamz')),
        ['host'],
      );
    });

    it('[SW4] have the elements’ modules in a tunnel', async () => {
      await until(() => isCached(page, 'jamz-modules-', 'jamz-player.js'), 'modules are kept');
      await until(() => isCached(page, 'jamz-modules-', 'jamz.js'), 'the loader is kept');
      await stage.server.kill();
      await page.reload();
      await page.waitForFunction(() => customElements.get('jamz-player') !== undefined);
      await page.locator('jamz-player').locator('[part]').first().waitFor();
      await stage.server.restart();
    });

    it('[SW3] show a push message once, though it is delivered twice, and leave the host its own', async () => {
      const pushes = await pushService(page);
      const message = {
        jamz: 1,
        id: 'm1',
        kind: 'session-planned',
        groupId: 'crew',
        title: 'Tonight at eight',
        body: 'Ana planned a session.',
        url: '/trip',
        at: Date.now(),
      };
      await pushes.deliver(message);
      equal((await pushes.shown()).length, 1);
      await pushes.putAway();
      await pushes.deliver(message);
      await pushes.deliver({ of: 'host', title: 'From the host' });
      await pushes.deliver({ ...message, id: 'm2', title: 'Tonight at nine' });
      deepEqual((await pushes.shown()).map(({ title, tag }) => [title, tag]).sort(), [
        ['From the host', ''],
        ['Tonight at nine', 'jamz-m2'],
      ]);
    });
  });
});
