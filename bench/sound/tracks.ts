import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waveFileOf } from '../../sdk/music/wave-file.ts';
import { chirpTrain, sampleRate } from './chirps.ts';
import type { SoundOptions } from './options.ts';
import { run } from './programs.ts';

const encoders: Readonly<Record<SoundOptions['format'], readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '128k'],
  wav: ['-c:a', 'pcm_s16le'],
  flac: ['-c:a', 'flac'],
  m4a: ['-c:a', 'aac', '-b:a', '128k'],
  opus: ['-c:a', 'libopus', '-b:a', '96k'],
  ogg: ['-c:a', 'libvorbis', '-b:a', '128k'],
};

/** Chirp trains as files of a format, by the address that the site gives them. */
export async function makeTracks(
  count: number,
  seconds: number,
  format: SoundOptions['format'],
): Promise<Readonly<Record<string, Uint8Array>>> {
  const dir = await mkdtemp(join(tmpdir(), 'jamz-tracks-'));
  const tracks: Record<string, Uint8Array> = {};
  try {
    for (let track = 0; track < count; track++) {
      const source = join(dir, `${track}.source.wav`);
      const target = join(dir, `${track}.${format}`);
      await writeFile(source, waveFileOf(chirpTrain(seconds, track), sampleRate));
      await run(
        'ffmpeg',
        ['-v', 'error', '-y', '-i', source, ...encoders[format], target],
        process.env,
      );
      tracks[`/track-${track}.${format}`] = await readFile(target);
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  return tracks;
}
