import { maxNudge } from './steering.ts';

/** A delay line behind a media element that was started a little early: it holds the sound back until it is due. */
export interface Hold {
  readonly node: AudioNode;
  /** How long it holds back what is rendered at a context time, ms. */
  msAt(contextSeconds: number): number;
  /** At once; heard as a jump, where anything is heard. */
  set(ms: number): void;
  /** Glides by some ms, a tenth of a percent of speed for small ways and half a percent for long ones. */
  glide(byMs: number): void;
  /** Context seconds at which the last glide is over. */
  readonly settledSeconds: number;
}

export const mostHoldMs = 1_900;
/** Two cents of pitch. */
const gentle = 0.001;
const gentleWithinMs = 2;
/** A change is put this far ahead of the rendering, so that its time is exactly known. */
const leadSeconds = 0.02;

export function createHold(context: BaseAudioContext): Hold {
  const node = context.createDelay(2);
  const { sampleRate } = context;
  let from = { at: 0, ms: 0 };
  let to = { at: 0, ms: 0 };
  /** On whole samples nothing has to be interpolated. */
  const rounded = (ms: number): number =>
    (Math.round((Math.min(mostHoldMs, Math.max(0, ms)) / 1000) * sampleRate) / sampleRate) * 1000;
  const msAt = (seconds: number): number => {
    if (seconds >= to.at) return to.ms;
    if (seconds <= from.at) return from.ms;
    return from.ms + ((to.ms - from.ms) * (seconds - from.at)) / (to.at - from.at);
  };

  return {
    node,
    msAt,
    set(ms) {
      const at = context.currentTime;
      from = to = { at, ms: rounded(ms) };
      node.delayTime.cancelScheduledValues(0);
      node.delayTime.setValueAtTime(to.ms / 1000, at);
    },
    glide(byMs) {
      const at = Math.max(to.at, context.currentTime + leadSeconds);
      const ms = rounded(to.ms + byMs);
      const slope = Math.abs(byMs) <= gentleWithinMs ? gentle : maxNudge;
      from = { at, ms: to.ms };
      to = { at: at + Math.abs(ms - from.ms) / 1000 / slope, ms };
      node.delayTime.setValueAtTime(from.ms / 1000, from.at);
      node.delayTime.linearRampToValueAtTime(to.ms / 1000, to.at);
    },
    get settledSeconds() {
      return to.at;
    },
  };
}
