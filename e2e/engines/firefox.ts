import { launch } from 'puppeteer-core';
import type { EngineKind } from './engine.ts';
import { pageTab } from './page-tab.ts';

const program = process.env['FIREFOX_PATH'];

/** Over WebDriver BiDi (W3C), which Firefox speaks itself. */
export const firefox: EngineKind = {
  name: 'Firefox',
  missing: program === undefined ? 'FIREFOX_PATH names no Firefox' : undefined,
  async start() {
    if (program === undefined) throw new Error('There is no Firefox.');
    const browser = await launch({ browser: 'firefox', executablePath: program, headless: true });
    return {
      name: 'Firefox',
      async open(url) {
        const page = await browser.newPage();
        await page.goto(url);
        return pageTab(page);
      },
      close: () => browser.close(),
    };
  },
};
