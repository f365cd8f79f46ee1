import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { actor } from '../sync/sync-fixture.ts';
import { group, minuteMs, type TripBench, tripBench } from './trips-fixture.ts';

describe('the songs of a past drive', () => {
  let bench: TripBench;
  let startMs: number;
  beforeEach(async () => {
    bench = await tripBench();
    startMs = bench.clock.nowMs();
    const items = ['one', 'two', 'three'].map((itemId) => ({
      ...{ itemId, title: `Song ${itemId}`, artist: `Band ${itemId}`, durationMs: 3 * minuteMs },
      url: `https://x.example/${itemId}`,
    }));
    await bench.does(
      'ana',
      { type: 'playlist.add', payload: { items } },
      { type: 'session.start', payload: { sessionId: 's1' } },
    );
  });
  afterEach(async () => {
    await bench.close();
    deepEqual(bench.bugs, []);
  });

  const play = (itemId: string, playing = true, positionMs = 0) =>
    bench.does('ana', {
      type: 'playback.set',
      payload: { itemId, positionMs, atServerMs: bench.clock.nowMs(), playing, rate: 1 },
    });
  /** Which songs, from and to which minute. */
  const songs = async (fromMs = startMs, untilMs = bench.clock.nowMs()) => {
    const { songs: heard } = await bench.trips.seen(actor('ana'), group, { fromMs, untilMs });
    return heard.map(
      (song) =>
        `${song.title} ${(song.fromMs - startMs) / minuteMs}–${(song.untilMs - startMs) / minuteMs}`,
    );
  };

  it('[TR1] changed by themselves, with nobody’s command', async () => {
    await play('one');
    bench.clock.advance(7 * minuteMs);
    deepEqual(await songs(), ['Song one 0–3', 'Song two 3–6', 'Song three 6–7']);
    deepEqual(await songs(startMs + 4 * minuteMs, startMs + 5 * minuteMs), ['Song two 4–5']);
  });

  it('[TR1] were cut off by a command, paused, and over', async () => {
    await play('one');
    bench.clock.advance(minuteMs);
    await play('three');
    bench.clock.advance(minuteMs);
    await play('three', false, minuteMs);
    bench.clock.advance(10 * minuteMs);
    deepEqual(await songs(), ['Song one 0–1', 'Song three 1–2']);
    deepEqual(await songs(startMs + 5 * minuteMs), []);
  });

  it('[TR1] are still known after they left the playlist, by the title that they had', async () => {
    await play('one');
    bench.clock.advance(4 * minuteMs);
    await bench.does('ana', { type: 'playlist.remove', payload: { itemId: 'one' } });
    const span = { fromMs: startMs, untilMs: bench.clock.nowMs() };
    const [first] = (await bench.trips.seen(actor('ana'), group, span)).songs;
    deepEqual(
      [first?.title, first?.artist, first?.fileId, first?.untilMs],
      ['Song one', null, null, startMs + 3 * minuteMs],
    );
  });

  it('[TR1] are read from the log where the group has heard two hundred since', async () => {
    await play('two');
    bench.clock.advance(2 * minuteMs);
    const untilMs = bench.clock.nowMs();
    for (let count = 0; count < 210; count++) {
      await play(count % 2 === 0 ? 'one' : 'three');
      bench.clock.advance(minuteMs);
    }
    deepEqual(await songs(startMs, untilMs), ['Song two 0–2']);
    equal((await songs(untilMs, untilMs + 3 * minuteMs)).length, 3);
  });
});
