import type { Dictionary } from '../shared/words.ts';

/** What the map says. */
export interface MapWords {
  readonly map: (group: string) => string;
  readonly keys: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly followMe: string;
  readonly followGroup: string;
  readonly people: (onMap: number, live: number) => string;
  readonly nobody: string;
  readonly nobodyText: string;
  readonly you: string;
  readonly away: (distance: string, direction: string) => string;
  readonly live: string;
  readonly ago: (age: string) => string;
  readonly seen: (age: string) => string;
  readonly paused: (age: string) => string;
  readonly tunnel: (age: string) => string;
  readonly seconds: (count: number) => string;
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly days: (count: number) => string;
  readonly roughly: string;
  readonly notSharing: string;
  readonly share: string;
  readonly exact: string;
  readonly coarse: string;
  readonly precision: string;
  readonly sharing: string;
  readonly sharingCoarse: string;
  readonly sharingHidden: string;
  readonly sharingPaused: string;
  readonly until: (time: string) => string;
  readonly more: string;
  readonly stop: string;
  readonly asking: string;
  readonly denied: string;
  readonly noPosition: string;
  readonly insecure: string;
  readonly noStreets: string;
  readonly tilesMissing: string;
  /** From north, clockwise, eight of them. */
  readonly directions: readonly string[];
  readonly metres: (count: number) => string;
  readonly kilometres: (count: string) => string;
}

const en: MapWords = {
  map: (group) => (group ? `Map of ${group}` : 'Map'),
  keys: 'Arrow keys move the map, plus and minus zoom.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  followMe: 'Follow me',
  followGroup: 'Keep everybody in view',
  people: (onMap, live) =>
    live === onMap ? `${onMap} on the map` : `${onMap} on the map, ${live} live`,
  nobody: 'Nobody shares their position',
  nobodyText: 'Share yours, and the others see where you are.',
  you: 'you',
  away: (distance, direction) => `${distance} ${direction}`,
  live: 'Live',
  ago: (age) => `${age} ago`,
  seen: (age) => `Last seen ${age} ago`,
  paused: (age) => `Paused ${age} ago`,
  tunnel: (age) => `Entered a tunnel ${age} ago`,
  seconds: (count) => `${count} s`,
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  days: (count) => (count === 1 ? '1 day' : `${count} days`),
  roughly: 'About here',
  notSharing: 'Not sharing',
  share: 'Share my position',
  exact: 'Exact',
  coarse: 'About 1 km',
  precision: 'How exactly',
  sharing: 'You are sharing',
  sharingCoarse: 'You are sharing roughly',
  sharingHidden: 'Hidden around a private place',
  sharingPaused: 'Your sharing is paused',
  until: (time) => `until ${time}`,
  more: 'Time, private places, devices',
  stop: 'Stop',
  asking: 'Allow your position in the browser’s question',
  denied:
    'Your browser blocks the position for this site. Allow it in the site’s settings, then share again.',
  noPosition: 'This device cannot find its position now. We keep looking.',
  insecure: 'A browser tells its position to secure pages only: open this page with https.',
  noStreets: 'No streets here: people, distances and directions still hold.',
  tilesMissing: 'Some of the map could not be loaded.',
  directions: ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'],
  metres: (count) => `${count} m`,
  kilometres: (count) => `${count} km`,
};

export const mapWords: Dictionary<MapWords> = { of: 'map/words', en };

/** `80 m`, `340 m`, `1.2 km`, `14 km`: no more figures than a fix is good for. */
export function distanceText(metres: number, words: MapWords): string {
  if (metres < 100) return words.metres(Math.round(metres));
  if (metres < 995) return words.metres(Math.round(metres / 10) * 10);
  return words.kilometres((metres / 1000).toFixed(metres < 9_950 ? 1 : 0));
}

/** `45 s`, `4 min`, `3 h`, `2 days`: rounded down. */
export function ageText(ageMs: number, words: MapWords): string {
  const seconds = Math.floor(ageMs / 1000);
  if (seconds < 60) return words.seconds(seconds);
  if (seconds < 3600) return words.minutes(Math.floor(seconds / 60));
  if (seconds < 86_400) return words.hours(Math.floor(seconds / 3600));
  return words.days(Math.floor(seconds / 86_400));
}

export function directionText(bearing: number, words: MapWords): string {
  return words.directions[Math.round(bearing / 45) % 8] ?? '';
}
