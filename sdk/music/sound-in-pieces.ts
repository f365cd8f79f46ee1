import { type Cuts, joinedBytes, type ReadBytes } from './cuts.ts';
import type { TrackSound } from './track-sound.ts';

/** Two of them are some eight megabytes of stereo; one is decoded in some tens of milliseconds. */
const pieceSeconds = 10;
/** Behind what is wanted: a resampler looks a little ahead. */
const tailSeconds = 0.05;
/** Units whose joints lie on no whole sample at any multiple up to this are joined as well as it goes. */
const mostStep = 2_000;
const comparedSamples = 512;
/** Beyond this two decodings of one place differ. */
const mostDifference = 0.02;

export interface PiecesDeps {
  readonly read: ReadBytes;
  readonly cuts: Cuts;
  /** Decodes to the context's rate. */
  readonly decode: (bytes: ArrayBuffer) => Promise<AudioBuffer>;
  readonly context: Pick<BaseAudioContext, 'sampleRate' | 'createBuffer'>;
  /** A piece is there. */
  readonly onChange: () => void;
  /** This browser does not decode a stretch to what the whole gives there, or not at all. */
  readonly onBroken: () => void;
}

/** A track that is decoded ten seconds at a time, which join to the sample. */
export function soundInPieces(deps: PiecesDeps): TrackSound {
  const { read, cuts, decode, context, onChange, onBroken } = deps;
  const { sampleRate } = context;
  const ratio = sampleRate / cuts.fileRate;
  const [first = 0] = cuts.starts;
  const units = cuts.starts.length - 1;
  const step = stepOf(cuts, ratio);
  const unitsOf = unitsPerPiece(cuts, step);
  const count = Math.max(1, Math.ceil(units / unitsOf));
  const pieces = new Map<number, AudioBuffer>();
  /** How each decoded piece ends, to hold the next one against. */
  const ends = new Map<number, Float32Array>();
  let wanted: readonly number[] = [];
  let busy = false;
  let isOver = false;

  /** Samples of the context since the first unit began. */
  const gridOf = (unit: number): number =>
    Math.round(((cuts.starts[Math.min(units, unit)] ?? 0) - first) * ratio);
  const from = Math.ceil(-first * ratio);
  const to = Math.min(gridOf(units), Math.floor((cuts.samples - first) * ratio));
  const startOfPiece = (index: number): number =>
    Math.min(to, Math.max(from, gridOf(index * unitsOf)));
  const secondsAt = (grid: number): number => grid / sampleRate + first / cuts.fileRate;

  async function decodePiece(index: number): Promise<void> {
    const [begin, end] = [startOfPiece(index), startOfPiece(index + 1)];
    const warmUnits = Math.ceil(cuts.warmUp / unitSamples(cuts));
    const tailUnits = Math.ceil((tailSeconds * cuts.fileRate) / unitSamples(cuts));
    const firstUnit = Math.max(0, Math.floor((index * unitsOf - warmUnits) / step) * step);
    const lastUnit = Math.min(units, (index + 1) * unitsOf + tailUnits);
    const bytes = await read(cuts.bytes[firstUnit] ?? 0, cuts.bytes[lastUnit] ?? 0);
    const decoded = await decode(joinedBytes(cuts.head(bytes.byteLength), bytes).buffer);
    // Some decoders give nothing for the first thing they hear: the end is where it is.
    const missing = gridOf(lastUnit) - gridOf(firstUnit) - decoded.length;
    const lost = missing > 2 ? missing : 0;
    const at = begin - gridOf(firstUnit) - lost;
    if (at < 0 || at + (end - begin) > decoded.length + 2) throw new RangeError('Too short');
    if (!continues(ends.get(index - 1), decoded, at)) throw new RangeError('Not the same');
    if (isOver) return;
    const { numberOfChannels } = decoded;
    const piece = context.createBuffer(numberOfChannels, Math.max(1, end - begin), sampleRate);
    for (let channel = 0; channel < numberOfChannels; channel++) {
      decoded.copyFromChannel(piece.getChannelData(channel), channel, at);
    }
    pieces.set(index, piece);
    ends.set(index, piece.getChannelData(0).slice(-comparedSamples));
  }

  function advance(): void {
    if (busy || isOver) return;
    const index = wanted.find((one) => !pieces.has(one));
    if (index === undefined) return;
    busy = true;
    decodePiece(index).then(
      () => {
        busy = false;
        for (const held of pieces.keys()) if (!wanted.includes(held)) pieces.delete(held);
        if (!isOver) onChange();
        advance();
      },
      () => {
        if (!isOver) onBroken();
        isOver = true;
      },
    );
  }

  return {
    durationSeconds: secondsAt(to),
    indexAt(seconds) {
      const grid = Math.floor((seconds - first / cuts.fileRate) * sampleRate + 1e-6);
      const guess = Math.floor(grid / Math.max(1, gridOf(unitsOf)));
      const bounded = Math.min(count - 1, Math.max(0, guess));
      return grid < startOfPiece(bounded) ? Math.max(0, bounded - 1) : bounded;
    },
    startOf: (index) => secondsAt(startOfPiece(index)),
    piece: (index) => pieces.get(index),
    want(indices) {
      wanted = indices.filter((index) => index >= 0 && index < count);
      for (const held of pieces.keys()) if (!wanted.includes(held)) pieces.delete(held);
      advance();
    },
    dispose() {
      isOver = true;
      pieces.clear();
    },
  };
}

function unitSamples({ starts }: Cuts): number {
  return Math.max(1, (starts[1] ?? 1) - (starts[0] ?? 0));
}

/** After how many units both sample rates meet on a whole sample. */
function stepOf(cuts: Cuts, ratio: number): number {
  const unit = unitSamples(cuts) * ratio;
  for (let step = 1; step <= mostStep; step++) {
    const grid = step * unit;
    if (Math.abs(grid - Math.round(grid)) < 1e-6) return step;
  }
  return 1;
}

function unitsPerPiece(cuts: Cuts, step: number): number {
  const wanted = (pieceSeconds * cuts.fileRate) / unitSamples(cuts);
  return Math.max(1, Math.round(wanted / step)) * step;
}

/** Whether what was decoded goes on where the piece before ended. @param before its last samples */
function continues(before: Float32Array | undefined, decoded: AudioBuffer, at: number): boolean {
  if (!before || at < before.length) return true;
  const overlap = decoded.getChannelData(0).subarray(at - before.length, at);
  return overlap.every((value, index) => Math.abs(value - (before[index] ?? 0)) < mostDifference);
}
