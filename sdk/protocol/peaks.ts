/**
 * What "peaks" are, wherever they are computed: a track cut into equal parts, each as loud as its root mean square
 * over all channels, the loudest part of the track being 1. About 800 parts: one or two to a pixel of a player.
 */
export const peakCount = 800;

const windowFrames = 512;

/** Measures sound that comes piece by piece, in memory that grows by 8 bytes for each 12 ms. */
export class PeakMeter {
  readonly #windows: number[] = [];
  #sum = 0;
  #frames = 0;

  /** @param channels samples −1 … 1, all of one length */
  add(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0;
    for (let frame = 0; frame < frames; frame++) {
      let square = 0;
      for (const channel of channels) {
        const sample = channel[frame] ?? 0;
        square += sample * sample;
      }
      this.#sum += square / channels.length;
      if (++this.#frames === windowFrames) this.#close();
    }
  }

  /** @returns at most {@link peakCount} values 0 … 1, evenly spaced; none for no sound at all */
  peaks(): number[] {
    if (this.#frames > 0) this.#close();
    const windows = this.#windows;
    const count = Math.min(peakCount, windows.length);
    const loudness: number[] = [];
    for (let part = 0; part < count; part++) {
      const from = Math.floor((part * windows.length) / count);
      const to = Math.floor(((part + 1) * windows.length) / count);
      let sum = 0;
      for (let index = from; index < to; index++) sum += windows[index] ?? 0;
      loudness.push(Math.sqrt(sum / (to - from)));
    }
    const loudest = loudness.reduce((most, value) => Math.max(most, value), 0);
    return loudness.map((value) => (loudest > 0 ? value / loudest : 0));
  }

  #close(): void {
    this.#windows.push(this.#sum / this.#frames);
    this.#sum = 0;
    this.#frames = 0;
  }
}
