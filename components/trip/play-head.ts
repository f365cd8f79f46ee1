import { type Span, within } from './span.ts';

/** Trip time for a second of watching. */
export const speeds: readonly number[] = [1, 5, 20, 60, 120];

/** Where a replay stands. */
export interface PlayHead {
  readonly atMs: number;
  readonly playing: boolean;
  readonly speed: number;
}

/** A page that was away for a while does not leap. */
const mostElapsedMs = 1_000;
/** A whole drive is watched in about so long. */
const patienceMs = 75_000;

/** At the beginning, at the speed that shows the whole in about a minute. */
export function newHead({ fromMs, untilMs }: Span): PlayHead {
  const wanted = (untilMs - fromMs) / patienceMs;
  const speed = speeds.reduce((best, next) =>
    Math.abs(Math.log(next / wanted)) < Math.abs(Math.log(best / wanted)) ? next : best,
  );
  return { atMs: fromMs, playing: false, speed };
}

/** `elapsedMs` of watching later; at the end it stops. */
export function advanced(head: PlayHead, elapsedMs: number, span: Span): PlayHead {
  if (!head.playing) return head;
  const atMs = head.atMs + Math.min(mostElapsedMs, Math.max(0, elapsedMs)) * head.speed;
  return atMs < span.untilMs ? { ...head, atMs } : { ...head, atMs: span.untilMs, playing: false };
}

/** Sets off, from the beginning again where the end was reached. */
export function setOff(head: PlayHead, span: Span): PlayHead {
  const atMs = head.atMs >= span.untilMs ? span.fromMs : head.atMs;
  return { ...head, atMs, playing: true };
}

export function soughtTo(head: PlayHead, atMs: number, span: Span): PlayHead {
  return { ...head, atMs: within(span, atMs) };
}

/** A step of an arrow, and of a page key: a hundredth and a tenth of the trip, in whole seconds. */
export function stepsMs({ fromMs, untilMs }: Span): {
  readonly arrow: number;
  readonly page: number;
} {
  const lengthMs = untilMs - fromMs;
  return { arrow: wholeSeconds(lengthMs / 100), page: wholeSeconds(lengthMs / 10) };
}

/** Where a key takes the slider; undefined for keys that are not its own. */
export function keyTarget(key: string, atMs: number, span: Span): number | undefined {
  const { arrow, page } = stepsMs(span);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return atMs - arrow;
    case 'ArrowRight':
    case 'ArrowUp':
      return atMs + arrow;
    case 'PageDown':
      return atMs - page;
    case 'PageUp':
      return atMs + page;
    case 'Home':
      return span.fromMs;
    case 'End':
      return span.untilMs;
    default:
      return undefined;
  }
}

function wholeSeconds(ms: number): number {
  return Math.max(1, Math.round(ms / 1000)) * 1000;
}
