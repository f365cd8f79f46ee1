import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A page in Chromium with a script of the bench in it. */
export interface BenchPage<Bench> {
  /** Calls what the script left as `bench`; the function sees nothing of its file, the argument goes as JSON. */
  run<Argument, Result>(
    inPage: (bench: Bench, argument: Argument) => Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** From now on the page computes so many times slower. */
  throttle(times: number): Promise<void>;
  /** Processor time that the page's main thread has taken so far; unlike a clock's, little of it is other people's work. */
  busyMs(): Promise<number>;
  close(): Promise<void>;
}

/** @param entry the script, from this folder */
export async function openBenchPage<Bench>(entry: string): Promise<BenchPage<Bench>> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['production'],
  });
  const script = outputFiles[0]?.text ?? '';
  const host = await servePages({
    '/main.js': script,
    '/': '<!doctype html><title>Bench</title><script type="module" src="/main.js"></script>',
  });
  const browser = await launchChromium();
  const page: Page = await browser.newPage();
  await page.goto(host.url);
  await page.waitForFunction('"bench" in globalThis');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    run: (inPage, argument) =>
      page.evaluate(`(${inPage})(bench, ${JSON.stringify(argument)})`) as never,
    async throttle(times) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: times });
    },
    async busyMs() {
      const { metrics } = await session.send('Performance.getMetrics');
      const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
      return (seconds ?? Number.NaN) * 1_000;
    },
    async close() {
      await browser.close();
      host.close();
    },
  };
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}

/** Pages and scripts by their path, on localhost, where a page may encrypt. */
export async function servePages(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; close(): void }> {
  const host = createServer(({ url = '/' }, response) => {
    const file = files[url];
    response.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.writeHead(file === undefined ? 404 : 200).end(file);
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const address = host.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  return {
    url: `http://localhost:${address.port}/`,
    close() {
      host.closeAllConnections();
      host.close();
    },
  };
}
