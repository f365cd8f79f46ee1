import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import type { EngineKind, TestTab } from './engine.ts';

export const chromium: EngineKind = {
  name: 'Chromium',
  missing: undefined,
  async start() {
    const browser = await launchBrowser();
    const context = await browser.newContext();
    return {
      name: 'Chromium',
      async open(url) {
        const page = await context.newPage();
        await page.goto(url);
        return tab(page);
      },
      close: () => browser.close(),
    };
  },
};

function tab(page: Page): TestTab {
  return {
    run: (inPage, argument) =>
      page.evaluate(`(${inPage})(${JSON.stringify(argument)})`) as ReturnType<TestTab['run']>,
    async reload() {
      await page.reload();
    },
    close: () => page.close(),
  } as TestTab;
}
