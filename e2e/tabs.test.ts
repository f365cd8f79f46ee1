import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Group, Jamz } from 'trafficjamz';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

interface GroupElement extends HTMLElement {
  readonly jamz: Jamz | undefined;
  readonly current: Group | undefined;
}

/** A host page with a group, in one tab of a browser. */
async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${url}/bare-host`);
  await page.evaluate(() => {
    const group = document.createElement('jamz-group');
    group.setAttribute('server', '/');
    group.setAttribute('site', 'pk_demo');
    document.body.replaceChildren(group);
  });
  await waitFor(page, ({ jamz, current }) => {
    const ready = current?.availability$.value.kind === 'ready';
    return ready && jamz?.status$.value.state === 'SYNCED';
  });
  return page;
}

/** Waits until it holds of the page's group element. The function runs in the page. */
async function waitFor(page: Page, holds: (element: GroupElement) => boolean): Promise<void> {
  await page.waitForFunction(`(${holds})(document.querySelector('jamz-group'))`);
}

function ask<T>(page: Page, question: (element: GroupElement) => T | Promise<T>): Promise<T> {
  return page.evaluate(`(${question})(document.querySelector('jamz-group'))`) as Promise<T>;
}

const leads = ({ jamz }: GroupElement): boolean => jamz?.status$.value.leader === true;
const titles = ({ current }: GroupElement): string[] =>
  (current?.playlist$.value ?? []).map(({ title }) => title);

describe('two tabs of one browser', () => {
  let server: TestServer;
  let browser: Browser;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  it('share one connection, show the same, and survive the leader’s end', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const first = await openTab(context, server.url);
    const second = await openTab(context, server.url);
    equal(await ask(first, leads), true);
    equal(await ask(second, leads), false);
    deepEqual(await ask(second, titles), await ask(first, titles));

    await ask(
      second,
      ({ current }) => current?.addTracks([{ title: 'From the second tab' }]).acked,
    );
    await waitFor(first, ({ current }) =>
      Boolean(current?.playlist$.value.some(({ title }) => title === 'From the second tab')),
    );

    await first.close();
    await waitFor(second, ({ jamz }) => {
      const status = jamz?.status$.value;
      return status?.leader === true && status.state === 'SYNCED';
    });
    await ask(second, ({ current }) => current?.addTracks([{ title: 'From what is left' }]).acked);
    equal((await ask(second, titles)).at(-1), 'From what is left');
    await context.close();
  });

  it('keeps what was tapped without a network through a closed tab', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const first = await openTab(context, server.url);
    await ask(first, ({ jamz, current }) => {
      jamz?.online(false);
      current?.addTracks([{ title: 'Tapped in the dark' }]);
    });
    await waitFor(first, ({ jamz }) => jamz?.status$.value.pending === 1);
    await first.close({ runBeforeUnload: false });

    const again = await openTab(context, server.url);
    await waitFor(again, ({ jamz, current }) => {
      const there = current?.playlist$.value.some(({ title }) => title === 'Tapped in the dark');
      return there === true && jamz?.status$.value.pending === 0;
    });
    await context.close();
  });
});
