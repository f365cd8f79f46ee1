import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './browser.ts';
import { type Installed, installPacked } from './installed.ts';
import { startServer, type TestServer } from './server.ts';

const hook = ['--import', '../typescript-6.ts'];
const modules = '../node_modules';

/** What checks the types of each fixture, and who its guest is. */
const frameworks = [
  { name: 'react', guest: 'Rea', check: [`${modules}/typescript/bin/tsc`, '-p', '.'] },
  { name: 'vue', guest: 'Vic', check: [...hook, `${modules}/vue-tsc/bin/vue-tsc.js`, '-p', '.'] },
] as const;

describe('a host’s project that installs the package', () => {
  let project: Installed;
  let server: TestServer;
  let pages: { readonly url: string; close(): void };
  let browser: Browser;

  before(async () => {
    [project, server, browser] = await Promise.all([
      installPacked(['react', 'vue', 'svelte', 'typescript-6.ts']),
      startServer(),
      launchBrowser(),
    ]);
    pages = await serve(project.folder);
  });
  after(async () => {
    pages?.close();
    await browser?.close();
    await server?.close();
    await project?.remove();
  });

  for (const { name, check } of frameworks) {
    it(`type-checks its ${name} app, and every mistake in it is found`, async () => {
      equal(await project.node(check, join(project.folder, name)), '');
    });
  }

  it('type-checks its svelte app, and every mistake in it is found', async () => {
    const checker = `${modules}/svelte-check/bin/svelte-check`;
    const args = [...hook, checker, '--tsconfig', './tsconfig.json', '--output', 'machine'];
    // It has no way to expect an error, and ends with one where it finds any.
    const said = await project
      .node(args, join(project.folder, 'svelte'))
      .catch(({ message }: Error) => message);
    const errors = [...said.matchAll(/ ERROR "([^"]+)" (\d+):/g)];
    deepEqual(
      errors.map(([, file, line]) => `${file}:${line}`),
      ['wrong.svelte:6', 'wrong.svelte:7', 'wrong.svelte:8', 'wrong.svelte:9'],
    );
  });

  for (const { name, guest } of [...frameworks, { name: 'svelte', guest: 'Sven' }]) {
    describe(`in ${name}`, () => {
      let page: Page;
      let problems: string[];

      before(async () => {
        await project.node(
          [`${modules}/vite/bin/vite.js`, 'build', '--base', './'],
          join(project.folder, name),
        );
        ({ page, problems } = await openPage(browser));
        await page.goto(`${pages.url}/${name}/dist/?server=${encodeURIComponent(server.url)}`);
      });
      after(() => page?.context().close());

      const north = (selector: string): ReturnType<Page['locator']> =>
        page.locator(`#north ${selector}`);
      const says = async (selector: string, text: string | RegExp): Promise<void> => {
        await page.locator(selector).filter({ hasText: text }).waitFor();
      };

      it('shows the streams of two groups', async () => {
        await says('#who', guest);
        await says('#north h2', 'ready');
        await says('#south h2', 'ready');
        await north('button.add').click();
        await says('#north output', 'Song of north');
        // Shown inside the element, too: it has the group as an object.
        await north('jamz-playlist').getByText('Song of north').waitFor();
        await says('#south output', 'Shoreline');
        equal(await page.locator('#south').getByText('Song of north').count(), 0);
        await says('#state', 'SYNCED');
      });

      it('sets properties as what they are', async () => {
        const set = await north('jamz-player').evaluate((player: HTMLElement) => {
          const { group, pan } = player as unknown as { group: { id: string }; pan: number };
          return [typeof group.id, pan, player.getAttribute('layout')];
        });
        deepEqual(set, ['string', 0.5, 'compact']);
      });

      it('hears events, each once, and may prevent what was asked', async () => {
        await north('jamz-player [part~="toggle"]').click();
        // The first track of the demo's own.
        await says('#north .now', 'Sunline');
        await says('#north .heard', /^ask:0 play:0\.5:string$/);
        equal(await page.locator('#south .heard').textContent(), '');
        const prevented = await north('jamz-playlist').evaluate((list) =>
          list.dispatchEvent(
            new CustomEvent('jamz-request-remove', { cancelable: true, detail: { itemId: 'x' } }),
          ),
        );
        equal(prevented, false);
        await says('#north .heard', /kept$/);
      });

      it('takes a group away and puts it back', async () => {
        await page.locator('#south button.add').click();
        await says('#south output', 'Song of south');
        for (let time = 0; time < 3; time++) {
          await page.locator('#fold').click();
          await page.locator('#south').waitFor({ state: 'detached' });
          await page.locator('#fold').click();
          await page.locator('#south jamz-playlist').getByText('Song of south').waitFor();
        }
        await says('#south output', 'Song of south');
        await says('#north .now', 'Sunline');
        match((await page.locator('#north .heard').textContent()) ?? '', /^ask:0 play:0\.5:string/);
      });

      it('leaves the console clean', () => {
        deepEqual(problems, []);
      });
    });
  }
});

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The project's files as any static host has them. */
async function serve(folder: string): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://host');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const body = await readFile(join(folder, path)).catch(() => undefined);
    const type = types[extname(path)] ?? 'application/octet-stream';
    response.writeHead(body ? 200 : 404, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
