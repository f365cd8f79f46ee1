import { equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';
import { ask, type GroupElement, openGroup, waitFor } from './worker-host.ts';

const shares = ({ current }: GroupElement): boolean => current?.sharing$.value.mode === 'precise';
const isOff = ({ current }: GroupElement): boolean => current?.sharing$.value.mode === 'off';
const start = ({ current }: GroupElement): void => current?.sharing('precise');
const stop = ({ current }: GroupElement): void => current?.sharing('off');
const report = ({ current }: GroupElement): void =>
  current?.reportPosition({ lat: 43.7384, lng: 7.4246, accuracyM: 8 });
const sees = ({ current }: GroupElement): boolean => current?.positions$.value.length === 1;
const seesNobody = ({ current }: GroupElement): boolean => current?.positions$.value.length === 0;

/** A host page with a group, in step with the server. */
async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await openGroup(context, url);
  await waitFor(page, ({ jamz, current }) => {
    const ready = current?.availability$.value.kind === 'ready';
    return ready && jamz?.status$.value.state === 'SYNCED';
  });
  return page;
}

describe('sharing in two tabs of one browser', () => {
  let server: TestServer;
  let browser: Browser;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  it('[PS24] is one decision: begun in either, stopped in either, and nothing is told after that', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const others = await browser.newContext({ bypassCSP: true });
    const first = await openTab(context, server.url);
    const second = await openTab(context, server.url);
    const other = await openTab(others, server.url);

    for (const [begins, stops] of [
      [first, second],
      [second, first],
    ] as const) {
      await ask(begins, start);
      await waitFor(stops, shares);
      await waitFor(begins, shares);
      await ask(begins, report);
      await waitFor(other, sees);

      await ask(stops, stop);
      await waitFor(begins, isOff);
      await waitFor(other, seesNobody);
      await ask(begins, report);
      await ask(stops, report);
      // What is told behind these is heard behind them.
      await ask(begins, ({ current }) => current?.addTracks([{ title: 'Later' }]).acked);
      await ask(other, ({ jamz }) => jamz?.syncNow());
      equal(await ask(other, seesNobody), true);
    }
    await context.close();
    await others.close();
  });
});
