import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { until } from '../scripts/testing/until.ts';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';
import { ask, openGroup, waitFor } from './worker-host.ts';

const song = join(import.meta.dirname, '../server/music/demo-tracks/windscreen.mp3');
const other = join(import.meta.dirname, '../server/music/demo-tracks/sunline.mp3');

/** The files of one browser's network, cut and mended by a test; the pages themselves load all the same. */
interface Tunnel {
  readonly uploadsBegun: string[];
  enter(): Promise<void>;
  leave(): Promise<void>;
}

async function tunnelOf(context: BrowserContext): Promise<Tunnel> {
  const uploadsBegun: string[] = [];
  let inside = false;
  const cut = new Set<() => void>();
  await context.routeWebSocket('**/v1/**', (socket) => {
    if (inside) return void socket.close();
    socket.connectToServer();
    cut.add(() => void socket.close());
  });
  await context.route('**/v1/**', (route) => {
    const { method, url } = { method: route.request().method(), url: route.request().url() };
    if (inside) return route.abort('internetdisconnected');
    if (method === 'POST' && url.endsWith('/files/uploads')) uploadsBegun.push(url);
    return route.continue();
  });
  return {
    uploadsBegun,
    async enter() {
      inside = true;
      for (const end of cut) end();
      cut.clear();
    },
    async leave() {
      inside = false;
    },
  };
}

describe('uploads', () => {
  let server: TestServer;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const newContext = async (): Promise<BrowserContext> => {
    const made = await browser.newContext({ bypassCSP: true });
    contexts.push(made);
    return made;
  };
  /** A host page with a place to drop files; `known` once it shows its group. */
  const openPage = async (context: BrowserContext): Promise<Page> => {
    const page = await openGroup(context, server.url);
    await page.evaluate(() => {
      document
        .querySelector('jamz-group')
        ?.append(document.createElement('jamz-upload'), document.createElement('jamz-playlist'));
    });
    await waitFor(page, ({ current }) => current?.availability$.value.kind === 'ready');
    return page;
  };
  const choose = (page: Page, path: string): Promise<void> =>
    page.locator('jamz-upload input[type=file]').setInputFiles(path);
  const inState = (page: Page, state: string): Promise<void> =>
    until(async () => (await ask(page, ({ jamz }) => jamz?.status$.value.state)) === state, state);
  const tracks = (page: Page): Promise<readonly (readonly [string, string])[]> =>
    ask(page, ({ current }) =>
      (current?.playlist$.value ?? []).map(
        ({ title, fileId = '' }) => [title, fileId.slice(0, 1)] as const,
      ),
    );
  const titles = async (page: Page): Promise<readonly string[]> =>
    (await tracks(page)).map(([title]) => title);
  const shows = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();

  it('[OP19] [UP1] reach the others, though chosen in a tunnel and left for a reload there', async () => {
    const mine = await newContext();
    const tunnel = await tunnelOf(mine);
    const page = await openPage(mine);
    await inState(page, 'SYNCED');
    const bo = await openPage(await newContext());
    const before = await titles(bo);

    await tunnel.enter();
    await inState(page, 'OFFLINE');
    await choose(page, song);
    await shows(page, 'Only here until uploaded');
    await shows(page, 'Uploads when there is a network');
    equal((await titles(page)).at(-1), 'windscreen');
    await until(
      async () =>
        (await ask(page, ({ jamz }) => jamz?.uploads.list$.value[0]?.keptOn)) === 'device',
      'the device has the file',
    );
    await page.close();

    const again = await openPage(mine);
    await shows(again, 'windscreen.mp3');
    deepEqual((await tracks(again)).at(-1), ['windscreen', '~']);
    deepEqual(await titles(bo), before);

    await tunnel.leave();
    await until(async () => (await titles(bo)).length === before.length + 1, 'Bo has the track');
    await inState(again, 'SYNCED');
    deepEqual(await tracks(again), await tracks(bo));
    equal((await titles(bo)).at(-1) === 'windscreen', false);
    equal(tunnel.uploadsBegun.length, 1);

    await ask(bo, ({ current }) => {
      current?.listen();
      const last = current?.playlist$.value.at(-1);
      if (last) current?.select(last.itemId);
    });
    await until(
      async () =>
        (await ask(bo, ({ current }) => current?.listen().state$.value.kind)) === 'playing',
      'it sounds at Bo’s',
    );
  });

  it('[UP2] of a tab that is closed are sent by another, once', async () => {
    const mine = await newContext();
    const tunnel = await tunnelOf(mine);
    const first = await openPage(mine);
    await inState(first, 'SYNCED');
    const second = await openPage(mine);
    await inState(second, 'SYNCED');
    const before = await titles(first);
    await tunnel.enter();
    await inState(second, 'OFFLINE');
    await choose(second, other);
    await shows(first, 'sunline.mp3');
    await second.close();
    await tunnel.leave();
    await inState(first, 'SYNCED');
    equal((await titles(first)).length, before.length + 1);
    deepEqual(
      (await tracks(first)).filter(([, mark]) => mark === '~'),
      [],
    );
    equal(tunnel.uploadsBegun.length, 1);
  });
});
