import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { chirpTrain } from './chirps.ts';
import { ended } from './programs.ts';
import { startRecorder } from './recorder.ts';
import type { SoundCard } from './sound-card.ts';

const listenMs = 1_500;
/** Sample values beyond this are sound. */
const soundBeyond = 0.001;

/** Sounds on one channel after the other and looks that no other hears it. @throws {Error} that names the channels */
export async function checkIsolation(card: SoundCard): Promise<void> {
  for (let channel = 0; channel < card.channels; channel++) {
    const args = ['--format=s16le', '--rate=48000', '--channels=1', '--raw', '--latency-msec=100'];
    const player = spawn('pacat', args, {
      env: card.environmentOf(channel),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    player.stdin.on('error', () => {});
    player.stdin.write(Buffer.from(chirpTrain(10, 0).buffer));
    const recorder = await startRecorder(card);
    await wait(listenMs);
    const recording = await recorder.stop();
    await ended(player);
    const heard: number[] = [];
    for (let other = 0; other < card.channels; other++) {
      const samples = (await recording.channel(other))(0, recording.samples);
      if (samples.some((value) => Math.abs(value) > soundBeyond)) heard.push(other);
    }
    await recording.close();
    if (heard.length !== 1 || heard[0] !== channel) {
      throw new Error(
        `Channel ${channel} is heard on ${heard.join(', ') || 'none'}: the channels are not apart.`,
      );
    }
  }
}
