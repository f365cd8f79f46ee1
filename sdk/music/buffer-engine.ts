import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { createDecodedTracks, type Wish } from './decoded-tracks.ts';
import { durationLessons } from './duration-lessons.ts';
import { soundKey } from './listen-source.ts';
import { openSound } from './open-sound.ts';
import type { CreateEngine, SoundEngine } from './sound-engine.ts';
import { RecentMedian, steadyLimits } from './steering.ts';
import {
  endsAtMs,
  followingOf,
  isSameMotion,
  lineAt,
  positionAt,
  type Timeline,
  timelineOf,
} from './timeline.ts';
import { createTrackCache } from './track-cache.ts';
import type { TrackSound } from './track-sound.ts';
import { createVoice, type Voice } from './voice.ts';

const steadyTickMs = 250;
const eagerTickMs = 60;
/** After a start or a command the first place may be put right at once, beyond this. */
const settleBeyondMs = 3;
/** Within this nothing is done: 0.1 ms is four samples. */
const deadBandMs = 0.1;
const settleAfterMs = 500;
/** Devices that have just been opened stall and jump; behind this a jump would be heard as one. */
const settledMs = 5_000;
const minJumpGapMs = 2_000;
/** Sound has to be scheduled this long before it is rendered. */
const scheduleLeadMs = 60;
/** So long before its start a voice can still be scheduled anew. */
const unheardSeconds = 0.2;
/** The next track is decoded and scheduled when this much is left. */
const prepareAheadMs = 45_000;
/** Less than a sample: a voice starts on a whole one. */
const sameSeconds = 2e-5;
/** Tracks meet without a gap when the group's time and this loudspeaker's agree within this. */
const joinWithinSeconds = 0.015;

/** Decoded ahead in pieces, and scheduled on the audio clock: precise and gapless. */
export const createBufferEngine: CreateEngine = (stage): SoundEngine => {
  const { source, platform, context, clock } = stage;
  const tracks = createDecodedTracks({
    source,
    platform,
    cache: createTrackCache(source.trackCache, platform.storageRoomBytes),
    open: (file, options) => openSound(file, { context, onChange: () => align(), ...options }),
    onChange: () => align(),
  });
  const drifts = new RecentMedian(5);
  const learn = durationLessons(source);

  let nowPlaying: NowPlaying | undefined;
  let timeline: Timeline | undefined;
  let voice: Voice | undefined;
  let nextVoice: Voice | undefined;
  let stopTick: (() => void) | undefined;
  let settlesLeft = 0;
  let startedMs = Number.NEGATIVE_INFINITY;
  let eagerTicks = 0;
  let upcoming: readonly PlaylistItem[] = [];

  function align(): void {
    stopTick?.();
    stopTick = undefined;
    if (!timeline || !nowPlaying) return;
    clock.sample();
    const nowMs = platform.monotonicMs();
    const serverMs = source.serverNow();
    const heardSeconds = clock.contextSecondsAt(nowMs);
    const key = soundKey(timeline.item);
    const track = tracks.get(key);
    wish(nowPlaying, serverMs);
    if (track?.kind === 'unsuitable') {
      stage.unsuitable(key);
      return;
    }
    if (track?.kind === 'ready' && heardSeconds !== undefined) {
      learn(timeline.item, track.sound.durationSeconds);
      const secondsAt = (ms: number): number => heardSeconds + (ms - serverMs) / 1000;
      const isThere = follow(timeline, track.sound, { nowMs, serverMs, heardSeconds, secondsAt });
      stage.showState({ kind: isThere ? 'playing' : 'buffering' });
    } else {
      stage.showDrift(null);
      if (track?.kind === 'failed') stage.showState({ kind: 'failed', message: track.message });
      else stage.showState({ kind: 'buffering' });
    }
    const fraction = track?.kind === 'loading' ? track.fraction : track ? 1 : 0;
    stage.showBuffered(fraction > 0 ? [[0, fraction]] : []);
    eagerTicks = Math.max(0, eagerTicks - 1);
    const isEager = eagerTicks > 0 || !clock.isSteady;
    stopTick = platform.after(isEager ? eagerTickMs : steadyTickMs, align);
  }

  /** What to hold in memory; the next track's sound only when it is due. */
  function wish(now: NowPlaying, serverMs: number): void {
    const following = followingOf(now);
    const isNear = (endsAtMs(now) ?? Number.POSITIVE_INFINITY) - serverMs < prepareAheadMs;
    const wishes: Wish[] = now.item ? [{ item: now.item, decode: true }] : [];
    const next = following?.item ?? now.nextItem;
    if (next && next !== now.item) wishes.push({ item: next, decode: isNear });
    const others = upcoming.filter((item) =>
      wishes.every((one) => one.item.itemId !== item.itemId),
    );
    wishes.push(...others.map((item) => ({ item, decode: false })));
    tracks.want(wishes);
  }

  /** @returns false: what is due is not decoded yet */
  function follow(target: Timeline, sound: TrackSound, at: Instant): boolean {
    const targetMs = lineAt(target, at.serverMs);
    const driftOf = (one: Voice): number => one.positionAt(at.heardSeconds) * 1000 - targetMs;
    const key = soundKey(target.item);
    if (nextVoice && isNearer(nextVoice, voice, key, driftOf)) {
      voice?.end();
      voice = nextVoice;
      nextVoice = undefined;
    }
    wantPieces(sound, (targetMs + scheduleLeadMs) / 1000, at);
    if (voice?.soundKey === key && !voice.feed()) {
      // Decoding came too late: silent, and in step again once it is there.
      voice.end();
      voice = undefined;
    }
    if (voice?.soundKey !== key) return start(target, sound, at);
    const driftMs = driftOf(voice);
    // What nobody hears yet is put right by scheduling it anew: the clock it was scheduled by may have been an hour off.
    const isSilent = voice.startSeconds > context.currentTime + unheardSeconds;
    if (isSilent && Math.abs(driftMs) > settleBeyondMs) return start(target, sound, at);
    const sinceStartMs = at.nowMs - startedMs;
    const isSettling = settlesLeft > 0 && sinceStartMs >= settleAfterMs && sinceStartMs < settledMs;
    if (isSettling && clock.isSteady && Math.abs(driftMs) > settleBeyondMs) {
      settlesLeft -= 1;
      return start(target, sound, at);
    }
    // What a trim under way will have done is not to be done again; how far it has come is told.
    if (!isSilent && at.heardSeconds > voice.trimmedSeconds) drifts.add(driftMs);
    else if (!isSilent && clock.isSteady) showDrift(driftMs);
    guide(voice, drifts.value, target, sound, at);
    planNext(voice, sound, at);
    return true;
  }

  function guide(
    one: Voice,
    driftMs: number | undefined,
    target: Timeline,
    sound: TrackSound,
    at: Instant,
  ): void {
    if (driftMs === undefined || !clock.isSteady) return;
    showDrift(driftMs);
    const distanceMs = Math.abs(driftMs);
    if (distanceMs > steadyLimits.jumpBeyondMs) {
      if (at.nowMs - startedMs > minJumpGapMs) start(target, sound, at);
    } else if (distanceMs > deadBandMs) {
      one.trim(-driftMs / 1000);
      drifts.clear();
    }
  }

  function showDrift(driftMs: number): void {
    stage.showDrift(source.isClockKnown?.() === false ? null : driftMs);
  }

  /** What sounds and what comes after it; where the track's end is near, also how the next one begins. */
  function wantPieces(sound: TrackSound, seconds: number, at: Instant): void {
    const index = sound.indexAt(seconds);
    const following = nowPlaying && followingOf(nowPlaying);
    const isNear = following && following.atServerMs - at.serverMs < prepareAheadMs;
    const track = isNear ? tracks.get(soundKey(following.item)) : undefined;
    const next = track?.kind === 'ready' ? track.sound : undefined;
    sound.want(next === sound ? [index, index + 1, 0, 1] : [index, index + 1]);
    if (next !== sound) next?.want([0, 1]);
  }

  /** @returns false: what is due is not decoded yet */
  function start(target: Timeline, sound: TrackSound, at: Instant): boolean {
    const leadMs = (clock.latencyMs ?? 0) + scheduleLeadMs;
    const startMs = Math.max(at.serverMs + leadMs, target.atServerMs);
    const position = positionAt(target, startMs) / 1000;
    const startSeconds = at.secondsAt(startMs);
    const index = sound.indexAt(position);
    // Behind its end nothing sounds; what comes next is the group's arithmetic to say.
    const isOver = position >= sound.durationSeconds;
    if (!isOver && !sound.piece(index)) {
      wantPieces(sound, position, at);
      return false;
    }
    voice?.end(startSeconds);
    nextVoice?.end();
    voice = nextVoice = undefined;
    drifts.clear();
    stage.showDrift(null);
    if (isOver) return true;
    const { rate } = target;
    const options = { soundKey: soundKey(target.item), sound, position, startSeconds, rate };
    voice = createVoice(context, stage.output, options);
    startedMs = at.nowMs;
    eagerTicks = 8;
    return true;
  }

  /** Schedules the following track to begin where this one ends. */
  function planNext(current: Voice, sound: TrackSound, at: Instant): void {
    const following = nowPlaying && followingOf(nowPlaying);
    const key = following && soundKey(following.item);
    const track = key === undefined ? undefined : tracks.get(key);
    const isNear = following && following.atServerMs - at.serverMs < prepareAheadMs;
    if (!isNear || key === undefined || track?.kind !== 'ready') {
      nextVoice?.end();
      nextVoice = undefined;
      return;
    }
    const { durationSeconds } = sound;
    const endSeconds = Math.min((nowPlaying?.durationMs ?? 0) / 1000, durationSeconds);
    const due = at.secondsAt(following.atServerMs);
    const joint = current.secondsAt(endSeconds);
    const startSeconds = Math.abs(joint - due) < joinWithinSeconds ? joint : due;
    const isPlanned =
      nextVoice?.soundKey === key && Math.abs(nextVoice.startSeconds - startSeconds) < sameSeconds;
    if (isPlanned) nextVoice?.feed();
    const isLate = startSeconds < context.currentTime + scheduleLeadMs / 1000;
    if (isPlanned || isLate || !track.sound.piece(0)) return;
    nextVoice?.end();
    const { rate } = following;
    const options = { soundKey: key, sound: track.sound, position: 0, startSeconds, rate };
    nextVoice = createVoice(context, stage.output, options);
    if (durationSeconds - endSeconds > 0.05) current.end(startSeconds);
  }

  function rest(): void {
    stopTick?.();
    stopTick = undefined;
    voice?.end();
    nextVoice?.end();
    voice = nextVoice = timeline = undefined;
    drifts.clear();
    stage.showDrift(null);
  }

  return {
    kind: 'buffer',
    follow(next) {
      nowPlaying = next;
      upcoming = source.upcoming?.() ?? [];
      const target = timelineOf(next);
      if (!target) {
        rest();
        wish(next, source.serverNow());
        return;
      }
      if (!isSameMotion(timeline, target)) {
        settlesLeft = 2;
        startedMs = Number.NEGATIVE_INFINITY;
        drifts.clear();
      }
      timeline = target;
      align();
    },
    rest() {
      rest();
      nowPlaying = undefined;
    },
    dispose() {
      rest();
      tracks.dispose();
    },
  };
};

/** One moment on all clocks at once. */
interface Instant {
  readonly nowMs: number;
  readonly serverMs: number;
  readonly heardSeconds: number;
  /** The context time that is heard at a server's time. */
  secondsAt(serverMs: number): number;
}

/** Whether `one` is this track's voice, in its place, and more so than `other`. */
function isNearer(
  one: Voice,
  other: Voice | undefined,
  key: string,
  driftOf: (voice: Voice) => number,
): boolean {
  const distanceMs = Math.abs(driftOf(one));
  if (one.soundKey !== key || distanceMs > steadyLimits.jumpBeyondMs) return false;
  return other?.soundKey !== key || distanceMs < Math.abs(driftOf(other));
}
