import { launch, type Page } from 'puppeteer-core';
import type { EngineKind, TestTab } from './engine.ts';

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
