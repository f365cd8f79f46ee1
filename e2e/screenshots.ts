// `node e2e/screenshots.ts`: the playground's pictures for docs/screenshots, from a real server and a real drive.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { until } from '../scripts/testing/until.ts';
import { launchBrowser, openPage } from './browser.ts';
import { openPlayground } from './phones.ts';
import { startServer } from './server.ts';

const folder = resolve(import.meta.dirname, '../docs/screenshots');

await mkdir(folder, { recursive: true });
const [server, browser] = await Promise.all([startServer(), launchBrowser()]);
for (const dark of [false, true]) {
  for (const [width, height] of [
    [1280, 1090],
    [390, 844],
  ] as const) {
    const { page } = await openPage(browser, { width, height, dark, scale: width === 390 ? 2 : 1 });
    const { ana, bo } = await openPlayground(page, server.url);
    await ana.player.getByRole('button', { name: /^Play/ }).first().click();
    await until(async () => (await bo.listener()).state === 'playing', 'both phones sound');

    // Into the tunnel, and no further: there Bo’s changes wait while Ana’s go on.
    await page.getByRole('button', { name: 'Start the drive' }).click();
    await page.locator('#phone-b[data-coverage=tunnel]').waitFor();
    await page.getByRole('button', { name: 'Pause the drive' }).click();
    await until(async () => (await bo.status()).state === 'OFFLINE', 'Bo is offline');
    await bo.addTrack('Night ferry');
    await bo.moveFirstToEnd();
    await ana.addTrack('Coast road');
    await until(async () => (await bo.status()).pending === 2, 'two changes wait');
    await ana.element.locator('jamz-map canvas').first().waitFor();
    await page.waitForLoadState('networkidle');

    const theme = dark ? 'dark' : 'light';
    if (width === 390) await page.locator('#phone-tabs').scrollIntoViewIfNeeded();
    if (width === 390) await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `playground-${width}-${theme}.png`) });
    if (width === 390) {
      await page.getByRole('tab', { name: 'Bo’s phone' }).click();
      await bo.openTab('Music');
      await bo.element.scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(folder, `playground-${width}-${theme}-tunnel.png`) });
    }
    await page.context().close();

    const { page: world } = await openPage(browser, { width, height, dark });
    await world.goto(`${server.url}/simulator#seed=7&phones=5&life=people`);
    await world.locator('[data-phone="2"] [data-state="SYNCED"]').waitFor();
    await world.locator('[data-phone="2"] .more').click();
    await world.locator('#more-2 select').selectOption('tunnel');
    await world.keyboard.press('Escape');
    await world.locator('[data-zone="tunnel"] [data-phone="2"] [data-state="OFFLINE"]').waitFor();
    for (const _ of [1, 2, 3]) await world.locator('[data-phone="2"] .sim-tool:not(.more)').click();
    await world.getByText('3 changes wait').waitFor();
    await world.evaluate(() => scrollTo(0, 0));
    await world.screenshot({ path: join(folder, `simulator-${width}-${theme}.png`) });
    await world.context().close();

    const { page: trip } = await openPage(browser, { width, height, dark });
    await trip.goto(`${server.url}/trip`);
    await trip.locator('jamz-trip canvas').first().waitFor();
    await trip
      .locator('jamz-trip')
      .getByRole('button', { name: /what did I miss/ })
      .click();
    await trip.waitForLoadState('networkidle');
    await trip.evaluate(() => scrollTo(0, 0));
    // What was painted before the tap is drawn over in the next frames.
    await trip.evaluate(
      () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))),
    );
    await trip.screenshot({ path: join(folder, `trip-${width}-${theme}.png`) });
    await trip.context().close();
  }
}
await browser.close();
await server.close();
