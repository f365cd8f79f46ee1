import { expect } from '@open-wc/testing';
import type { TripPoint } from '../../sdk/index.ts';
import type { Point } from '../map/geo.ts';
import { drive, minuteMs, startMs } from './trip-fixture.ts';
import { planeAt, type Way, wayOf } from './way.ts';

const every = { everyMs: 1, gaps: [] };
const origin = { lat: 43.7305, lng: 7.4155 };

const closeBy = 18;
const world = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };

/** The line of a zoom, as far as they had come. */
function passed(way: Way, atMs: number, zoom = closeBy): string {
  const seen = way.seen(zoom);
  return seen.drawn(world, seen.passed(atMs)) + seen.tip(atMs, way.endAt(atMs));
}

const whole = (way: Way, zoom = closeBy): string => way.seen(zoom).drawn(world);

describe('a way', () => {
  it('is one line through all that was seen, with the corners alone', () => {
    const way = wayOf(drive({ lat: 0, lng: 0 }), origin, every);
    const { unseen, rough } = way;
    const seen = whole(way);
    expect(seen.match(/M/g)).to.have.length(1);
    // 121 points on 10 straight stretches.
    expect(seen.match(/L/g)?.length).to.be.within(9, 16);
    expect(unseen).to.equal('');
    expect(rough).to.deep.equal([]);
  });

  it('breaks at a tunnel, whose two ends a line of its own joins', () => {
    const way = wayOf(drive({ lat: 0, lng: 0 }, [4.4, 6]), origin, every);
    const { unseen } = way;
    expect(whole(way).match(/M/g)).to.have.length(2);
    expect(unseen.match(/[ML]/g)).to.deep.equal(['M', 'L']);
  });

  it('has discs and no line where only the neighbourhood was shared', () => {
    const at = { accuracyM: 700, mode: 'coarse' } as const;
    const points: TripPoint[] = [
      { atMs: 0, lat: 43.73, lng: 7.42, ...at },
      { atMs: 1_000, lat: 43.73, lng: 7.42, ...at },
      { atMs: 2_000, lat: 43.74, lng: 7.43, ...at },
    ];
    const way = wayOf(points, origin, every);
    const { unseen, rough } = way;
    expect([whole(way), unseen]).to.deep.equal(['', '']);
    expect(rough).to.have.length(2);
    // A pixel at zoom 12 covers 13.8 m here.
    expect(rough[0]?.r).to.be.closeTo(700 / 13.81, 0.2);
  });

  it('has passed as far as they had come', () => {
    const points = drive({ lat: 0, lng: 0 });
    const way = wayOf(points, origin, every);
    const tip = /([\d.-]+) ([\d.-]+)$/.exec(passed(way, startMs + 2.5 * minuteMs));
    const { x, y } = planeAt(origin)(points[30] ?? origin);
    expect(Number(tip?.[1])).to.be.closeTo(x, 0.02);
    expect(Number(tip?.[2])).to.be.closeTo(y, 0.02);
    expect(passed(way, startMs - 1)).to.equal('');
    expect(passed(way, startMs + 11 * minuteMs)).to.equal(whole(way));
  });

  it('shows nothing as passed of a tunnel that they are in', () => {
    const way = wayOf(drive({ lat: 0, lng: 0 }, [4.4, 6]), origin, every);
    const inside = [4.6, 5, 5.8].map((minute) => passed(way, startMs + minute * minuteMs));
    expect(new Set(inside).size).to.equal(1);
  });

  it('is empty of who was never seen', () => {
    expect(whole(wayOf([], origin, every))).to.equal('');
  });

  it('has of a long drive as many corners as a zoom can show, and no point further off than that', () => {
    const points = manyBends(4_000);
    const way = wayOf(points, origin, every);
    const [far, near] = [corners(whole(way, 9)), corners(whole(way))];
    expect(far.length).to.be.lessThan(near.length / 4);
    const onPlane = planeAt(origin);
    const mostOff = Math.max(...points.map((point) => offLine(onPlane(point), far)));
    // 0.4 of a pixel at zoom 9 are eight times as many on the plane of zoom 12, written to a hundredth.
    expect(mostOff).to.be.lessThan(0.4 * 8 + 0.02);
  });

  it('leaves out the stretches that are out of sight', () => {
    const way = wayOf(manyBends(4_000), origin, every);
    const part = way.seen(closeBy).drawn({ left: -1, top: -1, right: 1, bottom: 1 });
    expect(part).to.contain('M0.00 0.00');
    expect(corners(part).length).to.be.lessThan(corners(whole(way)).length / 4);
    expect(way.seen(closeBy).drawn({ left: 1e5, top: 1e5, right: 2e5, bottom: 2e5 })).to.equal('');
  });

  it('writes for a frame no more than the stretch that they are in', () => {
    const points = manyBends(4_000);
    const way = wayOf(points, origin, every);
    const atMs = points[3_000]?.atMs ?? 0;
    const tip = corners(way.seen(closeBy).tip(atMs, way.endAt(atMs)));
    expect(tip.length).to.be.within(1, 66);
    const come = corners(passed(way, atMs));
    const { x, y } = planeAt(origin)(points[3_000] ?? origin);
    expect(come.at(-1)?.x).to.be.closeTo(x, 0.02);
    expect(come.at(-1)?.y).to.be.closeTo(y, 0.02);
  });
});

/** To the north-east, in bends of which one in forty is large. */
function manyBends(count: number): readonly TripPoint[] {
  return Array.from({ length: count }, (_, index): TripPoint => {
    const swing = (index % 2 === 0 ? 1 : -1) * (index % 40 === 0 ? 0.002 : 0.0001);
    const lat = origin.lat + index * 0.0002;
    const lng = origin.lng + index * 0.0002 + (index === 0 ? 0 : swing);
    return { lat, lng, atMs: startMs + index * 1_000, accuracyM: 8, mode: 'precise' };
  });
}

function corners(path: string): readonly Point[] {
  return [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)/gu)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
}

function offLine({ x, y }: Point, line: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, to] of line.entries()) {
    const from = line[index - 1] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const squared = dx * dx + dy * dy;
    const part = squared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / squared;
    const at = Math.min(1, Math.max(0, part));
    least = Math.min(least, Math.hypot(x - from.x - dx * at, y - from.y - dy * at));
  }
  return least;
}
