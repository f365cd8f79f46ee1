import type { Dictionary } from '../shared/words.ts';

/** What the map says about how long, where not, and from which device its person shares. */
export interface MapOptionsWords {
  readonly time: string;
  readonly untilStopped: string;
  readonly quarter: string;
  readonly hour: string;
  readonly evening: string;
  readonly places: string;
  readonly placesText: string;
  readonly hideHere: string;
  readonly placeName: (count: number) => string;
  readonly remove: (name: string) => string;
  readonly lost: string;
  readonly visits: string;
  readonly visitsText: string;
  readonly thisDevice: string;
  readonly thisDeviceText: string;
  readonly failed: string;
}

const en: MapOptionsWords = {
  time: 'For how long',
  untilStopped: 'Until I stop',
  quarter: '15 minutes',
  hour: '1 hour',
  evening: '8 hours',
  places: 'Private places',
  placesText: 'Around them nobody is told where you are. They stay on this device.',
  hideHere: 'Hide me around here',
  placeName: (count) => `Place ${count}`,
  remove: (name) => `Remove ${name}`,
  lost: 'This device has lost its private places. Until you add one again nobody is told where you are.',
  visits: 'Tell the group when I arrive at its places and leave them',
  visitsText: 'While you share exactly. Nothing is told around private places.',
  thisDevice: 'Show this device',
  thisDeviceText: 'You share from another device as well.',
  failed: 'That did not work. Try again.',
};

export const mapOptionsWords: Dictionary<MapOptionsWords> = { of: 'map/options', en };
