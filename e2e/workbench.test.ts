import { deepEqual, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { openStage } from './stage.ts';

describe('the workbench', () => {
  const stage = openStage();

  it('turns an element, tells its events, and writes what to copy', async () => {
    const { page, problems } = await open('jamz-player');
    await page
      .locator('#stage jamz-player')
      .getByRole('button', { name: 'Play' })
      .first()
      .waitFor();
    await page.getByLabel('theme').selectOption('dark');
    await page.locator('[id="token--jamz-radius"]').fill('0');
    match(
      (await page.locator('#code').textContent()) ?? '',
      /--jamz-radius: 0;[\s\S]*<jamz-player [^>]*theme="dark"/,
    );
    await page.getByLabel('React').check();
    match((await page.locator('#code').textContent()) ?? '', /export const JamzPlayer/);
    await page.locator('#stage jamz-player').getByRole('button', { name: 'Play' }).first().click();
    await page.locator('#log').getByText('jamz-request-play').waitFor();
    deepEqual(problems, []);
    await page.context().close();
  });

  it('speaks another language at once, from right to left where it is written so', async () => {
    const { page } = await open('jamz-sync-indicator');
    const pill = page.locator('#stage jamz-sync-indicator');
    await pill.getByRole('button', { name: /^In sync/ }).waitFor();
    await page.getByLabel('Language').selectOption('de');
    await pill.getByRole('button', { name: /^Synchron/ }).waitFor();
    await page.getByLabel('Language').selectOption('ar');
    await pill.getByRole('button', { name: /^متزامن/ }).waitFor();
    deepEqual(await page.locator('#stage').evaluate(({ dir }: HTMLElement) => dir), 'rtl');
    await page.context().close();
  });

  it('takes the network away and gives it back', async () => {
    const { page } = await open('jamz-sync-indicator');
    const pill = page.locator('#stage jamz-sync-indicator');
    await pill.getByRole('button', { name: /^In sync/ }).waitFor();
    await page.getByLabel('No signal').check();
    await pill.getByRole('button', { name: /^Offline/ }).waitFor();
    await page.getByLabel('No signal').uncheck();
    await pill.getByRole('button', { name: /^In sync/ }).waitFor();
    await page.context().close();
  });

  it('has an assistant that follows a script, once the person allows it', async () => {
    const { page, problems } = await open('jamz-ai-chat');
    const chat = page.locator('#stage jamz-ai-chat');
    await chat.getByRole('button', { name: 'Allow it' }).click();
    await chat.getByRole('button', { name: 'What should we play next?' }).click();
    await chat.getByRole('button', { name: 'Do it' }).click();
    await chat.getByRole('button', { name: 'Undo' }).click();
    await chat.getByText('Taken back').waitFor();
    deepEqual(problems, []);
    await page.context().close();
  });

  async function open(tag: string): Promise<{ page: Page; problems: readonly string[] }> {
    const { page, problems } = await openPage(stage.browser);
    page.setDefaultTimeout(60_000);
    await page.goto(`${stage.server.url}/workbench?element=${tag}`);
    return { page, problems };
  }
});
