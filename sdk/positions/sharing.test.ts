import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Fix, LiveReport } from '../protocol/wire.ts';
import { Sharing } from './sharing.ts';

const stepDeg = 0.001;

describe('sharing of one’s position', () => {
  let nowMs: number;
  let sent: LiveReport[];
  let timers: { atMs: number; run: () => void }[];
  let sharing: Sharing;

  const pass = (ms: number): void => {
    const untilMs = nowMs + ms;
    for (;;) {
      const next = timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      nowMs = next.atMs;
      next.run();
    }
    nowMs = untilMs;
  };
  const fix = (steps: number, more: Partial<Fix> = {}): Fix => ({
    lat: 41.4 + steps * stepDeg,
    lng: 2.1,
    accuracyM: 10,
    atMs: nowMs,
    ...more,
  });
  const lats = (): number[] =>
    sent.map((report) => Math.round(((report.fix?.lat ?? 0) - 41.4) / stepDeg));

  beforeEach(() => {
    nowMs = 1_000_000;
    sent = [];
    timers = [];
    sharing = new Sharing({
      scope: 'g:crew',
      deviceId: 'phone',
      serverNowMs: () => nowMs,
      send: (report) => sent.push(report),
      after(delayMs, run) {
        const timer = { atMs: nowMs + delayMs, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    });
  });

  it('[PS12] tells a coarser mode at once, in the place of what waits for a link in the finer one', () => {
    sharing.set('precise');
    sharing.report(fix(0));
    sharing.set('coarse');
    deepEqual(
      sent.map(({ mode }) => mode),
      ['precise', 'coarse'],
    );
    sharing.report(fix(40));
    equal(sent.length, 2);
  });

  it('[PS1] tells nothing before the person says so', () => {
    sharing.report(fix(0));
    pass(60_000);
    deepEqual(sent, []);
    deepEqual(sharing.state$.value, { mode: 'off', untilMs: null });
  });

  it('[PS6] tells the newest fix at most about once a second', () => {
    sharing.set('precise');
    for (let step = 0; step < 20; step++) {
      sharing.report(fix(step));
      pass(100);
    }
    deepEqual(lats(), [0, 8, 17]);
  });

  it('[PS6] tells of a device that stands still every ten seconds only', () => {
    sharing.set('precise');
    for (let second = 0; second < 25; second++) {
      sharing.report(fix(second % 2 ? 0.00001 : 0));
      pass(1_000);
    }
    equal(sent.length, 3);
  });

  it('tells of a standing device at once when it knows better where it is', () => {
    sharing.set('precise');
    sharing.report(fix(0, { accuracyM: 60 }));
    pass(1_000);
    sharing.report(fix(0, { accuracyM: 8 }));
    equal(sent.length, 2);
  });

  it('[PS3] off takes the device off the map once and forgets what was waiting', () => {
    sharing.set('precise');
    sharing.report(fix(0));
    sharing.report(fix(5));
    sharing.set('off');
    sharing.set('off');
    pass(60_000);

    deepEqual(
      sent.map((report) => report.fix && report.mode),
      ['precise', null],
    );
    equal(sent[1]?.mode, 'off');
    sharing.set('precise');
    pass(60_000);
    equal(sent.length, 2);
  });

  it('[PS3] off is told on a fresh page too, once: what an earlier one shared may still be shown', () => {
    sharing.set('off');
    sharing.set('off');
    deepEqual(sent, [{ scope: 'g:crew', deviceId: 'phone', mode: 'off', fix: null }]);
  });

  it('[PS8] ends by itself at the time that the person chose', () => {
    sharing.set('precise', nowMs + 5_000);
    sharing.report(fix(0));
    pass(4_999);
    equal(sharing.state$.value.mode, 'precise');
    pass(1);
    equal(sharing.state$.value.mode, 'off');
    equal(sent.at(-1)?.fix, null);
  });

  it('chosen anew, ends at the new time only', () => {
    sharing.set('precise', nowMs + 5_000);
    sharing.set('precise', nowMs + 20_000);
    pass(19_999);
    equal(sharing.state$.value.mode, 'precise');
  });

  it('[PS1] coarse tells a cell of a kilometre, neither heading nor speed', () => {
    sharing.set('coarse');
    sharing.report(fix(0, { headingDeg: 90, speedMps: 30 }));
    deepEqual(Object.keys(sent[0]?.fix ?? {}).sort(), ['accuracyM', 'atMs', 'lat', 'lng']);
    equal(sent[0]?.fix?.accuracyM, 707);
    for (let step = 0; step < 9; step++) {
      pass(1_000);
      sharing.report(fix(step / 10, { headingDeg: step, speedMps: 30 }));
    }
    equal(sent.length, 1);
  });

  it('replaces a precise fix by a coarse one as soon as the person asks for it', () => {
    sharing.set('precise');
    sharing.report(fix(0));
    pass(2_000);
    sharing.set('coarse');
    equal(sent.length, 2);
    equal(sent[1]?.mode, 'coarse');
    equal(sent[1]?.fix?.accuracyM, 707);
  });
});
