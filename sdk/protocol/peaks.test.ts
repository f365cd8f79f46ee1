import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PeakMeter, peakCount } from './peaks.ts';

const tone = (frames: number, amplitude: number): Float32Array =>
  Float32Array.from({ length: frames }, (_, frame) => amplitude * (frame % 2 ? -1 : 1));

describe('peaks', () => {
  it('follow the loudness, the loudest part being 1', () => {
    const meter = new PeakMeter();
    meter.add([tone(512 * peakCount, 0.1)]);
    meter.add([tone(512 * peakCount, 0.4)]);
    const peaks = meter.peaks();

    equal(peaks.length, peakCount);
    ok(Math.abs((peaks[0] ?? 0) - 0.25) < 1e-6);
    equal(peaks.at(-1), 1);
    equal(peaks.filter((value) => value < 0.5).length, peakCount / 2);
  });

  it('are the same however the sound was cut', () => {
    const sound = Float32Array.from({ length: 100_000 }, (_, frame) => Math.sin(frame * frame));
    const whole = new PeakMeter();
    whole.add([sound]);
    const cut = new PeakMeter();
    for (let from = 0; from < sound.length; from += 1013)
      cut.add([sound.subarray(from, from + 1013)]);

    deepEqual(cut.peaks(), whole.peaks());
  });

  it('count every channel', () => {
    const meter = new PeakMeter();
    meter.add([tone(512, 1), tone(512, 0)]);
    meter.add([tone(512, 1), tone(512, 1)]);

    ok(Math.abs((meter.peaks()[0] ?? 0) - Math.SQRT1_2) < 1e-6);
  });

  it('of silence are 0, and of nothing none', () => {
    const silent = new PeakMeter();
    silent.add([new Float32Array(700)]);

    deepEqual(silent.peaks(), [0, 0]);
    deepEqual(new PeakMeter().peaks(), []);
  });
});
