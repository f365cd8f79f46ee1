/** What fake contexts decode to. */
const contextRate = 48_000;
/** Low: nothing of it is heard. */
const fileRate = 1_000;

/** Decoded sound whose every sample is its own number, so that what is heard says where it is. */
export class FakeBuffer {
  readonly length: number;
  readonly numberOfChannels = 1;
  readonly sampleRate: number = contextRate;
  readonly #first: number;
  #samples: Float32Array | undefined;

  constructor(first: number, length: number) {
    this.#first = first;
    this.length = length;
  }

  get duration(): number {
    return this.length / contextRate;
  }

  /** Where in the track it begins, s. */
  get startSeconds(): number {
    return (this.#samples?.[0] ?? this.#first) / contextRate;
  }

  get endSeconds(): number {
    return this.startSeconds + this.duration;
  }

  getChannelData(): Float32Array {
    this.#samples ??= Float32Array.from({ length: this.length }, (_, index) => this.#first + index);
    return this.#samples;
  }

  copyFromChannel(to: Float32Array, _channel: number, at: number): void {
    for (let index = 0; index < to.length; index++) to[index] = this.#first + at + index;
  }
}

export const wholeBuffer = (seconds: number): FakeBuffer =>
  new FakeBuffer(0, seconds * contextRate);

/** A WAV file of numbered samples, which can be cut anywhere. */
export function numberedFile(seconds: number): Blob {
  const samples = seconds * fileRate;
  const view = new DataView(new ArrayBuffer(44 + samples * 4));
  for (const [at, letters] of [
    [0, 'RIFF'],
    [8, 'WAVEfmt '],
    [36, 'data'],
  ] as const) {
    for (const [index, letter] of [...letters].entries()) {
      view.setUint8(at + index, letter.charCodeAt(0));
    }
  }
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, fileRate, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 32, true);
  view.setUint32(40, samples * 4, true);
  for (let index = 0; index < samples; index++) view.setFloat32(44 + index * 4, index, true);
  return new Blob([view]);
}

/** Undefined for what is no {@link numberedFile}, nor a stretch of one. @param isSpoilt stretches decode to another place */
export function decodeNumbered(bytes: ArrayBuffer, isSpoilt: boolean): FakeBuffer | undefined {
  const view = new DataView(bytes);
  if (bytes.byteLength < 48 || view.getUint32(0) !== 0x52494646) return undefined;
  const ratio = contextRate / fileRate;
  const first = view.getFloat32(44, true) * ratio;
  return new FakeBuffer(
    first > 0 && isSpoilt ? first + 700 : first,
    ((bytes.byteLength - 44) / 4) * ratio,
  );
}
