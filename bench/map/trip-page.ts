import '../../components/define/jamz-trip.ts';
import type { JamzTrip } from '../../components/trip/jamz-trip.ts';
import type { Trip, TripPoint, TripTraveller } from '../../sdk/index.ts';
import { moved } from '../../sdk/positions/earth.ts';
import { seededRandom } from '../../sdk/testing/seeded-random.ts';

/** What the bench asks of the page. */
export interface TripBench {
  /** Opens a trip of so many people over so many hours, each at a point a second. @returns ms until it is drawn */
  open(people: number, hours: number, ground: 'plain' | 'streets'): Promise<number>;
  /** Goes through the trip in so many steps. @returns ms of script, styles and layout for each */
  scrub(steps: number): Promise<number[]>;
  /** Plays it near its end, where most has been passed. @returns ms between neighbouring frames */
  play(follow: boolean, forMs: number): Promise<number[]>;
}

const startMs = Date.UTC(2026, 5, 13, 8);
const songMs = 200_000;
const middle = { lat: 43.7384, lng: 7.4246 };
let trip: JamzTrip | undefined;

/** A drive that keeps to some kilometres around the middle, with a receiver's wander on every fix. */
function pointsOf(seed: number, count: number): readonly TripPoint[] {
  const random = seededRandom(seed);
  const points: TripPoint[] = [];
  let [at, headingDeg, speedMps] = [moved(middle, seed * 72, 900), seed * 50, 12];
  let [east, north] = [0, 0];
  for (let index = 0; index < count; index++) {
    const homeDeg = (Math.atan2(middle.lng - at.lng, middle.lat - at.lat) * 180) / Math.PI;
    const strays = Math.hypot(at.lat - middle.lat, at.lng - middle.lng) > 0.05;
    if (strays) headingDeg = homeDeg + 60 * (random() - 0.5);
    else if (random() < 0.02) headingDeg += random() < 0.5 ? 90 : -90;
    else headingDeg += 6 * (random() - 0.5);
    if (random() < 0.01) speedMps = random() < 0.3 ? 0 : 6 + 14 * random();
    at = moved(at, headingDeg, speedMps);
    east = 0.97 * east + 1.2 * (random() - 0.5);
    north = 0.97 * north + 1.2 * (random() - 0.5);
    const fix = moved(moved(at, 90, east), 0, north);
    points.push({ ...fix, atMs: startMs + index * 1_000, accuracyM: 8, mode: 'precise' });
  }
  return points;
}

function tripOf(people: number, hours: number): Trip {
  const untilMs = startMs + hours * 3_600_000;
  const travellers = Array.from(
    { length: people },
    (_, index): TripTraveller => ({
      ...{ userId: `u${index}`, name: `Person ${index}`, photoUrl: null },
      points: pointsOf(index + 1, hours * 3_600),
    }),
  );
  const counted = <Item>(everyMs: number, of: (atMs: number, index: number) => Item): Item[] =>
    Array.from({ length: Math.floor((untilMs - startMs) / everyMs) }, (_, index) =>
      of(startMs + index * everyMs, index),
    );
  return {
    ...{ title: 'All day', fromMs: startMs, untilMs, travellers },
    songs: counted(songMs, (fromMs, index) => ({
      ...{ fromMs, untilMs: fromMs + songMs, title: `Song ${index}`, artist: null, fileId: null },
    })),
    messages: counted(600_000, (atMs, index) => ({
      ...{ atMs: atMs + 30_000, userId: `u${index % people}`, text: `Message ${index}` },
    })),
    likes: counted(400_000, (atMs, index) => ({
      ...{ atMs: atMs + 90_000, userId: `u${index % people}`, title: `Song ${2 * index}` },
    })),
    ...{ unseenCount: 0, everyMs: 1, gaps: [] },
  };
}

const frame = (): Promise<number> => new Promise(requestAnimationFrame);

const bench: TripBench = {
  async open(people, hours, ground) {
    const seen = tripOf(people, hours);
    // The code of the room is loaded once for all; here the time with a trip is asked for.
    trip = document.createElement('jamz-trip');
    trip.style.cssText = 'display: block; inline-size: 100%; block-size: 100vh';
    if (ground === 'streets') {
      trip.tiles = '/monaco.pmtiles';
      trip.workerUrl = '/maplibre-gl-worker.mjs';
    }
    trip.trip = { ...seen, travellers: [], songs: [] };
    document.body.append(trip);
    while (!trip.shadowRoot?.querySelector('h2')) await frame();
    await frame();
    const beganMs = performance.now();
    trip.trip = seen;
    const drawn = ground === 'streets' ? '.grounds.streets' : '.marker.placed';
    while (!trip.shadowRoot?.querySelector('.marker.placed')) await frame();
    const tookMs = (await frame()) - beganMs;
    while (!trip.shadowRoot?.querySelector(drawn)) await frame();
    return tookMs;
  },
  async scrub(steps) {
    const line = part('.line');
    const { left, width, top } = line.getBoundingClientRect();
    line.setPointerCapture = () => {};
    const point = (type: string, share: number): void => {
      const at = { clientX: left + share * width, clientY: top + 10, pointerId: 1, button: 0 };
      line.dispatchEvent(new PointerEvent(type, { ...at, bubbles: true }));
    };
    const tookMs: number[] = [];
    point('pointerdown', 0);
    for (let step = 0; step < steps; step++) {
      const beganMs = performance.now();
      point('pointermove', (step + 1) / steps);
      await trip?.updateComplete;
      // Behind the frame in which it is painted: script, styles and layout have been done.
      await frame();
      const atFrameMs = performance.now();
      line.getBoundingClientRect();
      await new Promise((resolve) => setTimeout(resolve));
      tookMs.push(performance.now() - Math.min(beganMs, atFrameMs));
    }
    point('pointerup', 1);
    return tookMs;
  },
  async play(follow, forMs) {
    for (const key of ['End', 'PageDown', 'PageDown']) {
      part('.line').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    if (follow) part('.who:not(.everybody)').click();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const pace = part('select');
    if (pace instanceof HTMLSelectElement) pace.value = '120';
    pace.dispatchEvent(new Event('change'));
    part('.play').click();
    const gapsMs: number[] = [];
    const beganMs = await frame();
    for (let lastMs = beganMs; lastMs - beganMs < forMs; ) {
      const nowMs = await frame();
      gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
    }
    part('.play').click();
    return gapsMs.slice(1);
  },
};

function part(selector: string): HTMLElement {
  const found = trip?.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The trip has no ${selector}`);
  return found;
}

Object.assign(globalThis, { bench });
