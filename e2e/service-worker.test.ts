import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { until } from '../scripts/testing/until.ts';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';
import {
  ask,
  fire,
  forgetTokens,
  openGroup,
  openHost,
  openOutsider,
  recordsOf,
  tapInTheDark,
  titles,
} from './worker-host.ts';

const named = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix} ${index}`);

describe('the service worker', () => {
  let server: TestServer;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const newContext = async (): Promise<BrowserContext> => {
    const made = await browser.newContext({ bypassCSP: true });
    contexts.push(made);
    return made;
  };

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  after(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    await server.close();
  });

  it('[SW1] sends what was tapped offline once the page is closed, each op once', async () => {
    const context = await newContext();
    const page = await openHost(context, server.url);
    await tapInTheDark(page, 'Dark', 500);
    await page.close();
    // Nobody calls it: the browser itself fires `sync`, because the page has asked for it.
    const elsewhere = await openHost(await newContext(), server.url);
    await until(
      async () => (await titles(elsewhere, 'Dark')).length === 500,
      'the server has all of them',
    );
    deepEqual(await titles(elsewhere, 'Dark'), named('Dark', 500));

    const again = await openHost(context, server.url);
    const status = await ask(again, ({ jamz }) => jamz?.status$.value);
    deepEqual([status?.state, status?.pending, status?.setAside], ['SYNCED', 0, 0]);
    deepEqual(await titles(again, 'Dark'), named('Dark', 500));
  });

  it('[SW2] without a token leaves the outbox and its attempts as they are', async () => {
    const context = await newContext();
    const outsider = await openOutsider(context, server.url);
    const page = await openHost(context, server.url);
    await forgetTokens(outsider);
    await tapInTheDark(page, 'Tokenless', 3);
    await page.close();
    const [replica] = (await recordsOf(outsider, 'jamz:worker', 'replicas')) as { name: string }[];
    const outbox = () => recordsOf(outsider, replica?.name ?? '', 'ops');
    const was = await outbox();
    equal(was.length > 0, true);
    equal(await fire(context, 'sync', 'jamz-drain'), 'done');
    deepEqual(await outbox(), was);
  });

  it('[SW6] asks the browser to come again while no server is reached, and then sends each op once', async () => {
    const context = await newContext();
    const outsider = await openOutsider(context, server.url);
    const page = await openHost(context, server.url);
    await tapInTheDark(page, 'Late', 20);
    await server.kill();
    await page.close();
    equal(await fire(context, 'sync', 'jamz-drain'), 'unavailable');
    await server.restart();
    equal(await fire(context, 'sync', 'jamz-drain'), 'done');
    equal(await fire(context, 'sync', 'somebody-elses'), 'not taken');
    const elsewhere = await openHost(await newContext(), server.url);
    deepEqual(await titles(elsewhere, 'Late'), named('Late', 20));
    await outsider.close();
  });

  it('[SW3] refreshes what is kept, so that the next start in a tunnel shows it', async () => {
    const context = await newContext();
    await (await openHost(context, server.url)).close();
    const elsewhere = await openHost(await newContext(), server.url);
    await ask(elsewhere, ({ current }) => current?.addTracks([{ title: 'Meanwhile 0' }]).acked);
    equal(await fire(context, 'periodicsync', 'jamz-refresh'), 'done');

    await context.route('**/v1/**', (route) => route.abort());
    await context.routeWebSocket(/\/v1\//, (socket) => socket.close());
    const again = await openGroup(context, server.url);
    await until(async () => (await titles(again, 'Meanwhile')).length === 1, 'it shows the track');
    equal(await ask(again, ({ jamz }) => jamz?.status$.value.state !== 'SYNCED'), true);
  });

  it('[SW7] stops when the sign-in has ended, and keeps the ops for their author', async () => {
    const context = await newContext();
    const outsider = await openOutsider(context, server.url);
    const page = await openHost(context, server.url);
    // Ended at the server, by somebody who has the cookie; this page is not told.
    await page.evaluate(() =>
      fetch('/v1/auth/sign-out', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ site: 'pk_demo', via: 'cookie' }),
      }),
    );
    await tapInTheDark(page, 'Ended', 2);
    await page.close();
    const [replica] = (await recordsOf(outsider, 'jamz:worker', 'replicas')) as { name: string }[];
    const outbox = () => recordsOf(outsider, replica?.name ?? '', 'ops');
    equal(await fire(context, 'sync', 'jamz-drain'), 'done');
    equal((await outbox()).length > 0, true);
    deepEqual(await recordsOf(outsider, 'jamz:worker', 'tokens'), []);
  });
});
