import { chirp, chirpKinds, chirpSeconds } from './chirp.ts';
import { chirpFinder } from './find-chirp.ts';
import { SoundRecord } from './sound-record.ts';

/** So many phones take turns in a round. */
export const chirpSlots: number = chirpKinds;
/** A round begins whenever the server's clock is a multiple of this. */
const roundMs = 4_000;
const slotMs = roundMs / chirpSlots;
/** More change nothing. */
const passes = 6;

/** What one phone was heard to be. */
export interface HeardChirp {
  readonly slot: number;
  /** When it came, less its turn in the round, ms of the hearer's own time: only differences between phones tell anything. */
  readonly atMs: number;
}

/** When the next chirp of a slot is due by the server's clock, at least `aheadMs` from now. */
export function nextTurnMs(slot: number, serverNowMs: number, aheadMs: number): number {
  const offsetMs = slot * slotMs;
  const rounds = Math.ceil((serverNowMs + aheadMs - offsetMs) / roundMs);
  return rounds * roundMs + offsetMs;
}

/** The sound of a slot. */
export function turnOf(slot: number, sampleRate: number): Float32Array<ArrayBuffer> {
  return chirp(slot, sampleRate);
}

/** Hears rounds in what a microphone brings. */
export interface RoundHearer {
  /** @returns who was heard in what has become whole by this */
  add(samples: Float32Array, frame: number): readonly HeardChirp[];
}

/**
 * Looks through each second once; a turn that begins in it may end behind it. Where its own rounds begin the hearer need
 * not know: all that it says is off by the same.
 *
 * @param slots which are listened for
 */
export function hearRounds(sampleRate: number, slots: readonly number[]): RoundHearer {
  const second = Math.round(sampleRate);
  const over = Math.round(chirpSeconds * sampleRate);
  const record = new SoundRecord(3 * second);
  const find = chirpFinder(sampleRate, second + over);
  let nextFrame: number | undefined;

  return {
    add(samples, frame) {
      record.add(samples, frame);
      nextFrame ??= frame;
      const heard: HeardChirp[] = [];
      // A page that was busy may bring more than one; what is no more here is passed over.
      nextFrame = Math.max(nextFrame, record.endFrame - 2 * second);
      while (nextFrame + second + over <= record.endFrame) {
        const window = record.read(nextFrame, second + over);
        for (const slot of slots) {
          const found = find(window, slot);
          // At its very end it is the next second's: that has the whole of it.
          if (!found || found.at >= second) continue;
          const cameMs = ((nextFrame + found.at) / sampleRate) * 1000 - slot * slotMs;
          heard.push({ slot, atMs: cameMs });
        }
        nextFrame += second;
      }
      return heard;
    },
  };
}

/** What is known of one phone after some rounds. */
export interface PhoneOffset {
  readonly slot: number;
  /** How much later than the middle phone it sounds, ms. */
  readonly offsetMs: number;
  /** Two thirds of its chirps lay within so much of that, either way. */
  readonly spreadMs: number;
  readonly heard: number;
}

/**
 * Offsets against the middle of the phones, so that nobody's own clock is taken for right. Phones are compared within
 * each round: neither what the microphone lost between two of them nor its own speed tells anything. What is common to a
 * round and what is a phone's own is told apart by median polish (Tukey 1977).
 */
export function offsetsOf(heard: readonly HeardChirp[]): readonly PhoneOffset[] {
  const [first] = heard;
  if (!first) return [];
  const readings = heard.map(({ slot, atMs }) => {
    const round = Math.round((atMs - first.atMs) / roundMs);
    return { slot, round, ms: atMs - first.atMs - round * roundMs };
  });
  const ofSlot = new Map<number, number>();
  const ofRound = new Map<number, number>();
  const left = ({ slot, round, ms }: (typeof readings)[number]): number =>
    ms - (ofSlot.get(slot) ?? 0) - (ofRound.get(round) ?? 0);
  const polish = (known: Map<number, number>, by: 'slot' | 'round'): void => {
    for (const one of new Set(readings.map((reading) => reading[by]))) {
      const here = readings.filter((reading) => reading[by] === one).map(left);
      known.set(one, (known.get(one) ?? 0) + middle(here));
    }
  };
  for (let pass = 0; pass < passes; pass++) {
    polish(ofRound, 'round');
    polish(ofSlot, 'slot');
  }
  const zeroMs = middle([...ofSlot.values()]);
  return [...ofSlot.keys()]
    .sort((a, b) => a - b)
    .map((slot) => {
      const own = readings.filter((reading) => reading.slot === slot);
      const apart = own.map((reading) => Math.abs(left(reading))).sort((a, b) => a - b);
      const spreadMs = apart[Math.floor((apart.length * 2) / 3)] ?? 0;
      return { slot, offsetMs: (ofSlot.get(slot) ?? 0) - zeroMs, spreadMs, heard: own.length };
    });
}

/** Of two in the middle what lies between them. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1] ?? 0, sorted[Math.floor(half)] ?? 0];
  return (low + high) / 2;
}
