import { chromium, type Page } from 'playwright-core';
import { percentile, shown } from '../figures.ts';
import { hostPage } from './page-host.ts';
import { aimed, type Section, table } from './section.ts';

const people = 5;
const hours = 8;
const forMs = 6_000;
const scrubSteps = 100;
/** As films have it. */
const smooth = 24;
const views = [
  { ground: 'plain', follow: false, name: 'everybody, plain ground' },
  { ground: 'plain', follow: true, name: 'following one, plain ground' },
  { ground: 'streets', follow: false, name: 'everybody, streets' },
] as const;

/** All of it software: without WebGL the browser's own rasteriser, for streets an emulated graphics card. */
const drawing = {
  plain: ['--disable-gpu'],
  streets: ['--disable-gpu-compositing', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
} as const;

interface Taken {
  readonly name: string;
  readonly openMs: number;
  /** Of the page's main thread, for each step. */
  readonly scrubMs: number;
  readonly scrubP95Ms: number;
  readonly perSecond: number;
  readonly p95Ms: number;
  /** Of the page's main thread, of the time in which it plays. */
  readonly busy: number;
}

/** How smoothly eight hours of five people, with a point a second, are opened, gone through and played. */
export async function measureTrip(): Promise<Section> {
  const host = await hostPage('trip-page');
  try {
    const taken: Taken[] = [];
    for (const { ground, follow, name } of views) {
      const browser = await chromium.launch({
        executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-background-networking', ...drawing[ground]],
      });
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(host.url);
      await page.waitForFunction('"bench" in globalThis');
      taken.push({ name, ...(await measured(page, ground, follow)) });
      await browser.close();
    }
    return sectionOf(taken);
  } finally {
    host.close();
  }
}

async function measured(page: Page, ground: string, follow: boolean): Promise<Omit<Taken, 'name'>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busyMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const openMs: number = await page.evaluate(`bench.open(${people}, ${hours}, '${ground}')`);
  const scrubbedMs = await busyMs();
  const stepsMs: number[] = await page.evaluate(`bench.scrub(${scrubSteps})`);
  const scrubMs = ((await busyMs()) - scrubbedMs) / scrubSteps;
  const [beforeMs, beganMs] = [await busyMs(), performance.now()];
  const gapsMs: number[] = await page.evaluate(`bench.play(${follow}, ${forMs})`);
  const busy = ((await busyMs()) - beforeMs) / (performance.now() - beganMs);
  const totalMs = gapsMs.reduce((sum, gapMs) => sum + gapMs, 0);
  return {
    ...{ openMs, scrubMs, scrubP95Ms: percentile(stepsMs, 95) },
    ...{ perSecond: (1_000 * gapsMs.length) / totalMs, p95Ms: percentile(gapsMs, 95), busy },
  };
}

function sectionOf(taken: readonly Taken[]): Section {
  const head = [`${people} people, ${hours} hours, a point a second`, 'opened in, ms'];
  const columns = ['work for a scrub step, ms', 'shown in, p95, ms', 'frames a second'];
  const rows = taken.map(({ name, openMs, scrubMs, scrubP95Ms, perSecond, p95Ms, busy }) => [
    ...[name, shown(openMs), shown(scrubMs), shown(scrubP95Ms)],
    ...[shown(perSecond), shown(p95Ms), `${shown(100 * busy)} %`],
  ]);
  const worst = Math.min(...taken.map(({ perSecond }) => perSecond));
  const { lines, missed } = aimed([
    [worst >= smooth, `${shown(worst)} frames a second at worst (aim: ${smooth})`],
  ]);
  const titles = [...head, ...columns, 'p95 between two, ms', 'main thread'];
  return { name: 'trip', text: `${table(titles, rows)}\n\n${lines}`, missed };
}
