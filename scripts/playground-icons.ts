// `node scripts/playground-icons.ts`: the pictures of the installed playground, drawn from playground/assets/icon.svg.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const assets = resolve(import.meta.dirname, '../playground/assets');
const drawing = readFileSync(join(assets, 'icon.svg'), 'utf8');
/** Launchers cut a maskable icon and Apple's to their own shape: the ground fills the square, the sign its middle. */
const ground = '#00756b';

const icons = [
  { file: 'icon-192.png', sizePx: 192, bleed: false },
  { file: 'icon-512.png', sizePx: 512, bleed: false },
  { file: 'icon-maskable-512.png', sizePx: 512, bleed: true },
  { file: 'apple-touch-icon.png', sizePx: 180, bleed: true },
] as const;

const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const icon of icons) await draw(icon);
await browser.close();

async function draw({ file, sizePx, bleed }: (typeof icons)[number]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
  // A maskable icon's safe zone is a circle of four fifths of its width (W3C, Web Application Manifest).
  const signPx = bleed ? sizePx * 0.82 : sizePx;
  await page.setContent(`<!doctype html><style>
    body { margin: 0; display: grid; place-items: center; height: 100vh; background: ${bleed ? ground : 'transparent'} }
    svg { width: ${signPx}px; height: ${signPx}px }
  </style>${drawing}`);
  writeFileSync(join(assets, file), await page.screenshot({ omitBackground: true }));
  await page.close();
}
