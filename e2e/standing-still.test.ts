import { deepEqual, equal } from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { openPage } from './browser.ts';
import { openStage } from './stage.ts';

/** What the page adds up as it happens: [Layout Instability](https://wicg.github.io/layout-instability/). */
declare const moved: number[];

describe('a page with the stylesheet that keeps the room of elements', () => {
  const stage = openStage();
  let host: Server;

  before(async () => {
    host = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(stage.server.url));
    });
    await new Promise<void>((listening) => host.listen(0, '127.0.0.1', listening));
  });
  after(() => {
    host?.closeAllConnections();
    host?.close();
  });

  for (const width of [1280, 390]) {
    it(`stands still while they come, ${width} pixels wide`, async () => {
      const { page, problems } = await openPage(stage.browser, { width });
      await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
      await page.waitForFunction(() =>
        document
          .querySelector('jamz-player')
          ?.shadowRoot?.querySelector('[part=toggle]:not(:disabled)'),
      );
      await page.waitForFunction(() =>
        document.querySelector('jamz-sync-indicator')?.shadowRoot?.querySelector('#pill'),
      );
      // What has just been shown is painted, and told of, before the frame after the next.
      await page.evaluate(
        () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))),
      );
      deepEqual(await page.evaluate(() => moved), []);
      deepEqual(problems, []);
      await page.context().close();
    });
  }

  it('gives way to sizes of the page’s own', async () => {
    const { page } = await openPage(stage.browser);
    await page.setContent(
      `${sheetOf(stage.server.url)}<style>jamz-player { min-block-size: 7px }</style><jamz-player></jamz-player>`,
    );
    await page.waitForFunction(() => document.styleSheets.length === 2);
    const size = await page.evaluate(() => {
      const player = document.querySelector('jamz-player');
      return player && getComputedStyle(player).minHeight;
    });
    equal(size, '7px');
    await page.context().close();
  });
});

function sheetOf(server: string): string {
  return `<link rel="stylesheet" href="${server}/cdn/jamz.css">`;
}

function pageOf(server: string): string {
  return `<!doctype html><html lang="en"><title>A site</title>
${sheetOf(server)}
<script>
  const moved = [];
  new PerformanceObserver((list) => moved.push(...list.getEntries().map(({ value }) => value)))
    .observe({ type: 'layout-shift', buffered: true });
</script>
<script type="module" src="${server}/cdn/jamz.js"></script>
<p>Above</p>
<jamz-player server="${server}" site="pk_demo"></jamz-player>
<p>Between</p>
<p>In the text, <jamz-sync-indicator server="${server}" site="pk_demo"></jamz-sync-indicator></p>
<p>Below</p>`;
}
