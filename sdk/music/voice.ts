import { maxNudge } from './steering.ts';
import type { TrackSound } from './track-sound.ts';

/** One scheduled playing of a track, and where in the track it stands at any context time. */
export interface Voice {
  readonly soundKey: string;
  /** Context seconds at which it begins to sound. */
  readonly startSeconds: number;
  /** Track position, seconds, that is rendered at a context time; a line, bounded by neither start nor end. */
  positionAt(contextSeconds: number): number;
  /** The context time at which it reaches a track position, if its speed stays. */
  secondsAt(position: number): number;
  /** Schedules what comes next, as far ahead as it is decoded and due. @returns false: what is due is not there */
  feed(): boolean;
  /**
   * Shifts it by whole samples, by at most half a percent of speed for as long as that takes: by as much of `seconds` as
   * is done within {@link longestTrimSeconds} and before the next joint of pieces. Positive: forwards.
   */
  trim(seconds: number): void;
  /** Context seconds at which the last trim is over; before any was: long ago. */
  readonly trimmedSeconds: number;
  /** Fades out to silence that begins at the context time, default now. */
  end(atSeconds?: number): void;
}

export interface VoiceOptions {
  readonly soundKey: string;
  readonly sound: TrackSound;
  /** Track position, seconds, at the start. Its piece has to be decoded. */
  readonly position: number;
  readonly startSeconds: number;
  /** Speed, 1 = as recorded. */
  readonly rate: number;
}

/** Pieces are scheduled when they begin within this: a tab that is held up for seconds plays on. */
export const scheduleAheadSeconds = 12;
/** Short enough to be no fade, long enough to be no click. */
const fadeSeconds = 0.008;
/** A change is put this far ahead of the rendering, so that its time is exactly known. */
const leadSeconds = 0.02;
/** Between the end of a trim and the next piece, which has to be put elsewhere. */
const jointSeconds = 0.1;
/** The speed of a source changes between two blocks of this many samples (Web Audio 1.1, a k-rate parameter). */
const blockSamples = 128;
/** Nothing is learnt meanwhile, so short enough to look again; long enough that looking does not cost most of the time. */
const longestTrimSeconds = 4;

interface Part {
  readonly node: AudioBufferSourceNode;
  readonly index: number;
  readonly startSeconds: number;
}

/** Schedules a voice. Starting at the track's very beginning needs no fade: it must join the one before. */
export function createVoice(
  context: AudioContext,
  output: AudioNode,
  { soundKey, sound, rate, ...wanted }: VoiceOptions,
): Voice {
  const { sampleRate } = context;
  const rounded = (seconds: number): number => Math.round(seconds * sampleRate) / sampleRate;
  // On whole samples nothing has to be interpolated.
  const startSeconds = rounded(wanted.startSeconds);
  const first = sound.indexAt(wanted.position);
  const exact = wanted.position + (startSeconds - wanted.startSeconds) * rate;
  const offset = Math.max(0, rounded(exact - sound.startOf(first)));
  const position = sound.startOf(first) + offset;
  const envelope = context.createGain();
  envelope.connect(output);
  if (offset > 0 || first > 0) {
    envelope.gain.setValueAtTime(0, startSeconds);
    envelope.gain.linearRampToValueAtTime(1, startSeconds + fadeSeconds);
  }

  /** Since `at`, the track moves from `position` at `rate`. The last two: a change lies ahead of what is heard. */
  let legs = [{ at: startSeconds, position, rate }];
  /** The one that sounds, and those after it. */
  let parts: readonly Part[] = [];
  let isOver = false;

  const lastLeg = () => legs.at(-1) ?? { at: startSeconds, position, rate };
  const positionAt = (seconds: number): number => {
    const leg = legs.findLast(({ at }) => at <= seconds) ?? { at: startSeconds, position, rate };
    return leg.position + (seconds - leg.at) * leg.rate;
  };
  const secondsAt = (target: number): number =>
    lastLeg().at + (target - lastLeg().position) / lastLeg().rate;
  const isPast = (index: number): boolean => sound.startOf(index) >= sound.startOf(index + 1);

  function schedule(index: number, atSeconds: number, from: number): boolean {
    const buffer = sound.piece(index);
    if (!buffer) return false;
    const node = context.createBufferSource();
    node.buffer = buffer;
    node.playbackRate.value = lastLeg().rate;
    node.connect(envelope);
    node.onended = () => node.disconnect();
    node.start(atSeconds, from);
    parts = [...parts, { node, index, startSeconds: atSeconds }];
    return true;
  }

  function feed(): boolean {
    if (isOver) return true;
    parts = parts.filter(({ index }) => secondsAt(sound.startOf(index + 1)) > context.currentTime);
    for (;;) {
      const last = parts.at(-1);
      if (!last) return positionAt(context.currentTime) >= sound.durationSeconds;
      const next = last.index + 1;
      const atSeconds = secondsAt(sound.startOf(next));
      if (isPast(next) || atSeconds > context.currentTime + scheduleAheadSeconds) return true;
      if (atSeconds < context.currentTime + leadSeconds) return false;
      if (!schedule(next, rounded(atSeconds), 0)) return true;
    }
  }

  schedule(first, startSeconds, offset);
  feed();

  return {
    soundKey,
    startSeconds,
    positionAt,
    secondsAt,
    feed,
    trim(seconds) {
      const firstSample = Math.max(startSeconds, context.currentTime + leadSeconds) * sampleRate;
      const firstBlock = Math.ceil(firstSample / blockSamples);
      const begins = (firstBlock * blockSamples) / sampleRate;
      const part = parts.findLast((one) => one.startSeconds <= begins);
      if (!part) return;
      const roomSeconds = secondsAt(sound.startOf(part.index + 1)) - begins - jointSeconds;
      const mostSeconds = Math.min(longestTrimSeconds, roomSeconds * (1 - maxNudge));
      const mostBlocks = Math.max(0, Math.floor((mostSeconds * sampleRate) / blockSamples));
      const mostSamples = Math.floor(mostBlocks * blockSamples * maxNudge);
      const shift = Math.round(seconds * sampleRate);
      const samples = Math.min(mostSamples, Math.max(-mostSamples, shift));
      if (samples === 0) return;
      const blocks = Math.ceil(Math.abs(samples) / (blockSamples * maxNudge));
      const factor = 1 + samples / (blocks * blockSamples);
      const ends = begins + (blocks * blockSamples) / sampleRate;
      for (const [at, speed] of [
        [begins, rate * factor],
        [ends, rate],
      ] as const) {
        // Half a block early: the block that begins at `at` is then the first to have it, whatever is rounded.
        part.node.playbackRate.setValueAtTime(speed, at - blockSamples / 2 / sampleRate);
        legs = [...legs, { at, position: positionAt(at), rate: speed }].slice(-20);
      }
      // What is scheduled behind the joint comes as much earlier or later.
      const later = parts.filter((one) => one.startSeconds > part.startSeconds);
      parts = parts.filter((one) => !later.includes(one));
      for (const { node } of later) {
        node.stop();
        node.disconnect();
      }
      feed();
    },
    get trimmedSeconds() {
      return legs.length > 1 ? lastLeg().at : Number.NEGATIVE_INFINITY;
    },
    end(atSeconds = context.currentTime + fadeSeconds) {
      isOver = true;
      const at = Math.max(atSeconds, context.currentTime);
      envelope.gain.cancelScheduledValues(at - fadeSeconds);
      envelope.gain.setValueAtTime(1, Math.max(0, at - fadeSeconds));
      envelope.gain.linearRampToValueAtTime(0, at);
      for (const { node } of parts) {
        // The last one to go takes the envelope along.
        node.onended = () => {
          node.disconnect();
          envelope.disconnect();
        };
        node.stop(at);
      }
    },
  };
}
