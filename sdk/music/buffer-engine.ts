import type { NowPlaying } from '../api.ts';
import { createDecodedTracks, type Wish } from './decoded-tracks.ts';
import { durationLessons } from './duration-lessons.ts';
import { soundKey } from './listen-source.ts';
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
/** The next track is decoded and scheduled when this much is left. */
const prepareAheadMs = 45_000;
/** Tracks meet without a gap when the group's time and this loudspeaker's agree within this. */
const joinWithinSeconds = 0.015;

/** Decoded tracks, scheduled on the audio clock. Precise and gapless; the whole track is in memory. */
export const createBufferEngine: CreateEngine = (stage): SoundEngine => {
  const { source, platform, context, clock } = stage;
  const tracks = createDecodedTracks({
    source,
    platform,
    cache: createTrackCache(source.trackCache, platform.storageRoomBytes),
    decode: (bytes) => context.decodeAudioData(bytes),
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
      learn(timeline.item, track.buffer.duration);
      const secondsAt = (ms: number): number => heardSeconds + (ms - serverMs) / 1000;
      follow(timeline, track.buffer, { nowMs, serverMs, heardSeconds, secondsAt });
      stage.showState({ kind: 'playing' });
    } else {
      stage.showDrift(null);
      if (track?.kind === 'failed') stage.showState({ kind: 'failed', message: track.message });
      else stage.showState({ kind: 'buffering' });
    }
    const fraction = track?.kind === 'loading' ? track.fraction : track ? 1 : 0;
    stage.showBuffered(fraction > 0 ? [[0, fraction]] : []);
    eagerTicks = Math.max(0, eagerTicks - 1);
    stopTick = platform.after(eagerTicks > 0 ? eagerTickMs : steadyTickMs, align);
  }

  /** What to hold in memory; the next track's sound only when it is due. */
  function wish(now: NowPlaying, serverMs: number): void {
    const following = followingOf(now);
    const isNear = (endsAtMs(now) ?? Number.POSITIVE_INFINITY) - serverMs < prepareAheadMs;
    const wishes: Wish[] = now.item ? [{ item: now.item, decode: true }] : [];
    const next = following?.item ?? now.nextItem;
    if (next && next !== now.item) wishes.push({ item: next, decode: isNear });
    tracks.want(wishes);
  }

  function follow(target: Timeline, buffer: AudioBuffer, at: Instant): void {
    const targetMs = lineAt(target, at.serverMs);
    const driftOf = (one: Voice): number => one.positionAt(at.heardSeconds) * 1000 - targetMs;
    const key = soundKey(target.item);
    if (nextVoice && isNearer(nextVoice, voice, key, driftOf)) {
      voice?.end();
      voice = nextVoice;
      nextVoice = undefined;
    }
    if (voice?.soundKey !== key) {
      start(target, buffer, at);
      return;
    }
    const driftMs = driftOf(voice);
    const sinceStartMs = at.nowMs - startedMs;
    const isSettling = settlesLeft > 0 && sinceStartMs >= settleAfterMs && sinceStartMs < settledMs;
    if (isSettling && clock.isSteady && Math.abs(driftMs) > settleBeyondMs) {
      settlesLeft -= 1;
      start(target, buffer, at);
      return;
    }
    // What a trim under way will have done is not to be done again.
    if (at.heardSeconds > voice.trimmedSeconds) drifts.add(driftMs);
    guide(voice, drifts.value, target, buffer, at);
    planNext(voice, buffer, at);
  }

  function guide(
    one: Voice,
    driftMs: number | undefined,
    target: Timeline,
    buffer: AudioBuffer,
    at: Instant,
  ): void {
    if (driftMs === undefined || !clock.isSteady) return;
    stage.showDrift(source.isClockKnown?.() === false ? null : driftMs);
    const distanceMs = Math.abs(driftMs);
    if (distanceMs > steadyLimits.jumpBeyondMs) {
      if (at.nowMs - startedMs > minJumpGapMs) start(target, buffer, at);
    } else if (distanceMs > deadBandMs) {
      one.trim(-driftMs / 1000);
      drifts.clear();
    }
  }

  function start(target: Timeline, buffer: AudioBuffer, at: Instant): void {
    const leadMs = (clock.latencyMs ?? 0) + scheduleLeadMs;
    const startMs = Math.max(at.serverMs + leadMs, target.atServerMs);
    const position = positionAt(target, startMs) / 1000;
    const startSeconds = at.secondsAt(startMs);
    voice?.end(startSeconds);
    nextVoice?.end();
    voice = nextVoice = undefined;
    drifts.clear();
    stage.showDrift(null);
    // Behind its end nothing sounds; what comes next is the group's arithmetic to say.
    if (position >= buffer.duration) return;
    const { rate } = target;
    const options = { soundKey: soundKey(target.item), buffer, position, startSeconds, rate };
    voice = createVoice(context, stage.output, options);
    startedMs = at.nowMs;
    eagerTicks = 8;
  }

  /** Schedules the following track to begin where this one ends. */
  function planNext(current: Voice, buffer: AudioBuffer, at: Instant): void {
    const following = nowPlaying && followingOf(nowPlaying);
    const key = following && soundKey(following.item);
    const track = key === undefined ? undefined : tracks.get(key);
    const isNear = following && following.atServerMs - at.serverMs < prepareAheadMs;
    if (!isNear || key === undefined || track?.kind !== 'ready') {
      nextVoice?.end();
      nextVoice = undefined;
      return;
    }
    const endSeconds = Math.min((nowPlaying?.durationMs ?? 0) / 1000, buffer.duration);
    const due = at.secondsAt(following.atServerMs);
    const joint = current.secondsAt(endSeconds);
    const startSeconds = Math.abs(joint - due) < joinWithinSeconds ? joint : due;
    const isPlanned =
      nextVoice?.soundKey === key && Math.abs(nextVoice.startSeconds - startSeconds) < 0.001;
    if (isPlanned || startSeconds < context.currentTime + scheduleLeadMs / 1000) return;
    nextVoice?.end();
    const { rate } = following;
    const options = { soundKey: key, buffer: track.buffer, position: 0, startSeconds, rate };
    nextVoice = createVoice(context, stage.output, options);
    if (buffer.duration - endSeconds > 0.05) current.end(startSeconds);
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
