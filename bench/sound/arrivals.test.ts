import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../sdk/testing/seeded-random.ts';
import { type Arrival, findArrivals, type ReadChannel } from './arrivals.ts';
import { chirp, chirpKinds, chirpTrain, kindAt, sampleRate, slotSamples } from './chirps.ts';

const reading =
  (samples: Float64Array): ReadChannel =>
  (from, count) =>
    Float64Array.from({ length: count }, (_, index) => samples[from + index] ?? 0);

function find(samples: Float64Array): readonly Arrival[] {
  return findArrivals(reading(samples), samples.length);
}

/** A recording of ten seconds in which the train begins at `at`, quieter, and beside some noise. */
function recording(at: number, noise = 0): Float64Array {
  const random = seededRandom(3);
  const samples = Float64Array.from({ length: 10 * sampleRate }, () => noise * (random() - 0.5));
  chirpTrain(6, 1).forEach((value, index) => {
    samples[at + index] = (samples[at + index] ?? 0) + (0.4 * value) / 32_768;
  });
  return samples;
}

describe('arrivals of chirps', () => {
  for (const at of [0, 1, 23_999, 24_000, 31_337]) {
    it(`are found to the sample when the train begins at ${at}`, () => {
      const found = find(recording(at));
      deepEqual(
        found.map(({ kind, sample }) => [kind, sample]),
        Array.from({ length: 12 }, (_, slot) => [kindAt(slot, 1), at + slot * slotSamples]),
      );
    });
  }

  it('are found to the sample in noise', () => {
    const found = find(recording(31_337, 0.05));
    equal(found.length, 12);
    ok(found.every(({ sample }, slot) => sample === 31_337 + slot * slotSamples));
  });

  it('are none in silence and none in noise', () => {
    deepEqual(find(new Float64Array(5 * sampleRate)), []);
    const random = seededRandom(4);
    deepEqual(find(Float64Array.from({ length: 5 * sampleRate }, () => random() - 0.5)), []);
  });

  it('leave out a chirp that was cut', () => {
    const samples = recording(0);
    samples.fill(0, 4 * slotSamples + 200, 5 * slotSamples);
    const found = find(samples);
    equal(found.length, 11);
    ok(found.every(({ sample }) => sample !== 4 * slotSamples));
  });

  it('tell every kind from every other', () => {
    for (let kind = 0; kind < chirpKinds; kind++) {
      const samples = new Float64Array(2 * sampleRate);
      samples.set(chirp(kind), 20_000);
      deepEqual(
        find(samples).map((arrival) => arrival.kind),
        [kind],
      );
    }
  });

  it('stand where they are though the speed is half a percent off, to a third of a millisecond', () => {
    const train = chirpTrain(6, 0);
    const samples = Float64Array.from({ length: 7 * sampleRate }, (_, index) => {
      const place = (index - 1_000) * 1.005;
      const low = Math.floor(place);
      const share = place - low;
      return (((train[low] ?? 0) * (1 - share) + (train[low + 1] ?? 0) * share) * 0.9) / 32_768;
    });
    const found = find(samples);
    equal(found.length, 12);
    for (const [slot, { sample }] of found.entries()) {
      ok(Math.abs(sample - 1_000 - (slot * slotSamples) / 1.005) < 16, `${slot}: ${sample}`);
    }
  });
});
