import type { Dictionary } from '../shared/words.ts';

/** What the map says of places that were reached and left. */
export interface MapVisitWords {
  readonly at: (place: string) => string;
  readonly left: (place: string, age: string) => string;
  readonly hasArrived: (who: string, place: string) => string;
  readonly hasLeft: (who: string, place: string) => string;
}

const en: MapVisitWords = {
  at: (place) => `At ${place}`,
  left: (place, age) => `Left ${place} ${age} ago`,
  hasArrived: (who, place) => `${who} has arrived: ${place}`,
  hasLeft: (who, place) => `${who} has left: ${place}`,
};

export const mapVisitWords: Dictionary<MapVisitWords> = { of: 'map/visits', en };
