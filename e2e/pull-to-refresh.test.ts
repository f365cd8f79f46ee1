import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStage } from './stage.ts';

describe('pulling a panel of the playground down', () => {
  const stage = openStage();

  it('[CA6] asks the server for what is new, and says that it has', async () => {
    const context = await stage.browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const page = await context.newPage();
    await page.goto(stage.server.url);
    const phone = page.locator('.phone').first();
    await phone.getByRole('tab', { name: 'Music' }).tap();
    const panel = phone.locator('.phone-panel.scrolls:visible');
    await panel.scrollIntoViewIfNeeded();
    const box = await panel.boundingBox();
    if (!box) throw new Error('The panel is not shown.');
    const devtools = await context.newCDPSession(page);
    const x = box.x + box.width / 2;
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x, y }],
      });
    await touch('touchStart', box.y + 10);
    for (const down of [30, 80, 140, 180]) await touch('touchMove', box.y + 10 + down);
    equal(await panel.getAttribute('data-pull'), 'ready');
    await touch('touchEnd');
    await phone.getByText('Up to date.').waitFor({ state: 'attached' });
    equal(await panel.getAttribute('data-pull'), 'idle');
  });
});
