import { spawn } from 'node:child_process';
import type { Arrival } from './arrivals.ts';
import { chirpTrain, slotSamples } from './chirps.ts';
import { ended } from './programs.ts';
import type { SoundCard } from './sound-card.ts';
import { stepsOf } from './spread.ts';

/**
 * Plays chirps on a channel of its own, straight into the sound server. Their distance is known to the sample, so a
 * recorder or a sound server that lost samples gives itself away.
 */
export function startReference(card: SoundCard): { stop(): Promise<void> } {
  const args = ['--format=s16le', '--rate=48000', '--channels=1', '--raw', '--latency-msec=2000'];
  const env = card.environmentOf(card.referenceChannel);
  const child = spawn('pacat', args, { env, stdio: ['pipe', 'ignore', 'inherit'] });
  // Ends on a whole cycle of kinds, so that the loop has no seam.
  const train = chirpTrain(16, 0);
  const bytes = Buffer.from(train.buffer, train.byteOffset, train.byteLength);
  const feed = (): void => {
    while (child.stdin.writable && child.stdin.write(bytes));
  };
  child.stdin.on('drain', feed);
  child.stdin.on('error', () => {});
  feed();
  return { stop: () => ended(child) };
}

/** Seconds of a recording at which it is not to be trusted. */
export function doubtfulSeconds(reference: readonly Arrival[]): readonly number[] {
  const steps = stepsOf(reference).filter(({ ms }) => ms !== 0);
  const gaps = reference.flatMap(({ sample }, index) => {
    const before = reference[index - 1];
    return before && sample - before.sample > 1.5 * slotSamples ? [sample / 48_000] : [];
  });
  return [...steps.map(({ seconds }) => seconds), ...gaps].sort((a, b) => a - b);
}
