import type { Page } from 'playwright-core';
import { percentile, shown } from '../figures.ts';
import { onDrawnPage } from './drawn-page.ts';
import { hostPage } from './page-host.ts';
import { type Section, table } from './section.ts';

const people = 5;
const hours = 8;
const forMs = 6_000;
const scrubSteps = 100;
const views = [
  { ground: 'plain', follow: false, name: 'everybody, plain ground' },
  { ground: 'plain', follow: true, name: 'following one, plain ground' },
  { ground: 'streets', follow: false, name: 'everybody, streets' },
] as const;

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
      const figures = await onDrawnPage(host.url, ground, (page, busyMs) =>
        measured(page, busyMs, ground, follow),
      );
      taken.push({ name, ...figures });
    }
    return sectionOf(taken);
  } finally {
    host.close();
  }
}

async function measured(
  page: Page,
  busyMs: () => Promise<number>,
  ground: string,
  follow: boolean,
): Promise<Omit<Taken, 'name'>> {
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
  const titles = [...head, ...columns, 'p95 between two, ms', 'main thread'];
  return { name: 'trip', text: table(titles, rows), missed: [] };
}
