import type { Page } from 'playwright-core';
import { percentile, shown } from '../figures.ts';
import { onDrawnPage } from './drawn-page.ts';
import { hostPage } from './page-host.ts';
import { aimed, type Section, table } from './section.ts';

const people = 60;
const forMs = 6_000;
const views = [
  { ground: 'plain', follow: 'free', name: 'still, plain ground' },
  { ground: 'streets', follow: 'free', name: 'still, streets' },
  { ground: 'streets', follow: 'me', name: 'following me, streets' },
  { ground: 'streets', follow: 'group', name: 'following the group, streets' },
] as const;

interface Taken {
  readonly name: string;
  readonly perSecond: number;
  readonly p95Ms: number;
  /** Of the page's main thread, of the time. */
  readonly busy: number;
}

/** How many frames a second a map of sixty people draws, in headless Chromium whose graphics card is software. */
export async function measureFrames(): Promise<Section> {
  const host = await hostPage('frames-page');
  try {
    const taken: Taken[] = [];
    for (const { ground, follow, name } of views) {
      const figures = await onDrawnPage(host.url, ground, async (page, busyMs) => {
        await page.evaluate(`bench.open(${people}, '${ground}')`);
        return framesOf(page, busyMs, follow);
      });
      taken.push({ name, ...figures });
    }
    return sectionOf(taken);
  } finally {
    host.close();
  }
}

async function framesOf(
  page: Page,
  busyMs: () => Promise<number>,
  follow: string,
): Promise<Omit<Taken, 'name'>> {
  const [beforeMs, beganMs] = [await busyMs(), performance.now()];
  const gapsMs: number[] = await page.evaluate(`bench.frames('${follow}', ${forMs})`);
  const busy = ((await busyMs()) - beforeMs) / (performance.now() - beganMs);
  const totalMs = gapsMs.reduce((sum, gapMs) => sum + gapMs, 0);
  return { perSecond: (1_000 * gapsMs.length) / totalMs, p95Ms: percentile(gapsMs, 95), busy };
}

function sectionOf(taken: readonly Taken[]): Section {
  const head = [`${people} people, all moving`, 'frames a second', 'p95 between two, ms'];
  const rows = taken.map(({ name, perSecond, p95Ms, busy }) => [
    ...[name, shown(perSecond), shown(p95Ms), `${shown(100 * busy)} %`],
  ]);
  const still = taken.filter(({ name }) => name.startsWith('still'));
  const worst = Math.min(...still.map(({ perSecond }) => perSecond));
  const { lines, missed } = aimed([
    [worst >= 55, `${shown(worst)} frames a second on a still map (aim: 55)`],
  ]);
  return { name: 'frames', text: `${table([...head, 'main thread'], rows)}\n\n${lines}`, missed };
}
