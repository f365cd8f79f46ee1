import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { createDeck, type Deck } from './deck.ts';
import { durationLessons } from './duration-lessons.ts';
import { soundKey } from './listen-source.ts';
import type { CreateEngine, SoundEngine } from './sound-engine.ts';
import { diagnose } from './sound-failure.ts';
import { RecentMedian, steadyLimits, steer } from './steering.ts';
import { followingOf, isSameMotion, positionAt, type Timeline, timelineOf } from './timeline.ts';

const steadyTickMs = 250;
const eagerTickMs = 50;
/** Between a start or a seek and the first reading that means something. */
const settleMs = 300;
/** The one corrective seek is spared within this: nudging gets there sooner than another seek would. */
const seekBeyondMs = 20;
const minJumpGapMs = 3_000;
const standbyAheadMs = 30_000;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
const haveFutureData = 3;

/** `cued`: started in silence to learn how late starts are here; `corrected`: put right once; then heard. */
type Phase = 'idle' | 'cued' | 'corrected' | 'following';

/** A media element, for what is too long to decode at once. One corrective seek, then small changes of speed. */
export const createElementEngine: CreateEngine = (stage): SoundEngine => {
  const { source, platform, clock } = stage;
  const drifts = new RecentMedian(5);
  const learn = durationLessons(source);
  const unroutedKeys = new Set<string>();

  let nowPlaying: NowPlaying | undefined;
  let timeline: Timeline | undefined;
  let deck: Deck | undefined;
  let standby: Deck | undefined;
  let opening: string | undefined;
  let stopTick: (() => void) | undefined;
  let phase: Phase = 'idle';
  let movedMs = Number.NEGATIVE_INFINITY;
  /** How far ahead a start or a seek has to aim to land where the group is. */
  let leadMs = 120;
  let failures = 0;
  let failure: string | undefined;

  function stopTicking(): void {
    stopTick?.();
    stopTick = undefined;
  }

  function tickIn(delayMs: number): void {
    stopTick?.();
    stopTick = platform.after(delayMs, tick);
  }

  function tick(): void {
    if (!timeline || failure !== undefined) return;
    tickIn(phase === 'following' ? steadyTickMs : eagerTickMs);
    clock.sample();
    const key = soundKey(timeline.item);
    if (deck?.soundKey !== key) take(key, timeline.item);
    if (!deck || deck.soundKey !== key) {
      stage.showState({ kind: 'buffering' });
      return;
    }
    learn(deck.item, deck.element.duration);
    stage.showBuffered(deck.buffered());
    if (deck.element.paused || deck.element.ended) begin(deck, timeline);
    else if (deck.element.readyState < haveFutureData || deck.element.seeking) {
      stage.showState({ kind: 'buffering' });
      stage.showDrift(null);
      movedMs = platform.monotonicMs();
    } else guide(deck, timeline);
    prepareNext();
  }

  /** Puts the track on a deck: the one that stands by, or a new one. */
  function take(key: string, item: PlaylistItem): void {
    deck?.dispose();
    deck = undefined;
    phase = 'idle';
    drifts.clear();
    stage.showDrift(null);
    if (standby?.soundKey === key) {
      deck = standby;
      standby = undefined;
      if (!deck.element.paused) {
        // It began on time by itself: it is heard at once, and steered like any other.
        phase = 'following';
        movedMs = platform.monotonicMs();
        deck.hear(true);
      }
      return;
    }
    void load(item).then((loaded) => {
      if (!loaded) return;
      if (timeline && soundKey(timeline.item) === key) deck = loaded;
      else loaded.dispose();
      tick();
    });
  }

  async function load(item: PlaylistItem): Promise<Deck | undefined> {
    const key = soundKey(item);
    if (opening === key) return undefined;
    opening = key;
    try {
      const url = await source.trackUrl(item.itemId);
      if (opening !== key) return undefined;
      const loaded = createDeck(stage, item, url, !unroutedKeys.has(key));
      loaded.element.addEventListener('error', () => void onError(loaded));
      return loaded;
    } catch (error) {
      const isFinal = error instanceof JamzError && error.code !== 'unavailable';
      if (isFinal) fail(error.message);
      else retryLater();
      return undefined;
    } finally {
      if (opening === key) opening = undefined;
    }
  }

  async function onError(broken: Deck): Promise<void> {
    if (broken !== deck && broken !== standby) return;
    const found = await diagnose(broken.url, broken.item, platform);
    if (broken === standby) standby = undefined;
    else if (broken === deck) deck = undefined;
    else return;
    broken.dispose();
    if (found.kind === 'final') fail(found.message);
    else if (found.kind === 'unreadable' && broken.isRouted) {
      unroutedKeys.add(broken.soundKey);
      tickIn(0);
    } else retryLater();
  }

  function fail(message: string): void {
    failure = message;
    stage.showDrift(null);
    stage.showState({ kind: 'failed', message });
  }

  function retryLater(): void {
    stage.showState({ kind: 'buffering' });
    tickIn(Math.min(longestRetryMs, firstRetryMs * 2 ** failures));
    failures += 1;
  }

  function begin(on: Deck, target: Timeline): void {
    const serverMs = source.serverNow();
    const waitMs = target.atServerMs - leadMs - serverMs;
    if (waitMs > eagerTickMs) {
      tickIn(Math.min(waitMs, steadyTickMs));
      return;
    }
    const { duration } = on.element;
    const aimMs = positionAt(target, serverMs + leadMs);
    if (Number.isFinite(duration) && aimMs >= duration * 1000) return;
    on.element.currentTime = aimMs / 1000;
    on.element.playbackRate = target.rate;
    phase = 'cued';
    movedMs = platform.monotonicMs();
    drifts.clear();
    stage.showDrift(null);
    on.element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        stopTicking();
        stage.showState({ kind: 'blocked' });
      }
    });
  }

  function guide(on: Deck, target: Timeline): void {
    if (platform.monotonicMs() - movedMs < settleMs) return;
    drifts.add(on.heardMs() - positionAt(target, source.serverNow()));
    const driftMs = drifts.value;
    failures = 0;
    if (driftMs === undefined) return;
    if (phase === 'cued' && Math.abs(driftMs) > seekBeyondMs) {
      seek(on, target, driftMs);
      phase = 'corrected';
      return;
    }
    phase = 'following';
    on.hear(true);
    on.refreshVolume();
    stage.showState({ kind: 'playing' });
    stage.showDrift(source.isClockKnown?.() === false ? null : driftMs);
    const isNudged = on.element.playbackRate !== target.rate;
    const steering = steer(driftMs, isNudged, steadyLimits);
    if (steering.kind === 'nudge') on.element.playbackRate = target.rate * steering.rate;
    else if (steering.kind === 'hold' && isNudged) on.element.playbackRate = target.rate;
    else if (steering.kind === 'jump' && platform.monotonicMs() - movedMs > minJumpGapMs) {
      seek(on, target, driftMs);
    }
  }

  function seek(on: Deck, target: Timeline, driftMs: number): void {
    // What the last start missed by is what the next one has to aim ahead; bounded, for a stall teaches nothing.
    if (Math.abs(driftMs) < 1_000) leadMs = Math.min(1_000, Math.max(0, leadMs - driftMs));
    on.element.currentTime = positionAt(target, source.serverNow() + leadMs) / 1000;
    on.element.playbackRate = target.rate;
    movedMs = platform.monotonicMs();
    drifts.clear();
    stage.showDrift(null);
  }

  /** Loads what follows, and starts it in time. */
  function prepareNext(): void {
    const following = nowPlaying && followingOf(nowPlaying);
    if (!following || following.item === timeline?.item) return;
    const key = soundKey(following.item);
    const leftMs = following.atServerMs - source.serverNow();
    if (leftMs > standbyAheadMs || opening !== undefined) return;
    if (standby && standby.soundKey !== key) {
      standby.dispose();
      standby = undefined;
    }
    if (!standby) {
      void load(following.item).then((loaded) => {
        standby?.dispose();
        standby = loaded;
      });
    } else if (standby.element.paused && leftMs < leadMs + 2 * steadyTickMs) {
      tickIn(Math.max(0, Math.min(steadyTickMs, leftMs - leadMs)));
      if (leftMs <= leadMs) standby.element.play().catch(() => undefined);
    }
  }

  function rest(): void {
    stopTicking();
    deck?.hear(false);
    deck?.element.pause();
    standby?.element.pause();
    timeline = undefined;
    phase = 'idle';
    drifts.clear();
    stage.showDrift(null);
  }

  return {
    kind: 'element',
    follow(next) {
      nowPlaying = next;
      const target = timelineOf(next);
      if (!target) {
        rest();
        return;
      }
      const isSame = isSameMotion(timeline, target);
      const isSameTrack = timeline?.item.itemId === target.item.itemId;
      timeline = target;
      if (isSame && stopTick) return;
      if (!isSameTrack) failure = undefined;
      if (!isSame && isSameTrack && deck && !deck.element.paused) {
        deck.hear(false);
        deck.element.pause();
        phase = 'idle';
      }
      tick();
    },
    rest,
    dispose() {
      rest();
      opening = undefined;
      deck?.dispose();
      standby?.dispose();
      deck = standby = undefined;
    },
  };
};
