import { seededRandom } from '../sdk/testing/seeded-random.ts';
import { openBadLink } from './bad-link.ts';
import { openBenchPage } from './bench-page.ts';
import { percentile } from './figures.ts';
import type { PageAddress, PageBench } from './page/main.ts';
import { addressOf, foundGroup, openReplica } from './replica.ts';
import { fill } from './scenarios.ts';

const items = 10_000;
const waiting = 1_000;

/** The scenarios of a real browser, IndexedDB and encryption included. @param port of our server */
export async function measureInChromium(port: number): Promise<Record<string, number>> {
  const page = await openBenchPage<PageBench>('page/main.ts');
  try {
    const group = await foundGroup(addressOf(port), 'list');
    await fill((name) => openReplica(addressOf(port), group, name), items);
    const at: PageAddress = { server: addressOf(port), ...group };
    const taps = await page.run(
      (bench, [where, length, pending]) => bench.taps(where, length, pending, 300),
      [at, items, waiting] as const,
    );
    const { writeMs, readMs } = await page.run((bench, times) => bench.journal(times), 200);
    const empty = await foundGroup(addressOf(port), 'empty');
    const there: PageAddress = { server: addressOf(port), ...empty };
    const near = await page.run((bench, where) => bench.reconnect(where, 100), there);
    const link = await openBadLink(port, { roundTripMs: 300, loss: 0.02, random: seededRandom(7) });
    const far = await page.run((bench, where) => bench.reconnect(where, 100), {
      ...there,
      server: addressOf(link.port),
    });
    await link.close();
    return {
      'tap, handler and render p50, ms': percentile(taps.handlerAndRenderMs, 50),
      'tap, handler and render p99, ms': percentile(taps.handlerAndRenderMs, 99),
      'tap to painted p99, ms': percentile(taps.paintedMs, 99),
      'outbox write p95, ms': percentile(writeMs, 95),
      'cached read p95, ms': percentile(readMs, 95),
      'SYNCED again with 100 ops, ms': near,
      'SYNCED again with 100 ops, 300 ms and 2 % loss, ms': far,
    };
  } finally {
    await page.close();
  }
}
