import { equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { createListener } from './create-listener.ts';
import './element-engine.ts';
import { type FakeAudio, type FakeAudioOptions, fakeAudio } from './fake-audio.ts';
import type { Listener } from './listener.ts';
import { silentNowPlaying } from './now-playing.ts';

const mix: PlaylistItem = {
  itemId: 'mix',
  title: 'Long Mix',
  fileId: 'f-mix',
  durationMs: 3_600_000,
  addedBy: 'ana',
  addedAtMs: 0,
};
const rain: PlaylistItem = { ...mix, itemId: 'rain', fileId: 'f-rain' };

describe('the element engine', () => {
  let time: VirtualScheduler;
  let audio: FakeAudio;
  let nowPlaying$: BehaviorSubject<NowPlaying>;
  let serverShiftMs: number;

  const serverNow = (): number => 1_000_000 + time.monotonicMs() + serverShiftMs;
  const listen = (options: FakeAudioOptions = {}): Listener => {
    audio = fakeAudio(time, { trackSeconds: 3_600, ...options });
    const listener = createListener(
      {
        nowPlaying$,
        serverNow,
        trackUrl: async (itemId) => `http://h/${itemId}`,
        learnDuration() {},
        preferences: memoryKeyValue(),
        trackCache: memoryKeyValue(),
      },
      audio.platform,
    );
    listener.preferredEngine = 'element';
    return listener;
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
  const realDriftMs = (): number => {
    const { positionMs, atServerMs } = nowPlaying$.value;
    return (audio.heardMs() ?? Number.NaN) - (positionMs + serverNow() - atServerMs);
  };

  beforeEach(() => {
    time = virtualScheduler();
    serverShiftMs = 0;
    nowPlaying$ = new BehaviorSubject(silentNowPlaying);
  });

  it('is heard within a second, in step from the first sound on, without a seek while it plays', async () => {
    const listener = listen();
    play(mix, 60_000, { atServerMs: serverNow() - 30_000 });
    let firstMs: number | undefined;
    for (let ms = 0; ms < 3_000; ms += 10) {
      await time.advance(10);
      if (audio.heardMs() === undefined) continue;
      firstMs ??= ms;
      ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms at ${ms}`);
    }
    ok(firstMs !== undefined && firstMs < 1_000, `${firstMs}`);
    equal(audio.elements.seeks.length, 0);
    equal(listener.state$.value.kind, 'playing');
  });

  for (const startMs of [5, 400, 900]) {
    it(`is in step though starts take ${startMs} ms, with one corrective seek at most`, async () => {
      listen({ startMs });
      play(mix, 60_000);
      await time.advance(8_000);
      ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
      ok(audio.elements.seeks.length <= 1);
    });
  }

  it('stays within a millisecond for half an hour on an audio clock that is off, and never changes its speed', async () => {
    const listener = listen({ skewPpm: 100 });
    play(mix, 0);
    await time.advance(10_000);
    let worst = 0;
    for (let second = 0; second < 1_800; second += 10) {
      await time.advance(10_000);
      worst = Math.max(worst, Math.abs(realDriftMs()));
    }
    ok(worst < 1, `${worst} ms`);
    ok(Math.abs((listener.driftMs$.value ?? 99) - realDriftMs()) < 1);
    ok(audio.elements.rates.every((rate) => rate === 1));
    equal(audio.elements.seeks.length, 0);
  });

  it('glides, by half a percent of speed at most, where the group is a little elsewhere', async () => {
    listen();
    play(mix, 0);
    await time.advance(10_000);
    serverShiftMs = 50;
    let before = audio.heardMs() ?? 0;
    for (let second = 0; second < 15; second++) {
      await time.advance(1_000);
      const heard = audio.heardMs() ?? 0;
      ok(Math.abs(heard - before - 1_000) < 5.1, `${heard - before}`);
      before = heard;
    }
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
    equal(audio.elements.seeks.length, 0);
  });

  it('seeks only where it is more than 200 ms off', async () => {
    listen();
    play(mix, 0);
    await time.advance(10_000);
    serverShiftMs = 700;
    await time.advance(5_000);
    ok(audio.elements.seeks.length >= 1);
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
  });

  it('is silent while it stalls and in its place when it is heard again', async () => {
    const listener = listen();
    play(mix, 0);
    await time.advance(10_000);
    audio.elements.stall(true);
    await time.advance(1_500);
    equal(listener.state$.value.kind, 'buffering');
    equal(listener.driftMs$.value, null);
    audio.elements.stall(false);
    for (let ms = 0; ms < 6_000; ms += 50) {
      await time.advance(50);
      if (audio.heardMs() !== undefined)
        ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms after ${ms}`);
    }
    equal(listener.state$.value.kind, 'playing');
  });

  it('begins the next track in step where this one ends', async () => {
    listen();
    play(mix, 3_590_000, { nextItem: rain });
    const endsAtMs = serverNow() + 10_000;
    await time.advance(9_990);
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
    await time.advance(endsAtMs - serverNow());
    play(rain, 0, { atServerMs: endsAtMs });
    for (let ms = 10; ms < 3_000; ms += 10) {
      await time.advance(10);
      ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms after ${ms} ms`);
    }
    equal(audio.elements.seeks.length, 0);
  });

  it('plays a track again that is repeated', async () => {
    listen();
    play(mix, 3_595_000, { repeat: 'one' });
    const endsAtMs = serverNow() + 5_000;
    await time.advance(5_000);
    play(mix, 0, { atServerMs: endsAtMs, repeat: 'one' });
    await time.advance(3_000);
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
  });

  it('rests in pause and goes on from there', async () => {
    const listener = listen();
    play(mix, 0);
    await time.advance(5_000);
    nowPlaying$.next({ ...nowPlaying$.value, playing: false, positionMs: 5_000 });
    await time.advance(500);
    equal(audio.heardMs(), undefined);
    equal(listener.state$.value.kind, 'idle');
    play(mix, 5_000, { atServerMs: serverNow() + 250 });
    await time.advance(2_000);
    ok(Math.abs(realDriftMs()) < 1, `${realDriftMs()} ms`);
  });
});
