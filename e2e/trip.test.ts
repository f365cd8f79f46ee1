import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Group } from 'trafficjamz';
import { until } from '../scripts/testing/until.ts';
import { openPage } from './browser.ts';
import { openStage } from './stage.ts';

type TripElement = HTMLElement & { readonly group: Group };

/** The server answers sixty questions for a trip in a minute, and the element asks some of them. */
const pauseMs = 1_500;

describe('the page of a trip', () => {
  const stage = openStage();

  it('shows an example to who comes without a link, to scrub through and to play', async () => {
    const { page, problems } = await openPage(stage.browser);
    await page.goto(`${stage.server.url}/trip`);
    const trip = page.locator('jamz-trip');
    const line = trip.getByRole('slider');
    await line.press('End');
    match((await line.getAttribute('aria-valuetext')) ?? '', /Last Light/);
    equal(await trip.locator('.way').count(), 3);
    await trip
      .getByRole('button', { name: /Under the Rock/ })
      .first()
      .click();
    match((await line.getAttribute('aria-valuetext')) ?? '', /Under the Rock/);
    const heard = trip.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          element.addEventListener('jamz-trip-pause', (event) =>
            resolve((event as CustomEvent<{ atMs: number }>).detail.atMs),
          );
        }),
    );
    await trip.getByLabel('Speed').selectOption('120');
    await trip.getByRole('button', { name: 'Play the trip' }).click();
    ok((await heard) > 0);
    deepEqual(problems, []);
    await page.context().close();
  });

  it('[TR2] [TR3] lets a member share a drive, and a stranger look at it until the link is ended', async () => {
    const member = await openPage(stage.browser);
    const stranger = await openPage(stage.browser, { width: 390, height: 844 });
    await member.page.goto(`${stage.server.url}/trip`);
    await member.page.getByLabel('Ana’s last hours here').check();
    const own = member.page.locator('jamz-trip');
    await own.getByText('Nothing was recorded then').waitFor();
    await drive(own);

    // Looked at again, as one does after a drive.
    await member.page.getByLabel('An example').check();
    await own.locator('.way').nth(2).waitFor();
    await member.page.getByLabel('Ana’s last hours here').check();
    await own.getByText('Over the hill now').waitFor();
    await own.getByRole('button', { name: 'Share this trip' }).click();
    await own.getByLabel('Title').fill('Over the hill');
    await own.getByRole('button', { name: 'Make a link' }).click();
    const url = new URL(await own.getByLabel('Link to Over the hill').inputValue());

    const shown = stranger.page.locator('jamz-trip');
    await stranger.page.goto(stage.server.url + url.pathname + url.search);
    await shown.getByRole('heading', { name: 'Over the hill' }).waitFor();
    await shown.getByText('Over the hill now').waitFor();
    equal(await shown.locator('.way').count(), 1);
    equal(await shown.getByRole('button', { name: 'Share this trip' }).count(), 0);
    await doesNotScroll(stranger.page);

    await own.getByRole('button', { name: 'End this link' }).click();
    await own.locator('.link').waitFor({ state: 'detached' });
    await stranger.page.reload();
    await shown.getByText('This trip is no longer shared').waitFor();
    deepEqual([...member.problems, ...stranger.problems], []);
    await member.page.context().close();
    await stranger.page.context().close();
  });
});

/** Two places and a message, until the server has written them. */
async function drive(trip: Locator): Promise<void> {
  await trip.evaluate(async (element) => {
    const { group } = element as TripElement;
    group.sharing('precise');
    group.reportPosition({ lat: 43.731, lng: 7.418, accuracyM: 5 });
    await group.send('Over the hill now').acked;
  });
  const points = (): Promise<number> =>
    trip.evaluate(async (element) => {
      const { group } = element as TripElement;
      const now = group.jamz.serverNow();
      const seen = await group.trip({ from: now - 600_000, until: now });
      return seen.travellers.flatMap((one) => one.points).length;
    });
  await until(async () => (await points()) > 0, 'the first place is written', pauseMs);
  await trip.evaluate((element) => {
    (element as TripElement).group.reportPosition({ lat: 43.7313, lng: 7.418, accuracyM: 5 });
  });
  await until(async () => (await points()) > 1, 'the second place is written', pauseMs);
}

async function doesNotScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  equal(content, window);
}
