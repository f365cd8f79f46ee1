import { launchBrowser } from '../browser.ts';
import type { EngineKind } from './engine.ts';
import { pageTab } from './page-tab.ts';

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
        return pageTab(page);
      },
      close: () => browser.close(),
    };
  },
};
