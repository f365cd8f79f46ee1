import { expect } from '@open-wc/testing';
import type { TripPoint } from '../../sdk/index.ts';
import { drive, minuteMs, startMs } from './trip-fixture.ts';
import { planeAt, wayOf } from './way.ts';

const every = { everyMs: 1, gaps: [] };
const origin = { lat: 43.7305, lng: 7.4155 };

describe('a way', () => {
  it('is one line through all that was seen, with the corners alone', () => {
    const { seen, unseen, rough } = wayOf(drive({ lat: 0, lng: 0 }), origin, every);
    expect(seen.match(/M/g)).to.have.length(1);
    // 121 points on 10 straight stretches.
    expect(seen.match(/L/g)?.length).to.be.within(9, 16);
    expect(unseen).to.equal('');
    expect(rough).to.deep.equal([]);
  });

  it('breaks at a tunnel, whose two ends a line of its own joins', () => {
    const { seen, unseen } = wayOf(drive({ lat: 0, lng: 0 }, [4.4, 6]), origin, every);
    expect(seen.match(/M/g)).to.have.length(2);
    expect(unseen.match(/[ML]/g)).to.deep.equal(['M', 'L']);
  });

  it('has discs and no line where only the neighbourhood was shared', () => {
    const at = { accuracyM: 700, mode: 'coarse' } as const;
    const points: TripPoint[] = [
      { atMs: 0, lat: 43.73, lng: 7.42, ...at },
      { atMs: 1_000, lat: 43.73, lng: 7.42, ...at },
      { atMs: 2_000, lat: 43.74, lng: 7.43, ...at },
    ];
    const { seen, unseen, rough } = wayOf(points, origin, every);
    expect([seen, unseen]).to.deep.equal(['', '']);
    expect(rough).to.have.length(2);
    // A pixel at zoom 12 covers 13.8 m here.
    expect(rough[0]?.r).to.be.closeTo(700 / 13.81, 0.2);
  });

  it('has passed as far as they had come', () => {
    const points = drive({ lat: 0, lng: 0 });
    const way = wayOf(points, origin, every);
    const tip = /([\d.-]+) ([\d.-]+)$/.exec(way.passed(startMs + 2.5 * minuteMs));
    const { x, y } = planeAt(origin)(points[30] ?? origin);
    expect(Number(tip?.[1])).to.be.closeTo(x, 0.02);
    expect(Number(tip?.[2])).to.be.closeTo(y, 0.02);
    expect(way.passed(startMs - 1)).to.equal('');
    expect(way.passed(startMs + 11 * minuteMs)).to.equal(way.seen);
  });

  it('shows nothing as passed of a tunnel that they are in', () => {
    const way = wayOf(drive({ lat: 0, lng: 0 }, [4.4, 6]), origin, every);
    const inside = [4.6, 5, 5.8].map((minute) => way.passed(startMs + minute * minuteMs));
    expect(new Set(inside).size).to.equal(1);
  });

  it('is empty of who was never seen', () => {
    expect(wayOf([], origin, every).seen).to.equal('');
  });
});
