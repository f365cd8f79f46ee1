/** One scheduled playing of a decoded track, and where in the track it stands at any context time. */
export interface Voice {
  readonly soundKey: string;
  /** Context seconds at which it begins to sound. */
  readonly startSeconds: number;
  /** Track position, seconds, that is rendered at a context time; a line, bounded by neither start nor end. */
  positionAt(contextSeconds: number): number;
  /** The context time at which it reaches a track position, if its speed stays. */
  secondsAt(position: number): number;
  /** Times the speed it was made with; applied at once. */
  nudge(factor: number): void;
  readonly isNudged: boolean;
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

/** Schedules a voice. Starting at the track's very beginning needs no fade: it must join the one before. */
export function createVoice(
  context: AudioContext,
  output: AudioNode,
  options: VoiceOptions,
): Voice {
  const { buffer, position, startSeconds, rate, soundKey } = options;
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
    nudge(factor) {
      const at = Math.max(startSeconds, context.currentTime + leadSeconds);
      node.playbackRate.setValueAtTime(rate * factor, at);
      const next = { at, position: positionAt(at), rate: rate * factor };
      legs = [...legs.filter((leg) => leg.at < at), next].slice(-20);
    },
    get isNudged() {
      return legs.at(-1)?.rate !== rate;
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
