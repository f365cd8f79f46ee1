import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { openPlayground } from './phones.ts';
import { openStage } from './stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

interface AxeFinding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds, as one line each. The script goes in by the debugger, so the page's policy stays as it is. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFinding[] }> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary}`),
  );
}

describe('the pages', () => {
  const stage = openStage();

  for (const dark of [false, true]) {
    for (const width of [1280, 390]) {
      it(`pass an accessibility audit at ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
        const { page, problems } = await openPage(stage.browser, { width, dark });
        const { ana } = await openPlayground(page, stage.server.url);
        deepEqual(await findings(page), []);
        for (const tab of ['Music', 'People', 'You'] as const) {
          await ana.openTab(tab);
          deepEqual(await findings(page), []);
        }
        deepEqual(problems, []);
        await page.context().close();
      });
    }
  }

  it('do not scroll sideways on a phone', async () => {
    const { page } = await openPage(stage.browser, { width: 390, height: 844 });
    await openPlayground(page, stage.server.url);
    const [content, window] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      innerWidth,
    ]);
    ok((content ?? 0) <= (window ?? 0), `${content} px in ${window} px`);
    await page.context().close();
  });

  it('play from a bare host page with one script tag and one element', async () => {
    const { page, problems } = await openPage(stage.browser);
    await page.goto(`${stage.server.url}/bare-host`);
    const player = page.locator('jamz-player');
    await player.getByRole('button', { name: /^Play/ }).first().click();
    await player
      .getByRole('button', { name: /^Pause/ })
      .first()
      .waitFor();
    // The bar is striped until the sound is there.
    await player.locator('[part~=seek]:not([data-buffering])').waitFor();
    await player.locator('[part~=artwork] img, img[part~=artwork]').first().waitFor();
    await player
      .getByText(/^0:0[1-9]$/)
      .first()
      .waitFor();
    deepEqual(problems, []);
    await page.context().close();
  });
});
