// `npm run gallery [-- --docs] [-- --out DIR]`: a picture of every element's sheet, in each theme, width and direction.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { ensureBrowser } from './browser.mjs';
import { pageText } from './playground-pages.ts';

const root = resolve(import.meta.dirname, '..');
const { values: wanted } = parseArgs({
  options: {
    /** One small picture for each element and theme, for the documentation. */
    docs: { type: 'boolean', default: false },
    out: { type: 'string' },
    /** Only elements with this in their tag. */
    only: { type: 'string', default: '' },
    /** What the elements speak: `de`, `es`, `fr`, or `ar`, as all that is written from right to left does. */
    lang: { type: 'string', default: 'en' },
  },
});
const out = resolve(
  root,
  wanted.out ?? (wanted.docs ? 'docs/screenshots/gallery' : 'dist/gallery'),
);
mkdirSync(out, { recursive: true });

const site = mkdtempSync(join(tmpdir(), 'jamz-gallery-'));
await bundleGallery(site);
const server = await serve(site);
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const tags = (await tagsOf(server.origin)).filter((tag) => tag.includes(wanted.only));
  for (const sheet of sheetsOf(tags)) console.log(await shoot(sheet));
} finally {
  await browser.close();
  server.close();
  rmSync(site, { recursive: true });
}

/** The page from the sources themselves: what is looked at is what is written, whatever was built last. */
async function bundleGallery(folder) {
  const from = (name) => join(root, 'components', name);
  await build({
    entryPoints: [join(root, 'playground/pages/gallery.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: join(folder, 'assets'),
    tsconfig: join(root, 'tsconfig.json'),
    conditions: ['production'],
    alias: {
      'trafficjamz/components/define': from('define.ts'),
      'trafficjamz/components/states': from('states.ts'),
    },
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'gallery.html'), pageText(join(root, 'playground/gallery.html')));
  cpSync(join(root, 'playground/styles'), join(folder, 'styles'), { recursive: true });
  cpSync(join(root, 'playground/assets/icon.svg'), join(folder, 'assets/icon.svg'));
}

function serve(folder) {
  const types = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
  };
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === '/gallery' ? 'gallery.html' : normalize(pathname).slice(1);
    try {
      const body = readFileSync(join(folder, file));
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((done) => {
    http.listen(0, '127.0.0.1', () => {
      done({ origin: `http://127.0.0.1:${http.address().port}`, close: () => http.close() });
    });
  });
}

async function tagsOf(origin) {
  const page = await browser.newPage();
  await page.goto(`${origin}/gallery`);
  await page.waitForSelector('.sheet');
  const tags = await page.$$eval('.sheet', (sheets) => sheets.map(({ id }) => id));
  await page.close();
  return tags;
}

function sheetsOf(tags) {
  const themes = ['light', 'dark'];
  const widths = wanted.docs ? ['narrow'] : ['narrow', 'wide'];
  const directions =
    wanted.lang === 'ar' ? ['rtl'] : wanted.docs || wanted.lang !== 'en' ? ['ltr'] : ['ltr', 'rtl'];
  return tags.flatMap((element) =>
    themes.flatMap((theme) =>
      widths.flatMap((width) => directions.map((dir) => ({ element, theme, width, dir }))),
    ),
  );
}

/** The whole sheet at once: a map that is below the window would not be drawn. */
async function shoot({ element, theme, width, dir }) {
  const pageWidth = width === 'wide' ? 1560 : 1320;
  const context = await browser.newContext({
    viewport: { width: pageWidth, height: 900 },
    deviceScaleFactor: wanted.docs ? 0.75 : 1,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  const lang = dir === 'rtl' ? 'ar' : wanted.lang;
  const query = new URLSearchParams({ element, theme, width, dir, lang });
  await page.goto(`${server.origin}/gallery?${query}`);
  await page.waitForSelector('.sheet');
  for (let pass = 0; pass < 2; pass++) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: pageWidth, height: Math.min(height + 20, 12_000) });
    await page.waitForFunction(() => document.querySelector('[aria-busy=true].cell') === null);
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(400);
  }
  const name = wanted.docs
    ? `${element}-${theme}.jpg`
    : `${element}-${theme}-${width}-${dir}${dir === 'rtl' || lang === 'en' ? '' : `-${lang}`}.png`;
  const kind = wanted.docs ? { type: 'jpeg', quality: 66 } : { type: 'png' };
  await page.screenshot({ path: join(out, name), ...kind });
  await context.close();
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
  return name;
}
