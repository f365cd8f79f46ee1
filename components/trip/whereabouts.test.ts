import { expect } from '@open-wc/testing';
import type { TripPoint } from '../../sdk/index.ts';
import { isSilence, lastNotAfter, whereWas } from './whereabouts.ts';

const every = { everyMs: 1, gaps: [] };

function point(atMs: number, lat: number, patch: Partial<TripPoint> = {}): TripPoint {
  return { atMs, lat, lng: 7.42, accuracyM: 8, mode: 'precise', ...patch };
}

describe('where somebody was', () => {
  const way = [point(0, 43.73), point(10_000, 43.731), point(20_000, 43.732)];

  it('is in between two fixes, by their times', () => {
    const where = whereWas(way, 5_000, every);
    expect(where?.lat).to.be.closeTo(43.7305, 1e-9);
    expect(where?.certainty).to.equal('seen');
    expect(where?.headingDeg).to.be.closeTo(0, 0.1);
  });

  it('is not known before the first', () => {
    expect(whereWas(way, -1, every)).to.equal(undefined);
    expect(whereWas([], 5, every)).to.equal(undefined);
  });

  it('stays at the last, and after a while is only where they were last seen', () => {
    expect(whereWas(way, 21_000, every)).to.include({ lat: 43.732, certainty: 'seen' });
    expect(whereWas(way, 90_000, every)).to.include({ lat: 43.732, certainty: 'over' });
  });

  it('is unseen in a tunnel, and drawn on the way to where they came out', () => {
    const tunnel = [point(0, 43.73), point(60_000, 43.74)];
    const where = whereWas(tunnel, 30_000, every);
    expect(where?.certainty).to.equal('unseen');
    expect(where?.lat).to.be.closeTo(43.735, 1e-9);
  });

  it('is known of who rested, however long', () => {
    const rest = [point(0, 43.73), point(600_000, 43.7301)];
    expect(whereWas(rest, 300_000, every)?.certainty).to.equal('seen');
  });

  it('is unseen where points may be missing that were shared', () => {
    const gaps = [{ fromMs: 2_000, untilMs: 8_000 }];
    expect(whereWas(way, 5_000, { everyMs: 1, gaps })?.certainty).to.equal('unseen');
    expect(whereWas(way, 15_000, { everyMs: 1, gaps })?.certainty).to.equal('seen');
  });

  it('is not a silence when a long drive has few points', () => {
    const thin = [point(0, 43.73), point(60_000, 43.74)] as const;
    expect(isSilence(...thin, { everyMs: 60_000, gaps: [] })).to.equal(false);
    expect(isSilence(...thin, { everyMs: 10_000, gaps: [] })).to.equal(true);
  });

  it('is no way and no heading where only the neighbourhood was shared', () => {
    const rough = [point(0, 43.73, { mode: 'coarse' }), point(60_000, 43.75, { mode: 'coarse' })];
    expect(whereWas(rough, 30_000, every)).to.include({
      lat: 43.73,
      certainty: 'rough',
      headingDeg: null,
    });
  });

  it('does not slide from an exact place into a rough one', () => {
    const mixed = [point(0, 43.73), point(10_000, 43.75, { mode: 'coarse' })];
    expect(whereWas(mixed, 9_000, every)).to.include({ lat: 43.73, certainty: 'unseen' });
  });

  it('crosses the date line the short way', () => {
    const sea = [point(0, 0, { lng: 179.9 }), point(10_000, 0, { lng: -179.9 })];
    expect(Math.abs(whereWas(sea, 5_000, every)?.lng ?? 0)).to.be.closeTo(180, 1e-9);
  });
});

describe('the last that is not after a time', () => {
  const times = [{ atMs: 1 }, { atMs: 3 }, { atMs: 3 }, { atMs: 7 }];
  for (const [atMs, index] of [
    [0, -1],
    [1, 0],
    [2, 0],
    [3, 2],
    [6, 2],
    [7, 3],
    [99, 3],
  ] as const) {
    it(`is ${index} at ${atMs}`, () => expect(lastNotAfter(times, atMs)).to.equal(index));
  }
});
