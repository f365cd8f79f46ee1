import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import type { Deck } from './deck.ts';
import { createDeckGuide, type DeckGuide, type LandingLead } from './deck-guide.ts';
import { createDeckLoader } from './deck-loader.ts';
import { durationLessons } from './duration-lessons.ts';
import { mostHoldMs } from './hold.ts';
import { soundKey } from './listen-source.ts';
import type { CreateEngine, SoundEngine } from './sound-engine.ts';
import { followingOf, isSameMotion, positionAt, type Timeline, timelineOf } from './timeline.ts';

const steadyTickMs = 250;
const eagerTickMs = 30;
const standbyAheadMs = 30_000;
/** A start takes a while to be measured before it is due. */
const cueAheadMs = 900;

/** A deck and who guides it. */
interface Guided {
  readonly deck: Deck;
  readonly guide: DeckGuide;
}

/**
 * A media element, for what is too long to decode. It is started in silence and a little ahead, its landing is measured,
 * and its sound is held back by as much as it is early: what is left is trimmed by gliding that hold.
 */
export const createElementEngine: CreateEngine = (stage): SoundEngine => {
  const { source, platform, clock } = stage;
  const learn = durationLessons(source);
  const lead: LandingLead = { ms: 120 };

  let nowPlaying: NowPlaying | undefined;
  let timeline: Timeline | undefined;
  let current: Guided | undefined;
  let standby: Guided | undefined;
  let stopTick: (() => void) | undefined;
  let failure: string | undefined;

  const loader = createDeckLoader(stage, {
    broke(deck) {
      if (deck === standby?.deck) standby = undefined;
      else if (deck === current?.deck) current = undefined;
      else return false;
      return true;
    },
    failed(message) {
      failure = message;
      stage.showDrift(null);
      stage.showState({ kind: 'failed', message });
    },
    retryIn(delayMs) {
      stage.showState({ kind: 'buffering' });
      tickIn(delayMs);
    },
  });

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
    tickIn(steadyTickMs);
    clock.sample();
    const key = soundKey(timeline.item);
    if (current?.deck.soundKey !== key) take(key, timeline.item);
    if (!current || current.deck.soundKey !== key) {
      stage.showState({ kind: 'buffering' });
      return;
    }
    const { deck } = current;
    learn(deck.item, deck.element.duration);
    stage.showBuffered(deck.buffered());
    if (deck.element.paused || deck.element.ended) begin(current, timeline);
    else guide(current, timeline);
    prepareNext();
  }

  /** Puts the track on a deck: the one that stands by, or a new one. */
  function take(key: string, item: PlaylistItem): void {
    current?.deck.dispose();
    current = undefined;
    stage.showDrift(null);
    if (standby?.deck.soundKey === key) {
      current = standby;
      standby = undefined;
      return;
    }
    void load(item).then((loaded) => {
      if (!loaded) return;
      if (timeline && soundKey(timeline.item) === key) current = loaded;
      else loaded.deck.dispose();
      tick();
    });
  }

  async function load(item: PlaylistItem): Promise<Guided | undefined> {
    const deck = await loader.load(item);
    return deck && { deck, guide: createDeckGuide(stage, deck, lead) };
  }

  function begin({ deck, guide }: Guided, target: Timeline): void {
    const { duration, ended } = deck.element;
    const leftMs = duration * 1000 - positionAt(target, source.serverNow() + lead.ms);
    // Of one that has ended by itself what was held back is still to be heard.
    if (leftMs <= (ended ? mostHoldMs : 0)) return;
    const waitMs = guide.begin(target);
    if (waitMs > 0) {
      tickIn(Math.min(waitMs, steadyTickMs));
      return;
    }
    stage.showDrift(null);
    tickIn(eagerTickMs);
    play(deck);
  }

  function play({ element }: Deck): void {
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        stopTicking();
        stage.showState({ kind: 'blocked' });
      }
    });
  }

  function guide(one: Guided, target: Timeline): void {
    const { isHeard, driftMs } = one.guide.look(target);
    if (!isHeard) tickIn(eagerTickMs);
    else loader.worked();
    stage.showState({ kind: isHeard ? 'playing' : 'buffering' });
    stage.showDrift(source.isClockKnown?.() === false ? null : driftMs);
  }

  /** Loads what follows, and starts it in time. */
  function prepareNext(): void {
    const following = nowPlaying && followingOf(nowPlaying);
    if (!following || following.item === timeline?.item) return;
    const leftMs = following.atServerMs - source.serverNow();
    if (leftMs > standbyAheadMs || loader.opening !== undefined) return;
    if (standby && standby.deck.soundKey !== soundKey(following.item)) {
      standby.deck.dispose();
      standby = undefined;
    }
    if (!standby) {
      void load(following.item).then((loaded) => {
        standby?.deck.dispose();
        standby = loaded;
      });
    } else if (leftMs < cueAheadMs + steadyTickMs) {
      cue(standby, following);
    }
  }

  /** Measured before it is due, the next track begins where this one ends. */
  function cue(next: Guided, following: Timeline): void {
    tickIn(eagerTickMs);
    if (next.guide.isRunning) {
      next.guide.look(following);
    } else if (next.guide.begin(following) === 0) {
      play(next.deck);
    }
  }

  function rest(): void {
    stopTicking();
    current?.guide.rest();
    standby?.guide.rest();
    timeline = undefined;
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
      if (!isSame) {
        if (isSameTrack) current?.guide.rest();
        // It was cued for an end that may be another now; what is due is left alone.
        if (standby && standby.deck.soundKey !== soundKey(target.item)) standby.guide.rest();
      }
      tick();
    },
    rest,
    dispose() {
      rest();
      loader.stop();
      current?.deck.dispose();
      standby?.deck.dispose();
      current = standby = undefined;
    },
  };
};
