import { deepEqual, equal } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

/** What a page pins: `release.json` of a CDN folder. */
interface Release {
  readonly release: string;
  readonly script: { readonly src: string; readonly integrity: string };
}

const releaseIn = (cdn: string): Release =>
  JSON.parse(readFileSync(join(cdn, 'release.json'), 'utf8')) as Release;

const archived = globSync('archive/*/cdn', { cwd: import.meta.dirname }).map((path) => {
  const cdn = resolve(import.meta.dirname, path);
  return { cdn, version: basename(resolve(cdn, '..')), ...releaseIn(cdn) };
});
const current = releaseIn(resolve(import.meta.dirname, '../dist/cdn'));

describe('a page without a bundler', () => {
  let server: TestServer;
  let browser: Browser;
  let site: { readonly url: string; close(): void };
  let head = '';
  let visits = 0;

  before(async () => {
    [server, browser] = await Promise.all([
      startServer({
        async prepare(dataDir) {
          for (const { cdn, release } of archived) {
            await cp(cdn, join(dataDir, 'cdn', release), { recursive: true });
          }
        },
      }),
      launchBrowser(),
    ]);
    site = await hostSite(() => `${head}\n${elementsAt(server.url)}`);
  });
  after(async () => {
    site?.close();
    await browser?.close();
    await server?.close();
  });

  const scriptOf = ({ script }: Release, integrity = script.integrity): string =>
    `<script type="module" crossorigin src="${server.url}${script.src}" integrity="${integrity}"></script>`;

  /** Opens a page with these scripts, plays, and says what went wrong. */
  const plays = async (scripts: string): Promise<void> => {
    head = scripts;
    visits += 1;
    const { page, problems } = await openPage(browser);
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) {
        said.push(message.text());
      }
    });
    try {
      // Each path is a group of its own.
      await page.goto(`${site.url}/visit-${visits}`);
      await page.locator('jamz-playlist').getByText('Sunline').first().waitFor();
      await heard(page);
      equal(await page.locator('output').textContent(), 'jamz-play');
      deepEqual([...problems, ...said], []);
    } finally {
      await page.context().close();
    }
  };

  for (const release of archived) {
    it(`that pinned ${release.version} works with this server, unchanged and checked`, () =>
      plays(scriptOf(release)));

    it(`may load ${release.version} and this version, in either order: one of them serves`, async () => {
      await plays(`${scriptOf(release)}${scriptOf(current)}`);
      await plays(`${scriptOf(current)}${scriptOf(release)}`);
    });
  }

  it('may load the script twice, by its own name and by its release’s', async () => {
    const newest = `<script type="module" src="${server.url}/cdn/jamz.js"></script>`;
    await plays(`${newest}${newest}${scriptOf(current)}`);
  });

  it('gets nothing that is not what it pinned', async () => {
    head = scriptOf(current, `sha384-${'A'.repeat(64)}`);
    const { page } = await openPage(browser);
    const refused = page.waitForEvent('console', (message) => /integrity/.test(message.text()));
    await page.goto(`${site.url}/refused`);
    await refused;
    const isDefined = await page.evaluate(() => customElements.get('jamz-player') !== undefined);
    equal(isDefined, false);
    await page.context().close();
  });

  it('can check every module through an import map', async () => {
    const hashes = (await (await fetch(`${server.url}/cdn/integrity.json`)).json()) as object;
    const integrity = Object.fromEntries(
      Object.entries(hashes).map(([name, hash]) => [
        `${server.url}/cdn/${current.release}/${name}`,
        hash as string,
      ]),
    );
    await plays(
      `<script type="importmap">${JSON.stringify({ integrity })}</script>${scriptOf(current)}`,
    );
    const broken = Object.keys(integrity).find((url) => url.endsWith('/jamz-player.js')) ?? '';
    const wrong = { ...integrity, [broken]: `sha384-${'A'.repeat(64)}` };
    head = `<script type="importmap">${JSON.stringify({ integrity: wrong })}</script>${scriptOf(current)}`;
    const { page } = await openPage(browser);
    const refused = page.waitForEvent('console', (message) => /integrity/.test(message.text()));
    await page.goto(`${site.url}/broken`);
    await refused;
    await page.context().close();
  });
});

/** Presses play, and waits for the page to hear of it. */
async function heard(page: Page): Promise<void> {
  await page.locator('jamz-player [part~="toggle"]').click();
  await page.locator('output').filter({ hasText: 'jamz-play' }).waitFor();
}

function elementsAt(server: string): string {
  return `<jamz-group server="${server}" site="pk_demo">
<jamz-player></jamz-player><jamz-playlist></jamz-playlist><jamz-sync-indicator></jamz-sync-indicator>
</jamz-group>
<output></output>
<script>
addEventListener('jamz-play', () => { document.querySelector('output').textContent += 'jamz-play'; });
</script>`;
}

async function hostSite(page: () => string): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>A site</title>${page()}`);
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
