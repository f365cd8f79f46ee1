import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { openStage } from './stage.ts';

/** What a host's style sheet could spoil of an element's frame. */
const ofFrames = [
  ...['display', 'boxSizing', 'color', 'backgroundColor', 'borderTopWidth', 'borderTopLeftRadius'],
  ...['fontSize', 'lineHeight', 'textAlign', 'textIndent', 'textTransform', 'whiteSpace'],
  ...['paddingTop', 'inlineSize'],
] as const;
/** Of its first button, whichever that is: that differs with what has come so far. */
const ofButtons = ['boxSizing', 'fontSize', 'textAlign', 'textIndent', 'textTransform'] as const;

type Looks = Readonly<Record<string, Readonly<Record<string, string>>>>;

describe('the elements on somebody else’s page', () => {
  const stage = openStage();

  it('work under a strict policy that requires Trusted Types', async () => {
    const { page, problems } = await openHost('/strict-host');
    await playHere(page);
    await page.locator('jamz-messages textarea').fill('Hello');
    await page.locator('jamz-messages [part=send]').click();
    await page.locator('jamz-messages [part=message]').waitFor();
    deepEqual(problems, []);
    const refused = await page.evaluate(() => {
      try {
        document.createElement('b').innerHTML = '<i></i>';
        return false;
      } catch {
        return true;
      }
    });
    equal(refused, true, 'the page’s policy is at work');
    await page.context().close();
  });

  it('look under a host’s worst style sheet as they do anywhere', async () => {
    const { page: plain } = await openHost('/strict-host');
    const { page: tortured, problems } = await openHost('/torture-host');
    deepEqual(await looksOf(tortured), await looksOf(plain));
    await playHere(tortured);
    deepEqual(problems, []);
    await plain.context().close();
    await tortured.context().close();
  });

  /** Once every element shows what it has. */
  async function openHost(path: string): Promise<{ page: Page; problems: readonly string[] }> {
    // All of it in sight: a map that nobody sees does not load.
    const { page, problems } = await openPage(stage.browser, { width: 800, height: 5600 });
    page.setDefaultTimeout(60_000);
    await page.goto(stage.server.url + path);
    await page.waitForFunction(() => {
      const elements = [...document.querySelectorAll('jamz-group > *')];
      return elements.every(({ shadowRoot }) => {
        const frame = shadowRoot?.querySelector('.frame');
        return frame && !shadowRoot?.querySelector('.bone');
      });
    });
    return { page, problems };
  }
});

async function playHere(page: Page): Promise<void> {
  const player = page.locator('jamz-player');
  await player.getByRole('button', { name: /^Play/ }).first().click();
  await player
    .getByRole('button', { name: /^Pause/ })
    .first()
    .waitFor();
}

function looksOf(page: Page): Promise<Looks> {
  return page.evaluate(
    (parts) => {
      const looks: Record<string, Record<string, string>> = {};
      for (const element of document.querySelectorAll('jamz-group > *')) {
        for (const [part, names] of parts) {
          const inside = element.shadowRoot?.querySelector(part);
          if (!inside) continue;
          const style = getComputedStyle(inside);
          looks[`${element.localName} ${part}`] = Object.fromEntries(
            names.map((name) => [name, String(Reflect.get(style, name))]),
          );
        }
      }
      return looks;
    },
    [
      ['.frame', ofFrames],
      ['button', ofButtons],
    ] as const,
  );
}
