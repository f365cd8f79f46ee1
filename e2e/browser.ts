import { type Browser, chromium, type Page } from 'playwright-core';

/** A real Chromium that sounds without a tap and draws maps without a graphics card. @param more flags besides */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-dev-shm-usage',
      ...more,
    ],
  });
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Device pixels to a CSS pixel. */
  readonly scale?: number;
}

/** A page whose uncaught errors and refused resources are kept, so that a test can say there were none. */
export async function openPage(
  browser: Browser,
  options: PageOptions = {},
): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const { width = 1280, height = 900, dark = false, scale = 1 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) {
      problems.push(message.text());
    }
  });
  return { page, problems };
}
