import { type Browser, chromium } from 'playwright-core';
import { bendClocks, type ClockFault } from './page/clock-fault.ts';
import type { Phone } from './page/main.ts';
import type { SoundCard } from './sound-card.ts';

/** A Chromium of its own on a channel of its own. */
export interface PhoneProcess {
  ask<Argument, Result>(
    inPage: (phone: Phone, argument: Argument) => Result,
    argument: Argument,
  ): Promise<Awaited<Result>>;
  close(): Promise<void>;
}

/** @param onError hears what goes wrong in the page */
export async function openPhone(
  card: SoundCard,
  channel: number,
  url: string,
  fault: ClockFault,
  onError: (message: string) => void,
): Promise<PhoneProcess> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    env: textOnly(card.environmentOf(channel)),
    // Playwright mutes a headless browser.
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-dev-shm-usage',
      '--disable-gpu',
    ],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => onError(`phone ${channel}: ${error.message}`));
  await page.addInitScript(bendClocks, fault);
  await page.goto(url);
  await page.waitForFunction('"phone" in globalThis');
  return {
    ask: (inPage, argument) => page.evaluate(`(${inPage})(phone, ${JSON.stringify(argument)})`),
    close: () => browser.close(),
  };
}

function textOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
