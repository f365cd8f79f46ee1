import { chromium, type Page } from 'playwright-core';

export type Ground = 'plain' | 'streets';

/** All of it software: without WebGL the browser's own rasteriser, for streets an emulated graphics card. */
const drawing: Readonly<Record<Ground, readonly string[]>> = {
  plain: ['--disable-gpu'],
  streets: ['--disable-gpu-compositing', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
};

/**
 * A page of the bench in a browser of its own, which draws all of it in software, for as long as `run` takes.
 *
 * @param run `busyMs` tells how long the page's main thread has been at work so far
 */
export async function onDrawnPage<Taken>(
  url: string,
  ground: Ground,
  run: (page: Page, busyMs: () => Promise<number>) => Promise<Taken>,
): Promise<Taken> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', ...drawing[ground]],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    await page.waitForFunction('"bench" in globalThis');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return await run(page, async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    });
  } finally {
    await browser.close();
  }
}
