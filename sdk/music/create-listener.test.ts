import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import './buffer-engine.ts';
import { createListener } from './create-listener.ts';
import { type FakeAudio, type FakeAudioOptions, fakeAudio } from './fake-audio.ts';
import type { ListenSource } from './listen-source.ts';
import type { Listener } from './listener.ts';
import { silentNowPlaying } from './now-playing.ts';

const road: PlaylistItem = {
  itemId: 'road',
  title: 'Road Song',
  fileId: 'f-road',
  durationMs: 200_000,
  addedBy: 'ana',
  addedAtMs: 0,
};
const rain: PlaylistItem = { ...road, itemId: 'rain', title: 'Rain Song', fileId: 'f-rain' };

describe('a listener', () => {
  let time: VirtualScheduler;
  let audio: FakeAudio;
  let nowPlaying$: BehaviorSubject<NowPlaying>;
  let source: ListenSource;
  let learnt: unknown[];
  let serverShiftMs: number;

  const serverNow = (): number => 1_000_000 + time.monotonicMs() + serverShiftMs;
  const listen = (options: FakeAudioOptions = {}, onStop?: () => void): Listener => {
    audio = fakeAudio(time, options);
    return createListener(source, audio.platform, onStop);
  };
  const play = (item: PlaylistItem, positionMs: number, more: Partial<NowPlaying> = {}): void =>
    nowPlaying$.next({
      ...silentNowPlaying,
      item,
      playing: true,
      positionMs,
      atServerMs: serverNow(),
      durationMs: item.durationMs ?? null,
      ...more,
    });
  /** How far ahead of the group the fake loudspeaker really is. */
  const realDriftMs = (): number => {
    const { positionMs, atServerMs } = nowPlaying$.value;
    return (audio.heardMs() ?? Number.NaN) - (positionMs + serverNow() - atServerMs);
  };

  beforeEach(() => {
    time = virtualScheduler();
    serverShiftMs = 0;
    nowPlaying$ = new BehaviorSubject(silentNowPlaying);
    learnt = [];
    source = {
      nowPlaying$,
      serverNow,
      trackUrl: async (itemId) => `http://h/${itemId}`,
      learnDuration: (...told) => learnt.push(told),
      preferences: memoryKeyValue(),
      trackCache: memoryKeyValue(),
    };
  });

  it('is idle and opens nothing while nothing is to sound', async () => {
    const listener = listen();
    await time.advance(5_000);
    equal(listener.state$.value.kind, 'idle');
    deepEqual(audio.fetched, []);
  });

  it('joins late where the group is', async () => {
    const listener = listen();
    play(road, 60_000, { atServerMs: serverNow() - 30_000 });
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'playing');
    equal(listener.engine, 'buffer');
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
    ok(Math.abs(listener.driftMs$.value ?? Number.NaN) < 1);
  });

  it('starts a command that lies ahead exactly when it is due', async () => {
    listen();
    play(road, 0);
    await time.advance(1_000);
    play(road, 50_000, { atServerMs: serverNow() + 250 });
    await time.advance(1_000);
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
  });

  it('stays within 3 ms of the group for ten minutes on an audio clock that is off, by small changes of speed', async () => {
    const listener = listen({ skewPpm: 300, trackSeconds: 1_000 });
    play({ ...road, durationMs: 700_000 }, 0);
    await time.advance(2_000);
    const starts = audio.starts.length;
    let worst = 0;
    for (let second = 0; second < 600; second += 10) {
      await time.advance(10_000);
      worst = Math.max(worst, Math.abs(realDriftMs()));
    }
    ok(worst < 3, `${worst} ms`);
    ok(Math.abs((listener.driftMs$.value ?? 99) - realDriftMs()) < 1);
    ok(audio.rates.every((rate) => Math.abs(rate - 1) <= 0.005));
    equal(audio.starts.length, starts);
  });

  it('starts anew, once, when it is more than 200 ms off', async () => {
    listen();
    play(road, 0);
    await time.advance(10_000);
    const starts = audio.starts.length;
    serverShiftMs = 400;
    await time.advance(5_000);
    equal(audio.starts.length, starts + 1);
    ok(Math.abs(realDriftMs()) < 3, `${realDriftMs()} ms`);
  });

  it('finds its place again when the audio clock jumps', async () => {
    listen();
    play(road, 0);
    await time.advance(10_000);
    audio.jumpMs(-900);
    await time.advance(10_000);
    ok(Math.abs(realDriftMs()) < 3, `${realDriftMs()} ms`);
  });

  it('is silent in pause and goes on from there', async () => {
    const listener = listen();
    play(road, 0);
    await time.advance(2_000);
    nowPlaying$.next({ ...nowPlaying$.value, playing: false, positionMs: 2_000 });
    await time.advance(200);
    equal(audio.heardMs(), undefined);
    equal(listener.state$.value.kind, 'idle');
    equal(listener.driftMs$.value, null);
    play(road, 2_000);
    await time.advance(1_000);
    ok(Math.abs(realDriftMs()) < 1);
  });

  it('begins the next track on the sample where this one ends', async () => {
    listen();
    play(road, 170_000, { nextItem: rain });
    await time.advance(29_000);
    deepEqual(audio.fetched, ['http://h/road', 'http://h/rain']);
    const [current, next] = audio.starts.slice(-2);
    const endSeconds = (current?.seconds ?? 0) + 200 - (current?.position ?? 0);
    equal(next?.position, 0);
    ok(Math.abs((next?.seconds ?? 0) - endSeconds) < 0.001);
    const endsAtMs = nowPlaying$.value.atServerMs + 30_000;
    await time.advance(endsAtMs - serverNow());
    play(rain, 0, { atServerMs: endsAtMs });
    const starts = audio.starts.length;
    await time.advance(2_000);
    equal(audio.starts.length, starts);
    ok(Math.abs(realDriftMs()) < 3, `${realDriftMs()} ms`);
  });

  it('takes the next track only once it is due: a skip to it does not wait for the old end', async () => {
    listen();
    play(road, 170_000, { nextItem: rain });
    await time.advance(5_000);
    play(rain, 0, { atServerMs: serverNow() + 250 });
    await time.advance(1_000);
    ok(Math.abs(realDriftMs()) < 3, `${realDriftMs()} ms`);
  });

  it('waits for the network and joins when it is back', async () => {
    const listener = listen();
    const { answer } = audio;
    audio.answer = () => {
      throw new TypeError('no network');
    };
    play(road, 0);
    await time.advance(20_000);
    equal(listener.state$.value.kind, 'buffering');
    audio.answer = answer;
    audio.online();
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'playing');
    ok(Math.abs(realDriftMs()) < 1);
  });

  it('plays a track it has had before without any network', async () => {
    const before = listen();
    play(road, 0);
    await time.advance(1_000);
    before.stop();
    const listener = listen();
    audio.answer = () => {
      throw new TypeError('no network');
    };
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'playing');
    deepEqual(audio.fetched, []);
  });

  it('says what is wrong when the sound is gone', async () => {
    const listener = listen();
    audio.answer = () => new Response(null, { status: 404 });
    play(road, 0);
    await time.advance(1_000);
    const message = 'The sound of “Road Song” is not there any more.';
    deepEqual(listener.state$.value, { kind: 'failed', message });
  });

  it('is blocked until it is started by a tap where the browser wants one', async () => {
    const listener = listen({ mayAutoplay: false });
    play(road, 0);
    await time.advance(2_000);
    equal(listener.state$.value.kind, 'blocked');
    audio.tap();
    await listener.start();
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'playing');
  });

  it('says blocked when a start did not come from a tap', async () => {
    const listener = listen({ mayAutoplay: false });
    play(road, 0);
    await listener.start();
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'blocked');
  });

  it('tells the length of a track that has none, once', async () => {
    listen();
    const { durationMs: _unknown, ...item } = road;
    play(item, 0);
    await time.advance(3_000);
    deepEqual(learnt, [['road', 200_000]]);
  });

  it('claims no distance while the server clock is unknown', async () => {
    source = { ...source, isClockKnown: () => false };
    const listener = listen();
    play(road, 0);
    await time.advance(3_000);
    equal(listener.state$.value.kind, 'playing');
    equal(listener.driftMs$.value, null);
  });

  it('keeps volume and mute for the next visit, and a pan for this one', async () => {
    const listener = listen();
    listener.volume = 0.4;
    listener.muted = true;
    listener.pan = -1;
    const again = listen();
    await time.settle();
    equal(again.volume, 0.4);
    equal(again.muted, true);
    equal(again.pan, 0);
  });

  it('lets the audio hardware rest after half a minute of silence, and wakes it', async () => {
    const listener = listen();
    play(road, 0);
    await time.advance(1_000);
    nowPlaying$.next({ ...nowPlaying$.value, playing: false });
    await time.advance(40_000);
    play(road, 5_000);
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'playing');
    ok(Math.abs(realDriftMs()) < 3, `${realDriftMs()} ms`);
  });

  it('gives everything back when it is stopped, once', async () => {
    let stops = 0;
    const listener = listen({}, () => {
      stops += 1;
    });
    play(road, 0);
    await time.advance(1_000);
    listener.stop();
    listener.stop();
    await time.advance(1_000);
    equal(audio.isClosed, true);
    equal(audio.heardMs(), undefined);
    equal(stops, 1);
    equal(nowPlaying$.observed, false);
  });
});
