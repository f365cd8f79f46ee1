import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ClockedContext, createOutputClock, type OutputClock } from './output-clock.ts';
import { recordedOpenings, replay } from './recorded-openings.ts';

/** An audio clock 7 s ahead of the monotonic one, read late by `lateMs`. */
function setUp(lateMs: (reading: number) => number): {
  clock: OutputClock;
  read: (times: number) => void;
  shift: (ms: number) => void;
  nowMs: () => number;
} {
  let nowMs = 1_000;
  let shiftMs = 7_000;
  let reading = 0;
  const context: ClockedContext = {
    get currentTime() {
      return (nowMs + shiftMs + 30) / 1000;
    },
    baseLatency: 0,
    outputLatency: 0,
    getOutputTimestamp: () => ({
      contextTime: (nowMs + shiftMs - lateMs(reading++)) / 1000,
      performanceTime: nowMs,
    }),
  };
  const clock = createOutputClock(context, () => nowMs);
  return {
    clock,
    read(times) {
      for (let time = 0; time < times; time++) {
        nowMs += 250;
        clock.sample();
      }
    },
    shift(ms) {
      shiftMs += ms;
    },
    nowMs: () => nowMs,
  };
}

describe('the output clock', () => {
  it('knows nothing before the first reading', () => {
    const { clock } = setUp(() => 0);
    equal(clock.contextSecondsAt(5), undefined);
    equal(clock.isSteady, false);
  });

  it('sees through readings that are late by up to a buffer', () => {
    const { clock, read, nowMs } = setUp((reading) => (reading * 7) % 20);
    read(40);
    const errorMs = (clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - (nowMs() + 7_000);
    ok(Math.abs(errorMs) <= 3, `${errorMs} ms`);
    equal(clock.isSteady, true);
  });

  it('tells how long sound takes from rendering to the ear', () => {
    const { clock, read } = setUp(() => 0);
    read(10);
    ok(Math.abs((clock.latencyMs ?? 0) - 30) < 0.001);
  });

  for (const stepMs of [-500, 500]) {
    it(`takes a step of ${stepMs} ms over after four readings, and is unsteady until then`, () => {
      const { clock, read, shift, nowMs } = setUp(() => 0);
      read(20);
      shift(stepMs);
      read(1);
      equal(clock.isSteady, false);
      read(3);
      equal(clock.isSteady, true);
      const errorMs = (clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - (nowMs() + 7_000 + stepMs);
      ok(Math.abs(errorMs) < 0.001, `${errorMs} ms`);
    });
  }

  it('follows clocks whose speeds differ by 100 ppm, without lagging behind', () => {
    const { clock, read, shift, nowMs } = setUp((reading) => (reading % 3) / 10);
    for (let reading = 1; reading <= 400; reading++) {
      shift(0.025);
      read(1);
      const errorMs =
        (clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - (nowMs() + 7_000 + reading * 0.025);
      ok(reading < 60 || Math.abs(errorMs) < 0.3, `${errorMs} ms after ${reading} readings`);
    }
  });

  it('takes a crawl of small steps for no difference of speed', () => {
    const { clock, read, shift, nowMs } = setUp(() => 0);
    let shiftedMs = 0;
    for (let step = 0; step < 12; step++) {
      read(6);
      shift(-0.9);
      shiftedMs -= 0.9;
    }
    read(30);
    const errorMs = (clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - (nowMs() + 7_000 + shiftedMs);
    ok(Math.abs(errorMs) < 0.5, `${errorMs} ms`);
  });

  it('ignores a single reading far off', () => {
    const { clock, read, nowMs } = setUp((reading) => (reading === 10 ? 400 : 0));
    read(20);
    equal(Math.round((clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - nowMs()), 7_000);
    equal(clock.isSteady, true);
  });

  for (const name of ['longStall', 'twoStalls'] as const) {
    it(`[SD4] is right five readings after sound began to flow, in a recorded opening: ${name}`, () => {
      const rows = recordedOpenings[name];
      const { context, nowMs, step } = replay(rows);
      const clock = createOutputClock(context, nowMs);
      const flowsFrom = rows.findLastIndex((row, index) => {
        const movedMs = row[1] - (rows[index - 1]?.[1] ?? 0);
        return row[0] - (rows[index - 1]?.[0] ?? 0) - movedMs > 100;
      });
      for (let index = 0; step(); index++) {
        clock.sample();
        const [, , contextMs, atMs] = rows[index] ?? [0, 0, 0, 0];
        if (index < flowsFrom + 5) continue;
        const errorMs = (clock.contextSecondsAt(atMs) ?? 0) * 1000 - contextMs;
        // The recorded clock itself made a step of 30 ms later on, which four readings have to show.
        ok(Math.abs(errorMs) < 35, `${errorMs} ms at reading ${index}`);
      }
      equal(clock.isSteady, true);
    });
  }

  it('[SD4] takes no reading while the audio clock stands still', () => {
    let nowMs = 0;
    const context: ClockedContext = {
      currentTime: 0.023,
      baseLatency: 0,
      outputLatency: 0,
      getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }),
    };
    const clock = createOutputClock(context, () => nowMs);
    for (; nowMs < 2_000; nowMs += 250) clock.sample();
    equal(clock.isSteady, false);
  });

  it('[SD4] is right five readings after a stutter of a second', () => {
    const { clock, read, shift, nowMs } = setUp((reading) => reading % 3);
    for (let loss = 0; loss < 12; loss++) {
      read(1);
      shift(-30);
    }
    read(5);
    const errorMs = (clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - (nowMs() + 7_000 - 12 * 30);
    ok(Math.abs(errorMs) < 3, `${errorMs} ms`);
  });

  it('begins anew after a suspension', () => {
    const { clock, read, shift, nowMs } = setUp(() => 0);
    read(20);
    shift(-60_000);
    clock.restart();
    equal(clock.contextSecondsAt(nowMs()), undefined);
    read(1);
    equal(Math.round((clock.contextSecondsAt(nowMs()) ?? 0) * 1000 - nowMs()), -53_000);
  });
});
