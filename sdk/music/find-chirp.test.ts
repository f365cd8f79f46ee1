import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../testing/seeded-random.ts';
import { chirp, chirpKinds } from './chirp.ts';
import { chirpFinder, type FoundChirp } from './find-chirp.ts';

const sampleRate = 48_000;
const longest = 48_000;

/** A second of noise with chirps in it: `at` is between samples too. */
function recording(
  chirps: readonly { kind: number; at: number; loud: number }[],
  noise = 0,
): Float32Array {
  const random = seededRandom(7);
  const made = Float32Array.from({ length: longest }, () => noise * (2 * random() - 1));
  for (const { kind, at, loud } of chirps) {
    const samples = chirp(kind, sampleRate);
    const whole = Math.floor(at);
    const rest = at - whole;
    for (let index = 0; index <= samples.length; index++) {
      const between = (samples[index] ?? 0) * (1 - rest) + (samples[index - 1] ?? 0) * rest;
      made[whole + index] = (made[whole + index] ?? 0) + loud * between;
    }
  }
  return made;
}

const search = chirpFinder(sampleRate, longest);
const finder =
  (kind: number) =>
  (heard: Float32Array): FoundChirp | undefined =>
    search(heard, kind);

describe('a chirp', () => {
  it('is found to a tenth of a sample', () => {
    const find = finder(2);
    for (const at of [0, 1_000, 12_345.25, 20_000.5, 30_000.75]) {
      const found = find(recording([{ kind: 2, at, loud: 0.5 }]));
      ok(found && Math.abs(found.at - at) < 0.1, `${found?.at} for ${at}`);
    }
  });

  it('is found in noise that is louder than it', () => {
    const found = finder(0)(recording([{ kind: 0, at: 9_876.5, loud: 0.1 }], 0.1));
    ok(found && Math.abs(found.at - 9_876.5) < 1, `${found?.at}`);
  });

  it('is found where it came straight, not where a louder echo came', () => {
    for (const delay of [97, 576, 1_440]) {
      const found = finder(5)(
        recording(
          [
            { kind: 5, at: 4_000, loud: 0.3 },
            { kind: 5, at: 4_000 + delay, loud: 0.36 },
            { kind: 5, at: 4_000 + 2 * delay, loud: 0.2 },
          ],
          0.02,
        ),
      );
      ok(found && Math.abs(found.at - 4_000) < 1, `${found?.at} with an echo after ${delay}`);
    }
  });

  it('is found beside all the others', () => {
    const all = Array.from({ length: chirpKinds }, (_, kind) => ({
      kind,
      at: 2_000 + 900 * kind,
      loud: 0.4,
    }));
    const mixed = recording(all, 0.01);
    for (const { kind, at } of all) {
      const found = finder(kind)(mixed);
      ok(found && Math.abs(found.at - at) < 1, `${kind}: ${found?.at} for ${at}`);
    }
  });

  it('is not found where there is none', () => {
    const find = finder(1);
    equal(find(new Float32Array(longest)), undefined);
    equal(find(recording([], 0.3)), undefined);
    equal(
      find(
        recording(
          [
            { kind: 0, at: 500, loud: 0.9 },
            { kind: 3, at: 30_000, loud: 0.9 },
          ],
          0.001,
        ),
      ),
      undefined,
    );
  });

  it('is the same noise on devices of other sampling rates', () => {
    const [one, other] = [chirp(4, 48_000), chirp(4, 24_000)];
    const middle = Array.from({ length: 1_000 }, (_, index) => index + 200);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const error = mean(middle.map((at) => Math.abs((one[2 * at] ?? 9) - (other[at] ?? 0))));
    ok(error < 0.02, `${error}`);
  });
});
