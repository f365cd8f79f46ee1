import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStage } from './stage.ts';
import { ask, type GroupElement, openTab, untilStored, waitFor } from './worker-host.ts';

const leads = ({ jamz }: GroupElement): boolean => jamz?.status$.value.leader === true;
const titles = ({ current }: GroupElement): string[] =>
  (current?.playlist$.value ?? []).map(({ title }) => title);

describe('two tabs of one browser', () => {
  const stage = openStage();

  it('share one connection, show the same, and survive the leader’s end', async () => {
    const context = await stage.browser.newContext({ bypassCSP: true });
    const first = await openTab(context, stage.server.url);
    const second = await openTab(context, stage.server.url);
    equal(await ask(first, leads), true);
    equal(await ask(second, leads), false);
    deepEqual(await ask(second, titles), await ask(first, titles));

    await ask(
      second,
      ({ current }) => current?.addTracks([{ title: 'From the second tab' }]).acked,
    );
    await waitFor(first, ({ current }) =>
      Boolean(current?.playlist$.value.some(({ title }) => title === 'From the second tab')),
    );

    await first.close();
    await waitFor(second, ({ jamz }) => {
      const status = jamz?.status$.value;
      return status?.leader === true && status.state === 'SYNCED';
    });
    await ask(second, ({ current }) => current?.addTracks([{ title: 'From what is left' }]).acked);
    equal((await ask(second, titles)).at(-1), 'From what is left');
    await context.close();
  });

  it('[TB10] take over from one that is frozen, which follows when it thaws', async (test) => {
    const context = await stage.browser.newContext({ bypassCSP: true });
    const frozen = await openTab(context, stage.server.url);
    const other = await openTab(context, stage.server.url);
    await other.bringToFront();
    // In the page's own time: when it led, and how long its main thread was held up meanwhile.
    const watch = ask(
      other,
      ({ jamz }) =>
        new Promise<{ afterMs: number; heldUpMs: number }>((resolve) => {
          let frozenAtMs = Number.NaN;
          document.addEventListener('frozen', () => {
            frozenAtMs = performance.now();
          });
          let lastMs = performance.now();
          let heldUpMs = 0;
          const timer = setInterval(() => {
            const nowMs = performance.now();
            if (frozenAtMs) heldUpMs += Math.max(0, nowMs - lastMs - 20);
            lastMs = nowMs;
            if (!jamz?.status$.value.leader || !frozenAtMs) return;
            clearInterval(timer);
            resolve({ afterMs: nowMs - frozenAtMs, heldUpMs });
          }, 10);
        }),
    );
    const control = await context.newCDPSession(frozen);
    // Headless tabs are all visible, and a visible one cannot be frozen: the debugger stops it as dead.
    await control.send('Debugger.enable');
    const paused = new Promise<unknown>((resolve) => control.once('Debugger.paused', resolve));
    await control.send('Debugger.pause');
    // It stops at what it does next.
    const nextStep = frozen.evaluate(() => true);
    await paused;
    await other.evaluate(() => document.dispatchEvent(new Event('frozen')));
    const { afterMs, heldUpMs } = await watch;
    const figures = `${afterMs} ms, held up for ${heldUpMs} ms of them`;
    test.diagnostic(figures);
    // `npm run bench:pages`, on a quiet machine; here others may have the processor for as long.
    if (process.env['SECONDS']) ok(afterMs - heldUpMs < 1_000, figures);
    await ask(other, ({ current }) => current?.addTracks([{ title: 'While it slept' }]).acked);

    await control.send('Debugger.resume');
    equal(await nextStep, true);
    await control.send('Debugger.disable');
    await waitFor(frozen, ({ jamz, current }) => {
      const heard = current?.playlist$.value.some(({ title }) => title === 'While it slept');
      return heard === true && jamz?.status$.value.leader === false;
    });
    equal(await ask(other, leads), true);
    await context.close();
  });

  it('[TB11] elect a leader without Web Locks, too, and another when that one is closed', async () => {
    const context = await stage.browser.newContext({ bypassCSP: true });
    await context.addInitScript(() => {
      // As on plain http, or in an old browser.
      Reflect.deleteProperty(Navigator.prototype, 'locks');
    });
    const first = await openTab(context, stage.server.url);
    const second = await openTab(context, stage.server.url);
    equal(await ask(first, leads), true);
    equal(await ask(second, leads), false);
    await ask(second, ({ current }) => current?.addTracks([{ title: 'Without locks' }]).acked);
    await first.close();
    await second.bringToFront();
    await waitFor(second, ({ jamz }) => {
      const status = jamz?.status$.value;
      return status?.leader === true && status.state === 'SYNCED';
    });
    equal((await ask(second, titles)).at(-1), 'Without locks');
    await context.close();
  });

  it('[AC10] are all signed out when one is', async () => {
    const context = await stage.browser.newContext({ bypassCSP: true });
    const first = await openTab(context, stage.server.url);
    const second = await openTab(context, stage.server.url);
    await ask(second, ({ jamz }) => jamz?.session.signOut());
    await waitFor(first, ({ jamz }) => jamz?.session.user$.value === null);
    equal(await ask(first, ({ jamz }) => jamz?.status$.value.state), 'ERROR');
    await context.close();
  });

  it('keeps what was tapped without a network through a closed tab', async () => {
    const context = await stage.browser.newContext({ bypassCSP: true });
    const first = await openTab(context, stage.server.url);
    await ask(first, ({ jamz, current }) => {
      jamz?.online(false);
      current?.addTracks([{ title: 'Tapped in the dark' }]);
    });
    await untilStored(first, 1);
    await first.close({ runBeforeUnload: false });

    const again = await openTab(context, stage.server.url);
    await waitFor(again, ({ jamz, current }) => {
      const there = current?.playlist$.value.some(({ title }) => title === 'Tapped in the dark');
      return there === true && jamz?.status$.value.pending === 0;
    });
    await context.close();
  });
});
