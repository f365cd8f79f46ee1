import type { Locator, Page } from 'playwright-core';
import type { Group, Jamz, Listener, NowPlaying, SyncStatus } from 'trafficjamz';
import { until } from '../scripts/testing/until.ts';

type GroupElement = HTMLElement & { readonly current: Group; readonly jamz: Jamz };

/** One phone of the playground, by its elements and by the SDK objects behind them. */
export interface TestPhone {
  readonly element: Locator;
  readonly player: Locator;
  nowPlaying(): Promise<NowPlaying>;
  status(): Promise<SyncStatus>;
  titles(): Promise<readonly string[]>;
  listener(): Promise<{ state: string; driftMs: number | null }>;
  /** Cuts this phone off, or lets it back in, by the switch on its card. */
  setSignal(on: boolean): Promise<void>;
  addTrack(title: string): Promise<void>;
  moveFirstToEnd(): Promise<void>;
  openTab(name: 'Map' | 'Music' | 'People' | 'You'): Promise<void>;
}

/** @param id the phone's namespace; @param card index of its card beside the phones */
export function phoneOn(page: Page, id: string, card: number): TestPhone {
  const element = page.locator(`#${id}`);
  const around = element.locator('jamz-group');
  const ask = <T>(read: (element: GroupElement) => T): Promise<Awaited<T>> =>
    around.evaluate(read as (element: Element) => T) as Promise<Awaited<T>>;

  return {
    element,
    player: element.locator('jamz-player'),
    nowPlaying: () => ask(({ current }) => current.nowPlaying$.value),
    status: () => ask(({ jamz }) => jamz.status$.value),
    titles: () => ask(({ current }) => current.playlist$.value.map(({ title }) => title)),
    listener: () =>
      ask(({ current }) => {
        const listener: Listener = current.listen();
        return { state: listener.state$.value.kind, driftMs: listener.driftMs$.value };
      }),
    async setSignal(on) {
      const box = page.locator('.trip').nth(card).locator('.trip-tunnel input');
      await box.setChecked(!on);
    },
    addTrack: (title) =>
      around.evaluate((found, name) => {
        (found as GroupElement).current.addTracks([{ title: name, durationMs: 1000 }]);
      }, title),
    moveFirstToEnd: () =>
      ask(({ current }) => {
        const entries = current.playlist$.value;
        const [first, last] = [entries[0], entries.at(-1)];
        if (first && last) current.moveTrack(first.itemId, { after: last.itemId });
      }),
    openTab: (name) => element.getByRole('tab', { name, exact: true }).click(),
  };
}

/** Opens the playground and waits until both phones show their group, in step with the server. */
export async function openPlayground(
  page: Page,
  url: string,
): Promise<{ readonly ana: TestPhone; readonly bo: TestPhone }> {
  await page.goto(url);
  const phones = { ana: phoneOn(page, 'phone-a', 0), bo: phoneOn(page, 'phone-b', 1) };
  for (const phone of [phones.ana, phones.bo]) {
    await phone.element.locator('.phone-screen:not([hidden])').waitFor();
    await until(async () => (await phone.titles()).length >= 3, 'the demo tracks are listed');
    await until(async () => (await phone.status()).state === 'SYNCED', 'the phone is in sync');
  }
  return phones;
}
