import { expect, nextFrame } from '@open-wc/testing';
import { BehaviorSubject, filter, firstValueFrom, map, timeout } from 'rxjs';
import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Live } from '../streams/live.ts';
import { browserAudioPlatform } from './audio-platform.ts';
import { createListener } from './create-listener.ts';
import type { ListenSource } from './listen-source.ts';
import type { Listener } from './listener.ts';
import { silentNowPlaying } from './now-playing.ts';
import { waveFile } from './wave-file.ts';

const serverNow = (): number => performance.timeOrigin + performance.now();

function item(itemId: string, durationMs?: number): PlaylistItem {
  const known = durationMs === undefined ? {} : { durationMs };
  return { itemId, title: itemId, trackId: itemId, addedBy: 'ana', addedAtMs: 0, ...known };
}

/** Waits for a value, at most 15 s of real time: this is real sound, perhaps on a busy machine. */
function until<T>(stream: Live<T>, holds: (value: T) => boolean): Promise<T> {
  return firstValueFrom(stream.pipe(filter(holds), timeout(15_000)));
}

const driftWithin = (listener: Listener, ms: number): Promise<number | null> =>
  until(listener.driftMs$, (drift) => drift !== null && Math.abs(drift) <= ms);
const isKind = (kind: string) => (state: { readonly kind: string }) => state.kind === kind;

describe('a listener in a real browser', () => {
  let nowPlaying$: BehaviorSubject<NowPlaying>;
  let source: ListenSource;
  let learnt: [itemId: string, durationMs: number][];
  let url: string;
  const open: Listener[] = [];

  const listen = (): Listener => {
    const listener = createListener(source, browserAudioPlatform());
    open.push(listener);
    return listener;
  };
  const play = (track: PlaylistItem, positionMs = 0): void =>
    nowPlaying$.next({
      ...silentNowPlaying,
      item: track,
      playing: true,
      positionMs,
      atServerMs: serverNow(),
      durationMs: track.durationMs ?? null,
    });

  beforeEach(() => {
    url = URL.createObjectURL(new Blob([waveFile(40)], { type: 'audio/wav' }));
    nowPlaying$ = new BehaviorSubject(silentNowPlaying);
    learnt = [];
    source = {
      nowPlaying$,
      serverNow,
      trackUrl: async () => url,
      learnDuration: (itemId, durationMs) => learnt.push([itemId, durationMs]),
      preferences: memoryKeyValue(),
      trackCache: memoryKeyValue(),
    };
  });
  afterEach(() => {
    for (const listener of open.splice(0)) listener.stop();
    URL.revokeObjectURL(url);
  });

  // The second is too long to decode by what its entry says, so it goes through a media element.
  // Where its one corrective seek lands is the browser's business; what is left is worked off at 5 ms a second.
  for (const [engine, track, withinMs] of [
    ['buffer', item('road', 40_000), 10],
    ['element', item('mix', 60 * 60_000), 60],
  ] as const) {
    it(`plays through the ${engine} engine, follows a seek and a pause, and two stay in step`, async function () {
      this.timeout(60_000);
      const [left, right] = [listen(), listen()];
      await Promise.all([left.start(), right.start()]);
      play(track, 2_000);
      await Promise.all([driftWithin(left, withinMs), driftWithin(right, withinMs)]);
      expect(left.engine).to.equal(engine);

      play(track, 20_000);
      await until(left.driftMs$, (drift) => drift === null);
      await Promise.all([driftWithin(left, withinMs), driftWithin(right, withinMs)]);

      nowPlaying$.next({ ...nowPlaying$.value, playing: false });
      await until(left.state$, isKind('idle'));
      expect(left.driftMs$.value).to.equal(null);
    });
  }

  it('tells the length of a track that had none', async () => {
    const listener = listen();
    await listener.start();
    play(item('unknown'));
    await until(listener.state$, isKind('playing'));
    expect(learnt).to.deep.equal([['unknown', 40_000]]);
  });

  it('goes on to the next track without leaving the state of playing', async () => {
    const [first, second] = [item('road', 40_000), { ...item('rain', 40_000) }];
    const listener = listen();
    await listener.start();
    play(first, 37_500);
    nowPlaying$.next({ ...nowPlaying$.value, nextItem: second });
    await until(listener.state$, isKind('playing'));
    const states: string[] = [];
    const watch = listener.state$.subscribe(({ kind }) => states.push(kind));
    const endsAtMs = nowPlaying$.value.atServerMs + 2_500;
    // What sounds is real, and so is its end.
    while (serverNow() < endsAtMs) await nextFrame();
    play(second);
    nowPlaying$.next({ ...nowPlaying$.value, atServerMs: endsAtMs });
    await driftWithin(listener, 10);
    watch.unsubscribe();
    expect(states).to.deep.equal(['playing']);
  });

  it('says in plain words that a file is no sound', async () => {
    url = URL.createObjectURL(new Blob(['not sound at all'], { type: 'audio/flac' }));
    const listener = listen();
    await listener.start();
    play(item('broken', 40_000));
    const message = await firstValueFrom(
      listener.state$.pipe(
        filter((state) => state.kind === 'failed'),
        map((state) => state.message),
        timeout(15_000),
      ),
    );
    expect(message).to.equal('This browser cannot decode FLAC. Add “broken” as MP3 instead.');
  });
});
