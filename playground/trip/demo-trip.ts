import type { Trip, TripPoint } from 'trafficjamz';
import type { Route } from '../drive/route.ts';
import { whereAt } from '../drive/where-at.ts';

/** Somebody of the demo: which of the playground's drives is theirs, and how exactly they shared it. */
interface Traveller {
  readonly userId: string;
  readonly name: string;
  readonly route: number;
  readonly laterS: number;
  readonly mode: TripPoint['mode'];
}

const travellers: readonly Traveller[] = [
  { userId: 'demo-ana', name: 'Ana', route: 2, laterS: 0, mode: 'precise' },
  { userId: 'demo-bo', name: 'Bo', route: 0, laterS: 12, mode: 'precise' },
  { userId: 'demo-chi', name: 'Chi', route: 3, laterS: 0, mode: 'coarse' },
];
const songs = [
  ['Night Drive', 'The Tunnels', 0, 142],
  ['Coast Road', 'Marla Quay', 142, 301],
  ['Under the Rock', 'The Tunnels', 301, 431],
  ['Last Light', null, 431, 542],
] as const;
const messages = [
  ['demo-bo', 48, 'Just left Fontvieille'],
  ['demo-ana', 66, 'Meet you at the harbour'],
  ['demo-chi', 210, 'I am watching you both on the map'],
  ['demo-ana', 372, 'Back from the tunnel, what did I miss?'],
  ['demo-bo', 388, 'Nothing, it went on for you too'],
] as const;
const likes = [
  ['demo-bo', 95, 'Night Drive'],
  ['demo-ana', 180, 'Coast Road'],
  ['demo-chi', 262, 'Coast Road'],
] as const;

const everyS = 2;
/** About a kilometre: what is left of a place that is shared roughly. */
const gridDeg = 0.009;
const roughM = 600;

/** An evening in Monaco, driven on the playground's own streets: nobody's real one. */
export function demoTrip(routes: readonly Route[], startMs: number): Trip {
  const at = (seconds: number): number => startMs + seconds * 1000;
  const lastS = Math.max(...travellers.map((one) => endS(one, routes)));
  return {
    title: 'An evening drive',
    fromMs: startMs,
    untilMs: at(lastS),
    travellers: travellers.map((one) => ({
      userId: one.userId,
      name: one.name,
      photoUrl: null,
      points: pointsOf(one, routes, at),
    })),
    unseenCount: 1,
    songs: songs.map(([title, artist, fromS, untilS]) => ({
      ...{ title, artist, fileId: null },
      ...{ fromMs: at(fromS), untilMs: at(untilS) },
    })),
    messages: messages.map(([userId, atS, text]) => ({ userId, atMs: at(atS), text })),
    likes: likes.map(([userId, atS, title]) => ({ userId, atMs: at(atS), title })),
    everyMs: 1,
    gaps: [],
  };
}

function endS({ route, laterS }: Traveller, routes: readonly Route[]): number {
  return (routes[route]?.durationS ?? 0) + laterS;
}

/** A phone in a tunnel finds no position. */
function pointsOf(
  { route: index, laterS, mode }: Traveller,
  routes: readonly Route[],
  at: (seconds: number) => number,
): readonly TripPoint[] {
  const route = routes[index];
  if (!route) throw new RangeError(`There is no drive ${index} for the demo.`);
  const points: TripPoint[] = [];
  for (let timeS = 0; timeS <= route.durationS; timeS += everyS) {
    const { lat, lng, inTunnel } = whereAt(route, timeS);
    if (inTunnel) continue;
    const atMs = at(timeS + laterS);
    if (mode === 'precise') points.push({ atMs, lat, lng, accuracyM: 6, mode });
    else points.push({ atMs, lat: onGrid(lat), lng: onGrid(lng), accuracyM: roughM, mode });
  }
  // Of a place that is told roughly there is one word, until it is another.
  return mode === 'precise'
    ? points
    : points.filter((point, index) => isNews(point, points[index - 1]));
}

function onGrid(deg: number): number {
  return Math.round(deg / gridDeg) * gridDeg;
}

function isNews(point: TripPoint, before: TripPoint | undefined): boolean {
  return point.lat !== before?.lat || point.lng !== before.lng;
}
