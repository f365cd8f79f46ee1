import { newId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import { LiveValue } from '../sync/live-value.ts';
import { distanceM, type LatLng, moved } from './earth.ts';

/** A place around which this device tells nobody where it is. */
export interface PrivatePlace extends LatLng {
  readonly id: string;
  /** For the person alone: it never leaves the device. */
  readonly name: string;
  /** How far around it nothing is told, m. */
  readonly radiusM: number;
}

/**
 * The places around which a person wants to tell nothing, as where they live. They are kept on this device alone,
 * encrypted where it can: a server that knew them would know what they hide. Each device of a person has its own.
 */
export interface PrivatePlaces {
  /** Replays; undefined until they are read, and where this device has lost them: then nothing is told until one is added. */
  readonly places$: Live<readonly PrivatePlace[] | undefined>;
  /** @param place `radiusM` is {@link leastRadiusM} where less, or nothing, is said */
  add(place: {
    readonly lat: number;
    readonly lng: number;
    readonly name?: string;
    readonly radiusM?: number;
  }): Promise<PrivatePlace>;
  remove(id: string): Promise<void>;
}

export interface PrivatePlacesDeps {
  /** Encrypted, or in memory only. */
  readonly sealed: KeyValue;
  /** Remembers how many there are: a device that has lost the key to them must not take that for none. All tabs see it. */
  readonly marks: KeyValue;
  /** Whose places these are. */
  readonly userId: string;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface HidingPlaces extends PrivatePlaces {
  /** Resolves when they are read, or cannot be. */
  readonly ready: Promise<void>;
  /** Rises with each change of them. */
  readonly version: number;
  /** Reads them again where another tab has changed them. */
  refresh(): Promise<void>;
  /**
   * Whether nothing is told of somebody there; undefined while the places are not known.
   *
   * @param vagueM how far from there they may really be
   */
  hides(at: LatLng, vagueM?: number): boolean | undefined;
}

/** Smaller circles name a house. */
export const leastRadiusM = 300;
const mostRadiusM = 5_000;

/** As kept: where the circle is drawn around is not where the place is. */
interface Kept extends PrivatePlace {
  readonly hidden: LatLng;
}

/**
 * Opens the places of one person on this device.
 *
 * What is hidden is a circle around another point, up to half the radius away, chosen once: of circles around the place
 * itself, where a trail ends and begins again tells the middle (Hassan et al., “Analysis of Privacy Protections in
 * Fitness Tracking Social Networks”, USENIX Security 2018). It reaches as far as was asked for on every side.
 */
export function openPrivatePlaces(deps: PrivatePlacesDeps): HidingPlaces {
  const { sealed, marks, random } = deps;
  const key = `private-places:${deps.userId}`;
  const places$ = new LiveValue<readonly PrivatePlace[] | undefined>(undefined);
  let kept: readonly Kept[] | undefined;
  let mark: Mark = noMark;
  let version = 0;
  const show = (next: readonly Kept[] | undefined): void => {
    kept = next;
    version += 1;
    places$.next(next?.map(({ hidden: _, ...place }) => place));
  };
  const load = async (): Promise<void> => {
    mark = await readMark();
    const stored = (await sealed.get<readonly Kept[]>(key)) ?? [];
    show(stored.length >= mark[0] ? stored : undefined);
  };
  const readMark = async (): Promise<Mark> => {
    const known = await marks.get<Mark | number>(key);
    // A number alone: what earlier versions wrote.
    return typeof known === 'number' ? [known, ''] : (known ?? noMark);
  };
  // What cannot be read hides everything.
  const read = load().catch(() => {});
  let reading: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    // Nobody goes on with the old ones while the new ones are being read.
    reading ??= again().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const again = async (): Promise<void> => {
    await read;
    const [, change] = await readMark();
    if (change !== mark[1]) await load().catch(() => show(undefined));
  };
  const write = async (next: readonly Kept[]): Promise<void> => {
    show(next);
    const note = async (): Promise<void> => {
      mark = [next.length, newId(random)];
      await marks.set(key, mark);
    };
    // First, so that no other tab takes the places before this change for all there are; then, so that it reads them.
    await note();
    await sealed.set(key, next);
    await note();
  };
  return {
    ready: read,
    get version() {
      return version;
    },
    refresh,
    places$,
    hides: (at, vagueM = 0) => kept?.some((place) => isHidden(place, at, vagueM)),
    async add({ lat, lng, name = '', radiusM = leastRadiusM }) {
      await refresh();
      const place = {
        ...{ id: newId(random), name, lat, lng },
        radiusM: Math.min(mostRadiusM, Math.max(leastRadiusM, radiusM)),
      };
      const hidden = moved(place, random() * 360, (Math.sqrt(random()) * place.radiusM) / 2);
      await write([...(kept ?? []), { ...place, hidden }]);
      return place;
    },
    async remove(id) {
      await refresh();
      await write((kept ?? []).filter((place) => place.id !== id));
    },
  };
}

/** How many there are, and an id of the last change: one that another tab made is seen by it. */
type Mark = readonly [count: number, change: string];

const noMark: Mark = [0, ''];

const opened = new WeakMap<KeyValue, Map<string, HidingPlaces>>();

/** The same places for all groups in which a person shares, and for whoever changes them. */
export function privatePlacesOf(deps: PrivatePlacesDeps): HidingPlaces {
  const people = opened.get(deps.sealed) ?? new Map<string, HidingPlaces>();
  opened.set(deps.sealed, people);
  const places = people.get(deps.userId) ?? openPrivatePlaces(deps);
  people.set(deps.userId, places);
  return places;
}

function isHidden({ hidden, radiusM }: Kept, at: LatLng, vagueM: number): boolean {
  return distanceM(hidden, at) < radiusM * 1.5 + vagueM;
}
