import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { until } from '../scripts/testing/until.ts';
import { launchBrowser, openPage } from './browser.ts';
import { openPlayground, phoneOn, type TestPhone } from './phones.ts';
import { startServer, type TestServer } from './server.ts';

const tracks = join(import.meta.dirname, '../server/music/demo-tracks');

describe('two phones of the playground', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let ana: TestPhone;
  let bo: TestPhone;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  beforeEach(async () => {
    ({ page, problems } = await openPage(browser));
    ({ ana, bo } = await openPlayground(page, server.url));
  });
  afterEach(() => page.context().close());
  after(async () => {
    await browser.close();
    await server.close();
  });

  const bothSettled = async (): Promise<void> => {
    for (const phone of [ana, bo]) {
      await until(async () => {
        const { state, pending } = await phone.status();
        return state === 'SYNCED' && pending === 0;
      }, 'both phones are in sync');
    }
  };

  it('plays on both, in step, when play is pressed on one', async () => {
    await ana.player.getByRole('button', { name: /^Play/ }).first().click();
    for (const phone of [ana, bo]) {
      await until(async () => (await phone.nowPlaying()).playing, 'the music plays');
      await until(async () => (await phone.listener()).state === 'playing', 'it sounds');
      await until(async () => {
        const { driftMs } = await phone.listener();
        return driftMs !== null && Math.abs(driftMs) <= 50;
      }, 'it sounds within 50 ms of where the group is');
    }
    equal((await ana.nowPlaying()).item?.itemId, (await bo.nowPlaying()).item?.itemId);
    equal((await ana.nowPlaying()).atServerMs, (await bo.nowPlaying()).atServerMs);
    deepEqual(problems, []);
  });

  it('keeps every change that both made while one was cut off', async () => {
    await bo.setSignal(false);
    await until(async () => (await bo.status()).state === 'OFFLINE', 'Bo is offline');

    await ana.addTrack('Coast road');
    await ana.addTrack('Lighthouse');
    await bo.addTrack('Night ferry');
    await bo.moveFirstToEnd();
    ok((await bo.titles()).includes('Night ferry'), 'Bo sees his own change at once');
    ok(!(await bo.titles()).includes('Coast road'), 'Bo cannot know of Ana’s');

    await bo.setSignal(true);
    await bothSettled();
    await until(
      async () => (await ana.titles()).join() === (await bo.titles()).join(),
      'both agree',
    );
    const titles = await ana.titles();
    for (const title of ['Coast road', 'Lighthouse', 'Night ferry'])
      ok(titles.includes(title), title);
  });

  it('plays an uploaded MP3 on both', async () => {
    const before = (await ana.titles()).length;
    await ana.openTab('Music');
    const chooser = page.waitForEvent('filechooser');
    await ana.element.locator('jamz-upload').getByRole('button').first().click();
    await (await chooser).setFiles(join(tracks, 'windscreen.mp3'));
    for (const phone of [ana, bo]) {
      await until(async () => (await phone.titles()).length === before + 1, 'the upload is listed');
    }
    await ana.element.locator('jamz-group').evaluate((found) => {
      const { current } = found as HTMLElement & { current: import('trafficjamz').Group };
      const last = current.playlist$.value.at(-1);
      if (last) current.select(last.itemId);
      current.play();
    });
    for (const phone of [ana, bo]) {
      await until(async () => (await phone.listener()).state === 'playing', 'the upload sounds');
    }
  });

  it('recovers from a server that was killed, with all that was acknowledged', async () => {
    await ana.addTrack('Before the cut');
    await bothSettled();
    await server.kill();
    await until(async () => (await ana.status()).state === 'OFFLINE', 'Ana is offline');
    await bo.addTrack('During the cut');
    await server.restart();
    await bothSettled();
    for (const phone of [ana, bo]) {
      await until(async () => {
        const titles = await phone.titles();
        return titles.includes('Before the cut') && titles.includes('During the cut');
      }, 'both changes are there');
    }
  });

  it('shows the same after a reload, and shares its group with an invited phone', async () => {
    await ana.addTrack('Kept');
    await bothSettled();
    const { code } = await ana.element
      .locator('jamz-group')
      .evaluate((found) =>
        (found as HTMLElement & { current: import('trafficjamz').Group }).current.invite(),
      );
    const guest = await openPage(browser, { width: 390, height: 844 });
    await guest.page.goto(`${server.url}/?join=${code}`);
    await guest.page.getByLabel('Your name').fill('Cy');
    await guest.page.getByRole('button', { name: 'Join the group' }).click();
    const phone = phoneOn(guest.page, 'phone-guest', 0);
    await until(
      async () => (await phone.element.locator('.phone-screen:not([hidden])').count()) === 1,
      'the guest is in',
    );
    await until(async () => (await phone.titles()).includes('Kept'), 'the guest sees the playlist');
    await guest.page.context().close();

    await page.reload();
    ({ ana, bo } = await openPlayground(page, server.url));
    ok((await bo.titles()).includes('Kept'));
  });
});
