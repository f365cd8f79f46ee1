import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadChannel } from './arrivals.ts';
import { sampleRate } from './chirps.ts';
import { ended } from './programs.ts';
import { monitorName, type SoundCard } from './sound-card.ts';

/** All channels of the sink, as they sound. */
export interface Recorder {
  /** Seconds of sound so far; behind what sounds by the recorder's own buffer, some 50 ms. */
  readonly seconds: number;
  /** Ends it. The recording has to be closed. */
  stop(): Promise<Recording>;
}

export interface Recording {
  readonly samples: number;
  /** How much less than the time that passed was recorded, ms. */
  readonly missingMs: number;
  channel(index: number): Promise<ReadChannel>;
  close(): Promise<void>;
}

const bytesPerSample = 2;

/** Resolves when the first sound has come in. */
export async function startRecorder(card: SoundCard): Promise<Recorder> {
  const dir = await mkdtemp(join(tmpdir(), 'jamz-recording-'));
  const path = join(dir, 'sound.raw');
  const names = Array.from({ length: card.channels }, (_, channel) => `aux${channel}`);
  const child = spawn(
    'parec',
    [
      `--device=${monitorName}`,
      '--format=s16le',
      `--rate=${sampleRate}`,
      `--channels=${card.channels}`,
      `--channel-map=${names}`,
      '--no-remix',
      '--no-remap',
      '--latency-msec=50',
      '--raw',
    ],
    { env: card.environmentOf(0), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const frameBytes = card.channels * bytesPerSample;
  const file = createWriteStream(path);
  let bytes = 0;
  let firstMs: number | undefined;
  let firstBytes = 0;
  let lastMs = 0;
  child.stdout.on('data', (data: Buffer) => {
    bytes += data.byteLength;
    lastMs = performance.now();
    if (firstMs === undefined) {
      firstMs = lastMs;
      firstBytes = bytes;
    }
  });
  child.stdout.pipe(file);
  await once(child.stdout, 'data');

  return {
    get seconds() {
      return bytes / frameBytes / sampleRate;
    },
    async stop() {
      const written = once(file, 'finish');
      await ended(child, 'SIGINT');
      await written;
      const recordedMs = ((bytes - firstBytes) / frameBytes / sampleRate) * 1000;
      return {
        samples: Math.floor(bytes / frameBytes),
        missingMs: lastMs - (firstMs ?? lastMs) - recordedMs,
        channel: (index) => readChannel(path, index, card.channels),
        close: () => rm(dir, { recursive: true, force: true }),
      };
    },
  };
}

/** One channel at a time is held: half an hour of it is 170 MB. */
async function readChannel(path: string, index: number, channels: number): Promise<ReadChannel> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const frameBytes = channels * bytesPerSample;
    const samples = new Int16Array(Math.floor(size / frameBytes));
    const piece = Buffer.alloc(frameBytes * sampleRate);
    for (let at = 0; at < samples.length; at += sampleRate) {
      const { bytesRead } = await file.read(piece, 0, piece.byteLength, at * frameBytes);
      const frames = Math.min(Math.floor(bytesRead / frameBytes), samples.length - at);
      for (let frame = 0; frame < frames; frame++) {
        samples[at + frame] = piece.readInt16LE(frame * frameBytes + index * bytesPerSample);
      }
    }
    return (from, count) =>
      Float64Array.from({ length: count }, (_, offset) => (samples[from + offset] ?? 0) / 32_768);
  } finally {
    await file.close();
  }
}
