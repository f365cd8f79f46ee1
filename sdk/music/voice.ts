import { maxNudge } from './steering.ts';

/** One scheduled playing of a decoded track, and where in the track it stands at any context time. */
export interface Voice {
  readonly soundKey: string;
  /** Context seconds at which it begins to sound. */
  readonly startSeconds: number;
  /** Track position, seconds, that is rendered at a context time; a line, bounded by neither start nor end. */
  positionAt(contextSeconds: number): number;
  /** The context time at which it reaches a track position, if its speed stays. */
  secondsAt(position: number): number;
  /**
   * Shifts it by whole samples, by at most half a percent of speed for as long as that takes: by as much of `seconds` as
   * is done within {@link longestTrimSeconds}. Positive: forwards.
   */
  trim(seconds: number): void;
  /** Context seconds at which the last trim is over. */
  readonly trimmedSeconds: number;
  /** Fades out to silence that begins at the context time, default now. */
  end(atSeconds?: number): void;
}

export interface VoiceOptions {
  readonly soundKey: string;
  readonly buffer: AudioBuffer;
  /** Track position, seconds, at the start. */
  readonly position: number;
  readonly startSeconds: number;
  /** Speed, 1 = as recorded. */
  readonly rate: number;
}

/** Short enough to be no fade, long enough to be no click. */
const fadeSeconds = 0.008;
/** A change is put this far ahead of the rendering, so that its time is exactly known. */
const leadSeconds = 0.02;
/** The speed of a source changes between two blocks of this many samples (Web Audio 1.1, a k-rate parameter). */
const blockSamples = 128;
const longestTrimSeconds = 1;

/** Schedules a voice. Starting at the track's very beginning needs no fade: it must join the one before. */
export function createVoice(
  context: AudioContext,
  output: AudioNode,
  options: VoiceOptions,
): Voice {
  const { buffer, rate, soundKey } = options;
  const { sampleRate } = context;
  // On whole samples nothing has to be interpolated.
  const startSeconds = Math.round(options.startSeconds * sampleRate) / sampleRate;
  const exact = options.position + (startSeconds - options.startSeconds) * rate;
  const position = Math.max(0, Math.round(exact * sampleRate) / sampleRate);
  const envelope = context.createGain();
  const node = context.createBufferSource();
  node.buffer = buffer;
  node.playbackRate.value = rate;
  node.connect(envelope).connect(output);
  if (position > 0) {
    envelope.gain.setValueAtTime(0, startSeconds);
    envelope.gain.linearRampToValueAtTime(1, startSeconds + fadeSeconds);
  }
  node.onended = () => {
    node.disconnect();
    envelope.disconnect();
  };
  node.start(startSeconds, position);

  /** Since `at`, the track moves from `position` at `rate`. The last two: a change lies ahead of what is heard. */
  let legs = [{ at: startSeconds, position, rate }];
  const legAt = (seconds: number) =>
    legs.findLast((leg) => leg.at <= seconds) ?? { at: startSeconds, position, rate };
  const positionAt = (seconds: number): number => {
    const leg = legAt(seconds);
    return leg.position + (seconds - leg.at) * leg.rate;
  };

  return {
    soundKey,
    startSeconds,
    positionAt,
    secondsAt(target) {
      const leg = legs.at(-1) ?? { at: startSeconds, position, rate };
      return leg.at + (target - leg.position) / leg.rate;
    },
    trim(seconds) {
      const first = Math.max(startSeconds, context.currentTime + leadSeconds) * sampleRate;
      const firstBlock = Math.ceil(first / blockSamples);
      const mostBlocks = Math.floor((longestTrimSeconds * sampleRate) / blockSamples);
      const mostSamples = Math.floor(mostBlocks * blockSamples * maxNudge);
      const wanted = Math.round(seconds * sampleRate);
      const samples = Math.min(mostSamples, Math.max(-mostSamples, wanted));
      if (samples === 0) return;
      const blocks = Math.ceil(Math.abs(samples) / (blockSamples * maxNudge));
      const factor = 1 + samples / (blocks * blockSamples);
      for (const [block, speed] of [
        [firstBlock, rate * factor],
        [firstBlock + blocks, rate],
      ] as const) {
        const at = (block * blockSamples) / sampleRate;
        // Half a block early: the block that begins at `at` is then the first to have it, whatever is rounded.
        node.playbackRate.setValueAtTime(speed, at - blockSamples / 2 / sampleRate);
        legs = [...legs, { at, position: positionAt(at), rate: speed }].slice(-20);
      }
    },
    get trimmedSeconds() {
      return legs.at(-1)?.at ?? startSeconds;
    },
    end(atSeconds = context.currentTime + fadeSeconds) {
      const at = Math.max(atSeconds, context.currentTime);
      envelope.gain.cancelScheduledValues(at - fadeSeconds);
      envelope.gain.setValueAtTime(1, Math.max(0, at - fadeSeconds));
      envelope.gain.linearRampToValueAtTime(0, at);
      node.stop(at);
    },
  };
}
