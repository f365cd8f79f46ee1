import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStage } from './stage.ts';
import { ask, type GroupElement, openTab, waitFor } from './worker-host.ts';

const shares = ({ current }: GroupElement): boolean => current?.sharing$.value.mode === 'precise';
const isOff = ({ current }: GroupElement): boolean => current?.sharing$.value.mode === 'off';
const start = ({ current }: GroupElement): void => current?.sharing('precise');
const stop = ({ current }: GroupElement): void => current?.sharing('off');
const report = ({ current }: GroupElement): void =>
  current?.reportPosition({ lat: 43.7384, lng: 7.4246, accuracyM: 8 });
const sees = ({ current }: GroupElement): boolean => current?.positions$.value.length === 1;
const seesNobody = ({ current }: GroupElement): boolean => current?.positions$.value.length === 0;

describe('sharing in two tabs of one browser', () => {
  const stage = openStage();

  it('[PS24] is one decision: begun in either, stopped in either, and nothing is told after that', async () => {
    const context = await stage.browser.newContext({ bypassCSP: true });
    const others = await stage.browser.newContext({ bypassCSP: true });
    const first = await openTab(context, stage.server.url);
    const second = await openTab(context, stage.server.url);
    const other = await openTab(others, stage.server.url);

    for (const [begins, stops] of [
      [first, second],
      [second, first],
    ] as const) {
      await ask(begins, start);
      await waitFor(stops, shares);
      await waitFor(begins, shares);
      await ask(begins, report);
      await waitFor(other, sees);

      await ask(stops, stop);
      await waitFor(begins, isOff);
      await waitFor(other, seesNobody);
      await ask(begins, report);
      await ask(stops, report);
      // What is told behind these is heard behind them.
      await ask(begins, ({ current }) => current?.addTracks([{ title: 'Later' }]).acked);
      await ask(other, ({ jamz }) => jamz?.syncNow());
      equal(await ask(other, seesNobody), true);
    }
    await context.close();
    await others.close();
  });
});
