/** Where a file of sound can be cut, so that each stretch decodes by itself to what the whole gives there. */
export interface Cuts {
  /** Samples a second, of the file. */
  readonly fileRate: number;
  /** Length of the whole as it is decoded, samples of the file. */
  readonly samples: number;
  /** Where each unit (a frame, a page) begins, bytes; one more: where the last one ends. */
  readonly bytes: readonly number[];
  /** Which sample of the whole each unit begins with; one more: behind the last. May be negative at the start. */
  readonly starts: readonly number[];
  /** What has to stand before a stretch. @param bytes how long that is */
  head(bytes: number): Uint8Array<ArrayBuffer>;
  /** A decoder needs so many samples before it is where the whole would be. */
  readonly warmUp: number;
}

/** Reads a stretch of a file; what lies behind its end is left out. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>;

const windowBytes = 1 << 19;

/** A file that is walked through from front to back, of which never more than half a megabyte is in memory. */
export class Walk {
  readonly #read: ReadBytes;
  #from = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(read: ReadBytes) {
    this.#read = read;
  }

  /** A view that begins at `at` and has `count` bytes or all that are left; undefined behind the end. */
  async at(at: number, count: number): Promise<DataView | undefined> {
    if (at < this.#from || at + count > this.#from + this.#view.byteLength) {
      const bytes = await this.#read(at, at + Math.max(count, windowBytes));
      this.#from = at;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const left = this.#from + this.#view.byteLength - at;
    if (left <= 0) return undefined;
    return new DataView(this.#view.buffer, this.#view.byteOffset + at - this.#from, left);
  }
}

/** Whether these letters stand there. */
export function hasLetters(view: DataView | undefined, at: number, letters: string): boolean {
  if (!view || view.byteLength < at + letters.length) return false;
  return [...letters].every((letter, index) => view.getUint8(at + index) === letter.charCodeAt(0));
}

/** The parts after each other. */
export function joinedBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}
