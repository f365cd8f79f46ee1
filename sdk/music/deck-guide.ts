import type { Deck } from './deck.ts';
import { mostHoldMs } from './hold.ts';
import type { Stage } from './sound-engine.ts';
import { RecentMedian, steadyLimits, steer } from './steering.ts';
import { lineAt, type Timeline } from './timeline.ts';

/** Keeps one deck where the group is: by holding its sound back, or by its speed where it cannot be held. */
export interface DeckGuide {
  /** Whether it was started, in silence or not. */
  readonly isRunning: boolean;
  /** Starts it in silence, a little ahead. @returns ms until that is due; 0: it has begun */
  begin(target: Timeline): number;
  /**
   * Looks where it is and does what is to be done about it; it is heard from when it is due and in its place.
   *
   * @returns how far ahead of the group it is heard, ms; null while it is not, or while that is not known
   */
  look(target: Timeline): { readonly isHeard: boolean; readonly driftMs: number | null };
  /** Silent; it has to {@link begin} anew. */
  rest(): void;
}

/** How late starts and seeks land on this device, ms: the next one aims ahead by it. */
export interface LandingLead {
  ms: number;
}

/** Starts and seeks land somewhere around where they aim: they aim this far ahead of the group. */
const aimHoldMs = 300;
/** Where it is not due yet there is time to find out where it has landed. */
const mostAimMs = 700;
const leastAimMs = 40;
/** Noise is not to be followed; a glide of the hold beyond this is heard by nobody. */
const deadBandMs = 0.25;
/** What cannot be held is sought once, unless it is as near as this: its speed gets there sooner. */
const seekBeyondMs = 20;
const minSeekGapMs = 3_000;
/** Between a start or a seek and the first reading that means something. */
const settleMs = 150;
const haveFutureData = 3;

export function createDeckGuide(
  { source, platform, clock }: Stage,
  deck: Deck,
  lead: LandingLead,
): DeckGuide {
  const { element, hold } = deck;
  const drifts = new RecentMedian(5);
  let phase: 'idle' | 'cued' | 'heard' = 'idle';
  /** How far ahead of the group the last start or seek was to land; undefined once that is looked at. */
  let aimedMs: number | undefined;
  let movedMs = Number.NEGATIVE_INFINITY;
  let soughtMs = Number.NEGATIVE_INFINITY;
  /** Nothing was held back before its one start. */
  let isClean = true;

  function forget(): void {
    deck.forget();
    drifts.clear();
    movedMs = platform.monotonicMs();
  }

  function place(positionMs: number, { rate }: Timeline, holdMs: number): void {
    element.currentTime = Math.max(0, positionMs) / 1000;
    element.playbackRate = rate;
    aimedMs = positionMs < 0 ? undefined : holdMs;
    forget();
  }

  function seek(target: Timeline): void {
    const nowMs = platform.monotonicMs();
    if (nowMs - soughtMs < minSeekGapMs) return;
    soughtMs = nowMs;
    const holdMs = hold ? aimHoldMs : 0;
    deck.hear(false);
    phase = 'cued';
    isClean = false;
    place(lineAt(target, source.serverNow() + lead.ms) + holdMs * target.rate, target, holdMs);
  }

  /** What the last start missed by is what the next one has to aim ahead; bounded, for a stall teaches nothing. */
  function learn(aheadMs: number): void {
    const missedMs = aimedMs === undefined ? 0 : aimedMs - aheadMs;
    aimedMs = undefined;
    if (Math.abs(missedMs) < 1_000) lead.ms = Math.min(1_000, Math.max(0, lead.ms + missedMs));
  }

  /** @param holdMs until that has passed, what was held back may be of before the last seek */
  function hear({ atServerMs }: Timeline, heardSeconds: number, holdMs: number): void {
    phase = 'heard';
    const dueSeconds = heardSeconds + Math.max(0, atServerMs - source.serverNow()) / 1000;
    const clearSeconds = hold && !isClean ? deck.placedSeconds + holdMs / 1000 : 0;
    deck.hear(true, Math.max(dueSeconds, clearSeconds));
  }

  function lookHeld(target: Timeline): number | undefined {
    const heardSeconds = clock.contextSecondsAt(platform.monotonicMs());
    deck.read();
    if (!hold || heardSeconds === undefined || !clock.isSteady) return undefined;
    const aheadMs = deck.aheadMs(lineAt(target, source.serverNow()), heardSeconds);
    if (aheadMs === undefined) return undefined;
    learn(aheadMs / target.rate);
    const driftMs = aheadMs / target.rate - hold.msAt(heardSeconds);
    const isFar =
      aheadMs < 0 ||
      aheadMs > mostHoldMs * target.rate ||
      (phase === 'heard' && Math.abs(driftMs) > steadyLimits.jumpBeyondMs);
    if (isFar) {
      seek(target);
      return undefined;
    }
    if (phase === 'cued') {
      hold.set(aheadMs / target.rate);
      hear(target, heardSeconds, aheadMs / target.rate);
      return undefined;
    }
    if (Math.abs(driftMs) > deadBandMs && heardSeconds > hold.settledSeconds) hold.glide(driftMs);
    return driftMs;
  }

  /** What sounds past the context is where the element says, as far as anybody knows. */
  function lookFree(target: Timeline): number | undefined {
    drifts.add(element.currentTime * 1000 - lineAt(target, source.serverNow()));
    const driftMs = drifts.value;
    if (driftMs === undefined) return undefined;
    const isNudged = element.playbackRate !== target.rate;
    const steering = steer(driftMs, isNudged, steadyLimits);
    learn(driftMs);
    if (phase === 'cued' && Math.abs(driftMs) > seekBeyondMs) seek(target);
    if (phase === 'cued' && drifts.value === undefined) return undefined;
    if (steering.kind === 'jump') seek(target);
    else if (steering.kind === 'nudge') element.playbackRate = target.rate * steering.rate;
    else if (isNudged) element.playbackRate = target.rate;
    if (phase === 'cued') hear(target, 0, 0);
    deck.refreshVolume();
    return driftMs;
  }

  return {
    get isRunning() {
      return phase !== 'idle';
    },
    begin(target) {
      const serverMs = source.serverNow();
      const dueInMs = target.atServerMs - serverMs;
      // A start that is near leaves less to hold back: its first sound is not to be missed.
      const roomMs = dueInMs > 0 ? dueInMs - lead.ms : aimHoldMs;
      const holdMs = hold ? Math.min(mostAimMs, Math.max(leastAimMs, roomMs)) : 0;
      const aimMs = lineAt(target, serverMs + lead.ms) + holdMs * target.rate;
      if (aimMs < 0) return -aimMs;
      place(aimMs, target, holdMs);
      phase = 'cued';
      return 0;
    },
    look(target) {
      if (element.readyState < haveFutureData || element.seeking) {
        // A stall: what comes after it is put into its place before it is heard.
        deck.hear(false);
        phase = 'cued';
        isClean &&= deck.placedSeconds === Number.POSITIVE_INFINITY;
        forget();
        return { isHeard: false, driftMs: null };
      }
      const isEarly = platform.monotonicMs() - movedMs < settleMs;
      const driftMs = isEarly ? undefined : hold ? lookHeld(target) : lookFree(target);
      return { isHeard: phase === 'heard', driftMs: driftMs ?? null };
    },
    rest() {
      phase = 'idle';
      isClean = false;
      deck.hear(false);
      element.pause();
      forget();
    },
  };
}
