import { expect } from '@open-wc/testing';
import type { Trip } from '../../sdk/index.ts';
import { expiryText } from './expiry-text.ts';
import { huesOf } from './hues.ts';
import { momentsOf, sayingsAt, songAt, songsIn } from './moments.ts';
import { advanced, keyTarget, newHead, setOff, soughtTo } from './play-head.ts';
import { Replay, replayOf } from './replay.ts';
import { livelySpan } from './span.ts';
import { harbourTrip, minuteMs, startMs } from './trip-fixture.ts';

const span = { fromMs: startMs, untilMs: startMs + 10 * minuteMs };
const empty: Trip = { ...harbourTrip, travellers: [], songs: [], messages: [], likes: [] };

describe('what of a trip is shown', () => {
  it('is the drive, not the evening around it', () => {
    const evening = {
      ...harbourTrip,
      fromMs: startMs - 60 * minuteMs,
      untilMs: startMs + 900 * minuteMs,
    };
    const shown = livelySpan(evening);
    expect(shown?.fromMs).to.equal(startMs - 5_000);
    // Bo arrived 20 s after the ten minutes.
    expect(shown?.untilMs).to.equal(startMs + 10 * minuteMs + 25_000);
  });

  it('is never more than was asked for', () => {
    const narrow = { ...harbourTrip, fromMs: startMs + minuteMs, untilMs: startMs + 2 * minuteMs };
    expect(livelySpan(narrow)).to.deep.equal({ fromMs: narrow.fromMs, untilMs: narrow.untilMs });
  });

  it('is the music where nobody was on the way', () => {
    const heard = livelySpan({ ...empty, songs: harbourTrip.songs.slice(1, 2) });
    expect(heard?.fromMs).to.equal((harbourTrip.songs[1]?.fromMs ?? 0) - 5_000);
  });

  it('is nothing where there was nothing', () => {
    expect(replayOf(empty)).to.equal(undefined);
  });
});

describe('the head of a replay', () => {
  it('begins at the speed that shows the whole in about a minute', () => {
    expect(newHead(span).speed).to.equal(5);
    expect(newHead({ fromMs: 0, untilMs: 60 * minuteMs }).speed).to.equal(60);
    expect(newHead({ fromMs: 0, untilMs: minuteMs }).speed).to.equal(1);
    expect(newHead({ fromMs: 0, untilMs: 10_000 * minuteMs }).speed).to.equal(120);
  });

  it('goes on by its speed, stops at the end, and sets off from the beginning then', () => {
    const head = setOff({ ...newHead(span), speed: 60 }, span);
    expect(advanced(head, 500, span).atMs).to.equal(startMs + 30_000);
    const end = advanced({ ...head, atMs: span.untilMs - 1 }, 500, span);
    expect(end).to.include({ atMs: span.untilMs, playing: false });
    expect(setOff(end, span)).to.include({ atMs: startMs, playing: true });
  });

  it('does not leap when the page was away', () => {
    const head = setOff({ ...newHead(span), speed: 5 }, span);
    expect(advanced(head, 3_600_000, span).atMs).to.equal(startMs + 5_000);
  });

  it('stays within the trip', () => {
    const head = newHead(span);
    expect(soughtTo(head, startMs - 1, span).atMs).to.equal(startMs);
    expect(soughtTo(head, startMs + 99 * minuteMs, span).atMs).to.equal(span.untilMs);
  });

  for (const [key, to] of [
    ['ArrowRight', 6_000],
    ['ArrowUp', 6_000],
    ['ArrowLeft', -6_000],
    ['ArrowDown', -6_000],
    ['PageUp', 60_000],
    ['PageDown', -60_000],
    ['Home', -120_000],
    ['End', 480_000],
  ] as const) {
    it(`goes ${to / 1000} s by ${key}`, () => {
      const atMs = startMs + 2 * minuteMs;
      expect(keyTarget(key, atMs, span)).to.equal(atMs + to);
    });
  }

  it('leaves other keys to the page', () => {
    expect(keyTarget('a', startMs, span)).to.equal(undefined);
  });
});

describe('moments', () => {
  const moments = momentsOf(harbourTrip, span);

  it('are songs, likes and messages in one order of time', () => {
    expect(moments.map(({ kind }) => kind).join(' ')).to.equal(
      'song message message like song like song message song',
    );
  });

  it('are those within the span, a song cut at its ends', () => {
    const cut = { fromMs: startMs + 2 * minuteMs, untilMs: startMs + 4 * minuteMs };
    const inside = momentsOf(harbourTrip, cut);
    expect(inside.map(({ kind }) => kind).join(' ')).to.equal('song message like song');
    expect(songsIn(inside).map(({ atMs, untilMs }) => [atMs, untilMs])).to.deep.equal([
      [cut.fromMs, startMs + 3.1 * minuteMs],
      [startMs + 3.1 * minuteMs, cut.untilMs],
    ]);
  });

  it('know the song of each time, and the silence after the last', () => {
    const songs = songsIn(moments).slice(0, 2);
    expect(songAt(songs, startMs + minuteMs)?.title).to.equal('Coast Road');
    expect(songAt(songs, startMs + 4 * minuteMs)?.title).to.equal('Night Ferry');
    expect(songAt(songs, startMs + 7 * minuteMs)).to.equal(undefined);
    expect(songAt(songs, startMs - 1)).to.equal(undefined);
  });

  it('stand beside their people for a while, of each the latest', () => {
    const said = sayingsAt(moments, startMs + 2.3 * minuteMs, minuteMs);
    expect([...said].map(([userId, { kind }]) => `${userId} ${kind}`)).to.deep.equal([
      'bo like',
      'ana message',
    ]);
    expect(sayingsAt(moments, startMs + 4 * minuteMs, minuteMs).size).to.equal(0);
  });

  it('can be gone through one by one', () => {
    const replay = new Replay(harbourTrip, span);
    expect(replay.neighbour(-1)).to.equal(undefined);
    const next = replay.neighbour(1);
    expect(next?.kind).to.equal('message');
    replay.seek(next?.atMs ?? 0);
    expect(replay.neighbour(-1)?.kind).to.equal('song');
    replay.seek(span.untilMs);
    expect(replay.neighbour(1)).to.equal(undefined);
  });
});

describe('colours', () => {
  it('are each one’s own, and far from each other', () => {
    const people = ['ana', 'bo', 'chi', 'dee'].map((userId) => ({
      ...{ userId, name: userId, photoUrl: null, points: [] },
    }));
    const hues = [...huesOf(people).values()];
    for (const [index, hue] of hues.entries()) {
      for (const other of hues.slice(index + 1)) {
        const gap = Math.abs(hue - other);
        expect(Math.min(gap, 360 - gap), `${hue} and ${other}`).to.be.at.least(40);
      }
    }
  });
});

describe('when a link expires', () => {
  const hourMs = 60 * minuteMs;
  for (const [leftMs, said] of [
    [6 * 24 * hourMs, 'in 6 days'],
    [24 * hourMs, 'in 24 hours'],
    [hourMs, 'in 1 hour'],
    [20 * minuteMs, 'in 20 minutes'],
    [-5, 'in 1 minute'],
  ] as const) {
    it(`is told as “${said}”`, () => expect(expiryText(leftMs, 'en')).to.equal(said));
  }
});
