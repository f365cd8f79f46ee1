import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { openStage } from './stage.ts';

const card = (phone: number): string => `[data-phone="${phone}"]`;

describe('“Break our sync”', () => {
  const stage = openStage();

  const open = async (hash: string): Promise<{ page: Page; problems: string[] }> => {
    // High enough that every stretch of the road is in sight.
    const opened = await openPage(stage.browser, { height: 1_500 });
    await opened.page.goto(`${stage.server.url}/simulator${hash}`);
    return opened;
  };
  const inSync = (page: Page, phone: number): Promise<void> =>
    page.locator(`${card(phone)} [data-state="SYNCED"]`).waitFor();
  const drag = async (page: Page, phone: number, zone: string): Promise<void> => {
    const head = await page.locator(`${card(phone)} header`).boundingBox();
    const to = await page.locator(`[data-zone="${zone}"]`).boundingBox();
    if (!head || !to) throw new Error('Nothing to drag.');
    await page.mouse.move(head.x + head.width / 2, head.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + 120, { steps: 6 });
    await page.mouse.up();
  };

  it('has a phone that is dragged into the tunnel go offline, keep what is tapped, and agree behind it', async () => {
    const { page, problems } = await open('#seed=7&phones=2&life=nobody');
    await inSync(page, 0);
    await drag(page, 0, 'tunnel');
    await page.locator(`[data-zone="tunnel"] ${card(0)} [data-state="OFFLINE"]`).waitFor();
    await page.locator(`${card(0)} .sim-tool:not(.more)`).click();
    await page.getByText('1 change waits').waitFor();
    await drag(page, 0, 'road');
    await page.locator(`[data-zone="road"] ${card(0)} [data-state="SYNCED"]`).waitFor();
    const songs = (phone: number) =>
      page.locator(`${card(phone)} .sim-songs li:not(.none)`).allTextContents();
    await page
      .locator(`${card(1)} .sim-songs li:not(.none)`)
      .first()
      .waitFor();
    deepEqual(await songs(0), await songs(1));
    await page.getByRole('button', { name: 'Put right and compare' }).click();
    await page.getByText('All phones and the log were compared, and are equal.').waitFor();
    deepEqual(problems, []);
  });

  it('keeps all that was done in its link', async () => {
    const { page } = await open('#seed=9&phones=3&life=nobody');
    await page.locator('[data-server="0"] .danger').click();
    await page.locator('[data-server="0"][data-up="false"]').waitFor();
    await page.getByRole('button', { name: 'Copy the link' }).click();
    const address = page.url();
    match(decodeURIComponent(address), /server-crash/);
    const again = await openPage(stage.browser);
    await again.page.goto(address);
    await again.page.locator('[data-server="0"][data-up="false"]').waitFor();
    await again.page.getByText('You interfered once').waitFor();
  });

  it('notices a bug that is built in', { timeout: 300_000 }, async () => {
    const { page } = await open('#seed=1&phones=3&life=everything&bug=ack-before-commit');
    await page.getByRole('radio', { name: '60×' }).check();
    await page.locator('.sim-verdict[data-broken="true"]').waitFor({ timeout: 150_000 });
    equal(await page.locator('.sim-promises [data-broken="true"]').count(), 1);
  });
});
