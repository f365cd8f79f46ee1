import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Fix, LiveReport, SharingMode } from '../protocol/wire.ts';
import { coarseAccuracyM } from './coarse.ts';
import { distanceM, type LatLng, moved } from './earth.ts';
import { plenty } from './reporting.ts';
import { Sharing } from './sharing.ts';

const stepDeg = 0.001;

describe('sharing of one’s position', () => {
  let nowMs: number;
  let sent: Omit<LiveReport, 'scope' | 'deviceId'>[];
  let shared: Fix[];
  let modes: SharingMode[];
  let hides: (at: LatLng) => boolean | undefined;
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
  const _lats = (): number[] =>
    sent.map((report) => Math.round(((report.fix?.lat ?? 0) - 41.4) / stepDeg));

  beforeEach(() => {
    nowMs = 1_000_000;
    sent = [];
    timers = [];
    shared = [];
    modes = [];
    hides = () => false;
    sharing = new Sharing({
      hides: (at) => hides(at),
      thrift: () => plenty,
      onShared: (fix) => shared.push(fix),
      onMode: (mode) => modes.push(mode),
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

  /** Fixes of somebody who goes east, one a second. */
  const drive = (seconds: number, mps: number): void => {
    for (let second = 0; second < seconds; second++) {
      const at = moved({ lat: 41.4, lng: 2.1 }, 90, mps * second);
      sharing.report(fix(0, { ...at, headingDeg: 90, speedMps: mps }));
      pass(1_000);
    }
  };

  it('[PS6] tells the newest fix at most about once a second', () => {
    sharing.set('precise');
    for (let step = 0; step < 30; step++) {
      // Nobody could reckon this one on.
      const at = moved({ lat: 41.4, lng: 2.1 }, step % 2 ? 60 : 120, step * 4);
      sharing.report(fix(0, { ...at, speedMps: 5, headingDeg: (step * 90) % 360 }));
      pass(100);
    }
    ok(sent.length >= 2 && sent.length <= 4, `${sent.length} in three seconds`);
  });

  it('[PS6] tells of a steady course every twelve seconds', () => {
    sharing.set('precise');
    drive(60, 14);
    ok(sent.length <= 6, `${sent.length} reports`);
  });

  it('[PS6] tells of a device that stands still every twenty seconds', () => {
    sharing.set('precise');
    for (let second = 0; second < 50; second++) {
      sharing.report(fix(second % 2 ? 0.00001 : 0, { speedMps: 0 }));
      pass(1_000);
    }
    equal(sent.length, 3);
  });

  it('[PS20] does not tell what cannot be', () => {
    sharing.set('precise');
    drive(5, 14);
    const before = sent.length;
    sharing.report(fix(9, { speedMps: 14 }));
    equal(sent.length, before);
    equal(shared.length, 5);
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
    deepEqual(sent, [{ mode: 'off', fix: null }]);
  });

  it('[PS8] ends by itself at the time that the person chose', () => {
    sharing.set('precise', { until: nowMs + 5_000 });
    sharing.report(fix(0));
    pass(4_999);
    equal(sharing.state$.value.mode, 'precise');
    pass(1);
    equal(sharing.state$.value.mode, 'off');
    equal(sent.at(-1)?.fix, null);
  });

  it('chosen anew, ends at the new time only', () => {
    sharing.set('precise', { until: nowMs + 5_000 });
    sharing.set('precise', { until: nowMs + 20_000 });
    pass(19_999);
    equal(sharing.state$.value.mode, 'precise');
  });

  it('[PS8] ends with the first fix after that time, though its timer slept', () => {
    sharing.set('precise', { until: nowMs + 5_000 });
    drive(2, 14);
    nowMs += 60_000;
    timers = [];
    sharing.report(fix(1));
    deepEqual(
      [sharing.state$.value.mode, sent.at(-1)?.mode, sent.at(-1)?.fix],
      ['off', 'off', null],
    );
  });

  it('[PS8] says with each report when it will end', () => {
    sharing.set('precise', { until: nowMs + 5_000 });
    sharing.report(fix(0));
    equal(sent[0]?.untilMs, nowMs + 5_000);
    sharing.set('precise');
    deepEqual([sent.length, sent[1]?.untilMs], [2, undefined]);
  });

  it('[PS8] tells nothing more where its time is over when the mode is said', () => {
    sharing.set('precise');
    drive(3, 14);
    const before = sent.length;
    sharing.set('coarse', { until: nowMs });
    deepEqual(
      sent.slice(before).map(({ mode, fix: told }) => [mode, told]),
      [['off', null]],
    );
  });

  it('[PS12] coarse takes the place of what was told also where the newest fix is too vague to be told', () => {
    sharing.set('precise');
    drive(3, 14);
    sharing.report(fix(0, { accuracyM: 900 }));
    sharing.set('coarse');
    deepEqual([sent.at(-1)?.mode, sent.at(-1)?.fix?.accuracyM], ['coarse', coarseAccuracyM]);
  });

  it('[PS22] takes back what was told when it ends for good, though nothing newer was told', () => {
    sharing.set('coarse');
    sharing.report(fix(0));
    pass(30_000);
    sharing.set('precise');
    sharing.drop();
    deepEqual([sent.length, sent.at(-1)?.fix], [2, null]);
  });

  it('[PS19] takes back what was told in a place that becomes a private one', () => {
    sharing.set('coarse');
    drive(8, 14);
    const from = { lat: 41.4, lng: 2.1 };
    hides = (at) => distanceM(at, from) < 30;
    sharing.placesChanged();
    deepEqual([sent.length, sent.at(-1)?.fix, sharing.state$.value.hidden], [2, null, true]);
  });

  it('[PS19] tells nothing around a private place, and is off the map there', () => {
    const home = moved({ lat: 41.4, lng: 2.1 }, 90, 600);
    hides = (at) => distanceM(at, home) < 300;
    sharing.set('precise');
    drive(90, 14);
    const fixes = sent.flatMap(({ fix: told }) => told ?? []);
    ok(fixes.length > 4);
    ok(fixes.every((told) => distanceM(told, home) >= 300));
    ok(shared.every((told) => distanceM(told, home) >= 300));
    const gone = sent.findIndex(({ fix: told }) => told === null);
    equal(sent[gone]?.mode, 'off');
    ok((sent[gone + 1]?.fix?.atMs ?? 0) - (sent[gone - 1]?.fix?.atMs ?? 0) > 40_000);
    equal(sharing.state$.value.hidden, undefined);
  });

  it('[PS19] says on this device that nobody is told, and tells nothing while it does not know its places', () => {
    hides = () => undefined;
    sharing.set('precise');
    drive(3, 14);
    deepEqual([sharing.state$.value.hidden, shared.length], [true, 0]);
    ok(sent.every(({ fix: told }) => told === null));
  });

  it('[PS21] tells both sides that it is paused, and goes on with the next fix', () => {
    sharing.set('precise', { until: nowMs + 600_000 });
    drive(3, 14);
    sharing.set('precise', { paused: true });
    const at = nowMs;
    deepEqual([sharing.state$.value.pausedAtMs, sent.at(-1)?.pausedAtMs], [at, at]);
    equal(sharing.state$.value.untilMs, sent.at(-1)?.untilMs);
    ok(sent.at(-1)?.fix);
    pass(40_000);
    drive(1, 14);
    deepEqual([sharing.state$.value.pausedAtMs, sent.at(-1)?.pausedAtMs], [undefined, undefined]);
    equal(sent.at(-1)?.fix?.atMs, at + 40_000);
  });

  it('[PS11] says when it was last on the move, and when it was chosen', () => {
    sharing.set('precise');
    drive(14, 14);
    const movedAtMs = sent.at(-1)?.movedAtMs ?? 0;
    ok(movedAtMs > nowMs - 14_000);
    sharing.set('precise', { chosenAtMs: nowMs });
    equal(sent.at(-1)?.chosenAtMs, nowMs);
  });

  it('[PS11] says of a coarse place only when its cell was left', () => {
    sharing.set('coarse');
    drive(10, 14);
    equal(sent.at(-1)?.movedAtMs, undefined);
    drive(200, 14);
    ok((sent.at(-1)?.movedAtMs ?? 0) > 0);
  });

  it('[PS12] binds what waits elsewhere to the mode before anything is told in it', () => {
    sharing.set('precise');
    sharing.set('coarse');
    sharing.set('coarse');
    sharing.set('off');
    deepEqual(modes, ['precise', 'coarse', 'off']);
  });

  it('[PS1] coarse tells a cell of a kilometre, neither heading nor speed', () => {
    sharing.set('coarse');
    sharing.report(fix(0, { headingDeg: 90, speedMps: 30 }));
    deepEqual(Object.keys(sent[0]?.fix ?? {}).sort(), ['accuracyM', 'atMs', 'lat', 'lng']);
    equal(sent[0]?.fix?.accuracyM, coarseAccuracyM);
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
    equal(sent[1]?.fix?.accuracyM, coarseAccuracyM);
  });
});
