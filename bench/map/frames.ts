import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { percentile, shown } from '../figures.ts';
import { aimed, type Section, table } from './section.ts';

const people = 60;
const forMs = 6_000;
const root = join(import.meta.dirname, '../..');
const views = [
  { ground: 'plain', follow: 'free', name: 'still, plain ground' },
  { ground: 'streets', follow: 'free', name: 'still, streets' },
  { ground: 'streets', follow: 'me', name: 'following me, streets' },
  { ground: 'streets', follow: 'group', name: 'following the group, streets' },
] as const;

/** All of it software: without WebGL the browser's own rasteriser, for streets an emulated graphics card. */
const drawing = {
  plain: ['--disable-gpu'],
  streets: ['--disable-gpu-compositing', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
} as const;

interface Taken {
  readonly name: string;
  readonly perSecond: number;
  readonly p95Ms: number;
  /** Of the page's main thread, of the time. */
  readonly busy: number;
}

/** How many frames a second a map of sixty people draws, in headless Chromium whose graphics card is software. */
export async function measureFrames(): Promise<Section> {
  const dir = await pageIn(mkdtempSync(join(tmpdir(), 'jamz-frames-')));
  const host = await serve(dir);
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
      await page.evaluate(`bench.open(${people}, '${ground}')`);
      taken.push({ name, ...(await framesOf(page, follow)) });
      await browser.close();
    }
    return sectionOf(taken);
  } finally {
    host.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function framesOf(page: Page, follow: string): Promise<Omit<Taken, 'name'>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busyS = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const [beforeS, beganMs] = [await busyS(), performance.now()];
  const gapsMs: number[] = await page.evaluate(`bench.frames('${follow}', ${forMs})`);
  const busy = (1_000 * ((await busyS()) - beforeS)) / (performance.now() - beganMs);
  const totalMs = gapsMs.reduce((sum, gapMs) => sum + gapMs, 0);
  return { perSecond: (1_000 * gapsMs.length) / totalMs, p95Ms: percentile(gapsMs, 95), busy };
}

async function pageIn(dir: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'frames-page.ts')],
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', platform: 'browser' },
    conditions: ['production'],
    outdir: dir,
  });
  cpSync(join(root, 'playground/assets/monaco.pmtiles'), join(dir, 'monaco.pmtiles'));
  const worker = 'maplibre-gl-worker.mjs';
  cpSync(join(root, 'node_modules/maplibre-gl/dist', worker), join(dir, worker));
  const script = '<script type="module" src="/frames-page.js"></script>';
  writeFileSync(join(dir, 'index.html'), `<!doctype html><body style="margin: 0">${script}`);
  return dir;
}

const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' },
};

/** With ranges, in which an archive of tiles is read. */
async function serve(dir: string): Promise<{ readonly url: string; close(): void }> {
  const host = createServer(({ url = '/', headers }, response) => {
    try {
      const name = url === '/' ? '/index.html' : url;
      const file = readFileSync(join(dir, name.replaceAll('..', '')));
      response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
      const [, from, to] = /^bytes=(\d+)-(\d+)$/u.exec(headers.range ?? '') ?? [];
      if (from === undefined) return void response.end(file);
      const last = Math.min(Number(to), file.length - 1);
      response.setHeader('content-range', `bytes ${from}-${last}/${file.length}`);
      response.writeHead(206).end(file.subarray(Number(from), last + 1));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  const address = host.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    url: `http://localhost:${address.port}/`,
    close() {
      host.closeAllConnections();
      host.close();
    },
  };
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
