import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { seededRandom } from '../sdk/testing/seeded-random.ts';
import { openBadLink } from './bad-link.ts';
import { percentile } from './figures.ts';
import type { PageAddress, PageBench } from './page/main.ts';
import { addressOf, foundGroup, openReplica } from './replica.ts';
import { fill } from './scenarios.ts';

const items = 10_000;
const waiting = 1_000;

/** The scenarios of a real browser, IndexedDB and encryption included. @param port of our server */
export async function measureInChromium(port: number): Promise<Record<string, number>> {
  const page = await openBenchPage();
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

interface BenchPage {
  run<Argument, Result>(
    inPage: (bench: PageBench, argument: Argument) => Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  close(): Promise<void>;
}

async function openBenchPage(): Promise<BenchPage> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page/main.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
  });
  const script = outputFiles[0]?.text ?? '';
  const host = createServer((request, response) => {
    const isScript = request.url === '/main.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript
        ? script
        : '<!doctype html><title>Bench</title><script type="module" src="/main.js"></script>',
    );
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const address = host.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
  const page: Page = await browser.newPage();
  // Localhost, where a page may encrypt.
  await page.goto(`http://localhost:${address.port}/`);
  await page.waitForFunction('"bench" in globalThis');
  return {
    run: (inPage, argument) =>
      page.evaluate(`(${inPage})(bench, ${JSON.stringify(argument)})`) as never,
    async close() {
      await browser.close();
      host.closeAllConnections();
      host.close();
    },
  };
}
