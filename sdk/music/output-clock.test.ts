import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ClockedContext, createOutputClock, type OutputClock } from './output-clock.ts';

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
});
