import type { Browser } from 'playwright-core';
import { type BenchPage, launchChromium, openBenchPage, servePages } from './bench-page.ts';
import { percentile } from './figures.ts';
import type { ElementsBench } from './page/elements.ts';

const visits = 9;
/** A screen lasts 1/60 s; a frame that took half of one more has cost the next. */
const droppedMs = 25;

/**
 * What elements cost in a real browser.
 *
 * @param port of our server, which serves what was built as well
 */
export async function measureElements(port: number): Promise<Record<string, number>> {
  const page = await openBenchPage<ElementsBench>('page/elements.ts');
  try {
    const { renderedMs, laidOutMs } = await page.run((bench, times) => bench.rerender(times), 500);
    const list = await scrolled(page, 'scroll');
    const first = await firstPlayers(port);
    return {
      'player rendered anew p95, ms': percentile(renderedMs, 95),
      'player rendered and laid out anew p95, ms': percentile(laidOutMs, 95),
      ...list,
      'first player on a blank page, ms': percentile(first.readyMs, 50),
      'layout shift by elements that upgrade': Math.max(...first.shifts),
    };
  } finally {
    await page.close();
  }
}

/** The floor of the list alone: its rows in a bare list of the same look. */
export async function measureBareList(): Promise<Record<string, number>> {
  const page = await openBenchPage<ElementsBench>('page/elements.ts');
  try {
    return await scrolled(page, 'scrollBare');
  } finally {
    await page.close();
  }
}

async function scrolled(
  page: BenchPage<ElementsBench>,
  list: 'scroll' | 'scrollBare',
): Promise<Record<string, number>> {
  await page.throttle(4);
  const startMs = await page.busyMs();
  const frameMs = await page.run(
    (bench, [which, items, frames, pixels]) => bench[which](items, frames, pixels),
    [list, 10_000, 600, 90] as const,
  );
  const busyMs = (await page.busyMs()) - startMs;
  const dropped = frameMs.filter((tookMs) => tookMs > droppedMs);
  const name = 'list of 10000 scrolled at a quarter of the CPU,';
  return {
    [`${name} frame p95, ms`]: percentile(frameMs, 95),
    [`${name} dropped frames, %`]: (100 * dropped.length) / frameMs.length,
    [`${name} main thread a frame, ms`]: busyMs / frameMs.length,
  };
}

/** People who come for the first time to a page with a player, by the script of the CDN folder, nothing cached. */
async function firstPlayers(
  port: number,
): Promise<{ readonly readyMs: number[]; readonly shifts: number[] }> {
  const server = `http://127.0.0.1:${port}`;
  const host = await servePages({ '/': blankPage(server) });
  const browser = await launchChromium();
  try {
    const readyMs: number[] = [];
    const shifts: number[] = [];
    for (let visit = 0; visit < visits; visit += 1) {
      const { ready, shift } = await visitOnce(browser, host.url);
      readyMs.push(ready);
      shifts.push(shift);
    }
    return { readyMs, shifts };
  } finally {
    await browser.close();
    host.close();
  }
}

async function visitOnce(
  browser: Browser,
  url: string,
): Promise<{ readonly ready: number; readonly shift: number }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const found = (await page.evaluate('ready')) as { ready: number; shift: number };
  await context.close();
  return found;
}

/** `ready` in it resolves once the player takes a tap: ms since the navigation began, and what moved by then. */
function blankPage(server: string): string {
  return `<!doctype html><html lang="en"><title>A blank page</title>
<link rel="stylesheet" href="${server}/cdn/jamz.css">
<script type="module" src="${server}/cdn/jamz.js"></script>
<jamz-player server="${server}" site="pk_demo"></jamz-player>
<p>What the page says below.</p>
<script>
const ready = new Promise((resolve) => {
  let shift = 0;
  const watch = (entries) => entries.forEach(({ value }) => { shift += value; });
  const observer = new PerformanceObserver((list) => watch(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const player = document.querySelector('jamz-player');
    const taken = player.shadowRoot?.querySelector('[part=add] input, [part=toggle]:not(:disabled)');
    if (!taken) return requestAnimationFrame(look);
    const readyMs = performance.now();
    requestAnimationFrame(() => setTimeout(() => {
      watch(observer.takeRecords());
      resolve({ ready: readyMs, shift });
    }));
  };
  look();
});
</script>`;
}
