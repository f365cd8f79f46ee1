/** What a microphone heard lately, by frame. What is missing, or not here any more, is silence. */
export class SoundRecord {
  readonly #ring: Float32Array;
  #endFrame = 0;

  /** @param frames how many are kept */
  constructor(frames: number) {
    this.#ring = new Float32Array(frames);
  }

  /** The frame after the last one that came; 0 before any did. */
  get endFrame(): number {
    return this.#endFrame;
  }

  add(samples: Float32Array, frame: number): void {
    const { length } = this.#ring;
    const gapFrom = Math.max(this.#endFrame, frame - length);
    for (let at = gapFrom; at < frame; at++) this.#ring[at % length] = 0;
    for (let index = 0; index < samples.length; index++) {
      this.#ring[(frame + index) % length] = samples[index] as number;
    }
    this.#endFrame = Math.max(this.#endFrame, frame + samples.length);
  }

  read(fromFrame: number, count: number): Float32Array {
    const { length } = this.#ring;
    const read = new Float32Array(count);
    const from = Math.max(0, fromFrame, this.#endFrame - length);
    for (let frame = from; frame < Math.min(fromFrame + count, this.#endFrame); frame++) {
      read[frame - fromFrame] = this.#ring[frame % length] as number;
    }
    return read;
  }
}
