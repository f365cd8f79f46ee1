import { JamzError } from '../protocol/errors.ts';
import { chirp, chirpKinds, chirpSeconds } from './chirp.ts';
import { chirpFinder } from './find-chirp.ts';
import type { HearBlock, Microphone } from './microphone.ts';
import { SoundRecord } from './sound-record.ts';

/** How late an output is heard, as a microphone beside it found. Nothing is kept by it. */
export interface Calibration {
  /** What {@link Listener.latencyMs} would have to be. */
  readonly latencyMs: number;
  /** Two thirds of the chirps were heard within so much of it, either way. What the microphone itself takes beyond what the browser says of it is not in it. */
  readonly spreadMs: number;
  /** How many chirps were heard, of how many. */
  readonly heard: number;
  readonly of: number;
}

export interface CalibrateOptions {
  /** Hears 0 … 1 as it goes on. */
  readonly onProgress?: (fraction: number) => void;
  /** Ends it: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What it needs of a context that runs. */
export interface CalibrateDeps {
  readonly sampleRate: number;
  readonly currentSeconds: () => number;
  /** Past volume and mute: nobody is helped by a silent chirp. @returns takes it back, or ends it */
  readonly play: (samples: Float32Array<ArrayBuffer>, atSeconds: number) => () => void;
  readonly listen: (hear: HearBlock) => Promise<Microphone>;
  /** What the browser says that rendered sound takes to be heard, ms; undefined while it is not known. */
  readonly claimedMs: () => number | undefined;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

const rounds = 10;
const leastHeard = 6;
/** Those that agree with the middle one within this are one way of the sound. */
const agreeMs = 4;
const gapSeconds = 0.8;
const startSeconds = 0.5;
/** The last chirp may be this late. */
const longestSeconds = gapSeconds - chirpSeconds;
const tickMs = 100;
/** Nine seconds and a busy page; a context that has not got there by then does not run. */
const mostTicks = 400;

/**
 * Sounds chirps, hears them, and tells how much later they came than the browser says.
 *
 * @throws {JamzError} what the microphone throws; `unavailable` where too few of them were heard, or at times that differ
 */
export async function calibrate(
  deps: CalibrateDeps,
  { onProgress, signal }: CalibrateOptions = {},
): Promise<Calibration> {
  const { sampleRate } = deps;
  const record = new SoundRecord(Math.ceil((rounds + 2) * gapSeconds * sampleRate));
  const microphone = await deps.listen((samples, frame) => record.add(samples, frame));
  const silence: (() => void)[] = [];
  try {
    signal?.throwIfAborted();
    const first = Math.ceil((deps.currentSeconds() + startSeconds) * sampleRate);
    const gap = Math.round(gapSeconds * sampleRate);
    const frames = Array.from({ length: rounds }, (_, round) => first + round * gap);
    for (const [round, frame] of frames.entries()) {
      silence.push(deps.play(chirp(round % chirpKinds, sampleRate), frame / sampleRate));
    }
    const end = first + rounds * gap;
    const claims: number[] = [];
    for (let tick = 0; deps.currentSeconds() * sampleRate < end + sampleRate / 4; tick++) {
      if (tick > mostTicks) throw silent();
      await pause(deps, signal);
      const claimedMs = deps.claimedMs();
      if (claimedMs !== undefined) claims.push(claimedMs);
      onProgress?.(Math.min(1, Math.max(0, (record.endFrame - first) / (end - first))));
    }
    const look = Math.round((longestSeconds + chirpSeconds) * sampleRate);
    const find = chirpFinder(sampleRate, look);
    const trips = frames.flatMap((frame, round) => {
      const found = find(record.read(frame, look), round % chirpKinds);
      return found ? [(found.at / sampleRate) * 1000] : [];
    });
    const trip = agreed(trips);
    if (!trip) throw unheard(trips.length);
    const latencyMs = trip.ms - middle(claims) - microphone.inputLatencyMs;
    return {
      latencyMs: round1(latencyMs),
      spreadMs: round1(trip.spreadMs),
      heard: trip.count,
      of: rounds,
    };
  } finally {
    for (const stop of silence) stop();
    microphone.close();
  }
}

/** What most of them agree on: the middle one, and how far two thirds of those beside it lie apart. */
export function agreed(
  values: readonly number[],
): { readonly ms: number; readonly spreadMs: number; readonly count: number } | undefined {
  const around = middle(values);
  const near = values.filter((value) => Math.abs(value - around) <= agreeMs);
  if (near.length < leastHeard) return undefined;
  const ms = middle(near);
  const apart = near.map((value) => Math.abs(value - ms)).sort((a, b) => a - b);
  const spreadMs = apart[Math.floor((apart.length * 2) / 3)] ?? 0;
  return { ms, spreadMs, count: near.length };
}

function silent(): JamzError {
  return new JamzError(
    'unavailable',
    'This page makes no sound yet. Start listening first, then try again.',
  );
}

function unheard(count: number): JamzError {
  return new JamzError(
    'unavailable',
    count < leastHeard
      ? 'The chirps were hardly heard. Turn this device’s volume up, hold the microphone nearer, and try again.'
      : 'It is too noisy here, or something echoes: the chirps were heard at different times. Try again where it is quiet.',
  );
}

function pause({ after }: CalibrateDeps, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    after(tickMs, () => {
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    });
  });
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
