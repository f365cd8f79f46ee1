import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { agreed, type CalibrateDeps, calibrate } from './calibrate.ts';
import type { HearBlock } from './microphone.ts';

const sampleRate = 48_000;
const blockFrames = 4_096;

/** A room: what is played comes into the microphone after a while, with an echo and noise. */
class Room implements CalibrateDeps {
  readonly sampleRate = sampleRate;
  tripMs = 180;
  loud = 0.3;
  echo = 0.3;
  noise = 0.02;
  /** How much later each chirp comes than the one before it, ms. */
  strayMs = 0;
  isOpen = false;
  readonly progress: number[] = [];
  readonly #air = new Float32Array(sampleRate * 20);
  readonly #random = seededRandom(3);
  #seconds = 3;
  #chirps = 0;
  #hear: HearBlock | undefined;

  readonly currentSeconds = (): number => this.#seconds;
  readonly claimedMs = (): number => 42;
  /** How many chirps are to come, or sound. */
  due = 0;
  readonly play = (samples: Float32Array, atSeconds: number): (() => void) => {
    this.due++;
    const lateMs = this.tripMs + this.strayMs * this.#chirps++;
    const frame = Math.round((atSeconds + lateMs / 1000) * sampleRate);
    const echoFrame = frame + 700;
    for (const [index, value] of samples.entries()) {
      this.#air[frame + index] = (this.#air[frame + index] ?? 0) + this.loud * value;
      this.#air[echoFrame + index] =
        (this.#air[echoFrame + index] ?? 0) + this.loud * this.echo * value;
    }
    return () => {
      this.due--;
    };
  };
  readonly listen = async (hear: HearBlock) => {
    this.#hear = hear;
    this.isOpen = true;
    return {
      inputLatencyMs: 10,
      close: () => {
        this.isOpen = false;
      },
    };
  };
  /** Time goes on block by block, whenever it is waited for. */
  readonly after = (_delayMs: number, run: () => void): (() => void) => {
    const frame = Math.round(this.#seconds * sampleRate);
    const block = this.#air.slice(frame, frame + blockFrames);
    this.#hear?.(
      block.map((value) => value + this.noise * (2 * this.#random() - 1)),
      frame,
    );
    this.#seconds += blockFrames / sampleRate;
    queueMicrotask(run);
    return () => {};
  };
}

const isCode =
  (code: JamzError['code'], says: RegExp) =>
  (error: unknown): boolean =>
    error instanceof JamzError && error.code === code && says.test(error.message);

describe('calibration by microphone', () => {
  let room: Room;

  beforeEach(() => {
    room = new Room();
  });

  it('[SD2] tells how much later an output is heard than the browser says', async () => {
    const found = await calibrate(room, { onProgress: (fraction) => room.progress.push(fraction) });
    // 180 ms in all: 42 the browser knows of, 10 are the microphone’s.
    ok(Math.abs(found.latencyMs - 128) <= 0.1, `${found.latencyMs} ms`);
    ok(found.spreadMs < 0.1);
    deepEqual([found.heard, found.of], [10, 10]);
    equal(room.isOpen, false);
    equal(room.progress.at(-1), 1);
  });

  it('[SD2] hears what came straight through noise and a louder echo', async () => {
    room.noise = 0.3;
    room.echo = 1.2;
    const found = await calibrate(room);
    ok(Math.abs(found.latencyMs - 128) <= 0.2, `${found.latencyMs} ms`);
  });

  it('[SD2] measures half a second, as loudspeakers by radio may take', async () => {
    room.tripMs = 610;
    const found = await calibrate(room);
    ok(Math.abs(found.latencyMs - 558) <= 0.1, `${found.latencyMs} ms`);
  });

  it('[SD2] says so where too little is heard, and closes the microphone', async () => {
    room.loud = 0.001;
    await rejects(calibrate(room), isCode('unavailable', /volume up/));
    equal(room.isOpen, false);
  });

  it('[SD2] says so where the chirps are heard at times that differ', async () => {
    room.strayMs = 3;
    await rejects(calibrate(room), isCode('unavailable', /quiet/));
  });

  it('ends when its signal says so, chirps no more, and closes the microphone', async () => {
    const abort = new AbortController();
    const stop = (): void => {
      equal(room.due, 10);
      abort.abort();
    };
    await rejects(calibrate(room, { signal: abort.signal, onProgress: stop }), {
      name: 'AbortError',
    });
    deepEqual([room.due, room.isOpen], [0, false]);
  });

  it('believes no few', () => {
    equal(agreed([5, 5, 5, 5, 5, 90, 180, 270]), undefined);
    deepEqual(agreed([5, 5, 5, 5, 5, 5, 90, 180]), { ms: 5, spreadMs: 0, count: 6 });
  });
});
