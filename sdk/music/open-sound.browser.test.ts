import { expect } from '@open-wc/testing';
import { seededRandom } from '../testing/seeded-random.ts';
import { flacFile } from './flac-file.ts';
import { openSound } from './open-sound.ts';
import type { TrackSound } from './track-sound.ts';
import { waveFile } from './wave-file.ts';

/** Noise: no two places of it are alike. */
function noise(seconds: number, sampleRate: number): Int16Array {
  const random = seededRandom(11);
  return Int16Array.from({ length: seconds * sampleRate }, () => (random() - 0.5) * 20_000);
}

const fetched = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(path)).arrayBuffer());

describe('a file of sound, decoded in pieces', () => {
  for (const [name, load] of [
    ['MP3', () => fetched('/server/music/demo-tracks/sunline.mp3')],
    ['WAV', async () => new Uint8Array(waveFile(45))],
    ['FLAC', async () => flacFile(noise(40, 44_100), 44_100)],
  ] as const) {
    it(`is what the whole is, to the sample: ${name}`, async function () {
      this.timeout(60_000);
      const bytes = await load();
      const context = new OfflineAudioContext(1, 1, 48_000);
      const whole = await context.decodeAudioData(bytes.slice().buffer);
      let tell = (): void => {};
      let broken = false;
      const sound = await openSound(new Blob([bytes]), {
        context,
        onChange: () => tell(),
        onBroken() {
          broken = true;
          tell();
        },
        isWhole: false,
      });
      if (!sound) throw new Error('It cannot be opened.');
      const piece = async (of: TrackSound, index: number): Promise<Float32Array> => {
        const { promise, resolve } = Promise.withResolvers<void>();
        tell = resolve;
        of.want([index]);
        if (!of.piece(index)) await promise;
        expect(broken).to.equal(false);
        return of.piece(index)?.getChannelData(0) ?? new Float32Array();
      };
      expect(sound.durationSeconds).to.be.closeTo(whole.duration, 0.001);
      const samples = whole.getChannelData(0);
      let at = 0;
      let worst = 0;
      let index = 0;
      for (; sound.startOf(index) < sound.startOf(index + 1); index++) {
        const part = await piece(sound, index);
        expect(Math.round(sound.startOf(index) * 48_000)).to.equal(at);
        for (const [offset, value] of part.entries()) {
          worst = Math.max(worst, Math.abs(value - (samples[at + offset] ?? 0)));
        }
        at += part.length;
      }
      expect(index).to.be.greaterThan(2);
      expect(worst).to.be.lessThan(1e-4);
      // Anew in the middle, as who joins late has it.
      await piece(sound, 2);
      expect(sound.piece(0)).to.equal(undefined);
    });
  }

  it('is streamed where it is no sound', async () => {
    const context = new OfflineAudioContext(1, 1, 48_000);
    const deps = { context, onChange() {}, onBroken() {}, isWhole: false };
    expect(await openSound(new Blob(['not sound at all']), deps)).to.equal(undefined);
    expect(await openSound(new Blob(['RIFF and nothing else']), deps)).to.equal(undefined);
  });
});
