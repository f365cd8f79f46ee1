import { compareHlc, type Hlc, zeroHlc } from '../clock/hlc.ts';
import { emptyMap, type SortedMap } from './sorted-map.ts';
import type { Place, StampedPlace } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

export type PlacesOpType = 'places.save' | 'places.update' | 'places.remove';

type Field = 'name' | 'lat' | 'lng';

/** The last writer of a field wins it; a removed place stays removed, whatever is written to it. */
export const places: MergeStrategy<SortedMap<StampedPlace>, PlacesOpType> = {
  empty: emptyMap(),

  merge(state, op, { edit }) {
    const place = state.get(op.payload.placeId);
    switch (op.type) {
      case 'places.save': {
        if (place) return state;
        const stamps = { name: op.stamp, lat: op.stamp, lng: op.stamp };
        const saved = { ...op.payload, savedBy: op.authorId, stamps, removed: false };
        return state.set(saved.placeId, saved, edit);
      }
      case 'places.update': {
        if (!place) return state;
        const { placeId: _, ...fields } = op.payload;
        const written = write(place, fields, op.stamp);
        return written === place ? state : state.set(place.placeId, written, edit);
      }
      case 'places.remove':
        if (!place || place.removed) return state;
        return state.set(place.placeId, { ...place, removed: true }, edit);
    }
  },
};

function write(place: StampedPlace, fields: Partial<Pick<Place, Field>>, stamp: Hlc): StampedPlace {
  const won = Object.keys(fields).filter(
    (field) => compareHlc(stamp, place.stamps[field] ?? zeroHlc) > 0,
  ) as Field[];
  if (won.length === 0) return place;
  const stamps = { ...place.stamps, ...Object.fromEntries(won.map((field) => [field, stamp])) };
  const values = Object.fromEntries(won.map((field) => [field, fields[field]]));
  return { ...place, ...values, stamps };
}
