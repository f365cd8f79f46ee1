import type { TestTab } from './engine.ts';

/** What Playwright's pages and Puppeteer's have in common, as far as tabs need it. */
interface DrivenPage {
  evaluate(script: string): Promise<unknown>;
  reload(): Promise<unknown>;
  close(): Promise<void>;
}

/** A page of one of these libraries as a tab of a test engine. */
export function pageTab(page: DrivenPage): TestTab {
  return {
    async run<Argument, Result>(
      inPage: (argument: Argument) => Result | Promise<Result>,
      argument: Argument,
    ) {
      return (await page.evaluate(`(${inPage})(${JSON.stringify(argument)})`)) as Result;
    },
    async reload() {
      await page.reload();
    },
    close: () => page.close(),
  };
}
