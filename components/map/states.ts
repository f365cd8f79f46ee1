import type { MemberPosition } from '../../sdk/index.ts';
import { groupStates } from '../shared/testing/common-states.ts';
import {
  type ElementState,
  type ElementStates,
  press,
  rendered,
  type StatedElement,
  type World,
} from '../shared/testing/element-state.ts';
import { withCrew } from '../shared/testing/people.ts';
import type { JamzMap } from './jamz-map.ts';

const names = { ana: 'Ana Novak', bo: 'Bo Lind', chi: 'Chi Okafor' } as const;

/** Everything that `<jamz-map>` can look like without street tiles, which need a graphics card and a network. */
export const mapStates: ElementStates = {
  tag: 'jamz-map',
  of: 'group',
  blockSize: '24em',
  states: [
    ...groupStates(driving).map(still),
    still({ name: 'nobody-sharing', prepare: withCrew }),
    still({
      name: 'stale',
      prepare(world) {
        withCrew(world);
        world.group.positions$.next([
          at(world, 'ana', 43.7384, 7.4246),
          at(world, 'bo', 43.7474, 7.431, { ageMs: 5 * 60_000 }),
          at(world, 'chi', 43.7301, 7.418, { ageMs: 3_600_000 }),
        ]);
      },
    }),
    still({
      name: 'paused',
      prepare(world) {
        driving(world);
        const { nowMs } = world.jamz;
        world.group.sharing('precise', { paused: true });
        world.group.positions$.next([
          { ...at(world, 'ana', 43.7384, 7.4246, { ageMs: 12_000 }), pausedAtMs: nowMs - 12_000 },
          { ...at(world, 'bo', 43.7474, 7.431, { ageMs: 180_000 }), pausedAtMs: nowMs - 180_000 },
          at(world, 'chi', 43.7301, 7.418, { headingDeg: 200 }),
        ]);
      },
      act: (_world, element) => press(element, '.sheet-head'),
    }),
    still({
      name: 'hidden',
      prepare(world) {
        driving(world);
        world.group.sharing$.next({ mode: 'precise', untilMs: null, hidden: true });
        world.group.positions$.next(world.group.positions$.value.filter(({ me }) => !me));
      },
    }),
    still({
      name: 'until',
      prepare(world) {
        driving(world);
        const untilMs = Date.UTC(2026, 0, 1, 17, 40);
        world.group.sharing$.next({ mode: 'precise', untilMs });
      },
    }),
    still({
      name: 'options',
      prepare(world) {
        driving(world);
        world.group.sharing('precise');
        world.jamz.hidden$.next([
          { id: 'p1', name: 'Home', lat: 43.74, lng: 7.43, radiusM: 300 },
          { id: 'p2', name: '', lat: 43.73, lng: 7.42, radiusM: 500 },
        ]);
        world.group.positions$.next([
          ...world.group.positions$.value,
          { ...at(world, 'ana', 43.75, 7.44, { ageMs: 60_000 }), deviceId: 'ana-laptop' },
        ]);
      },
      async act(_world, element) {
        await press(element, '.sheet-head');
        await press(element, '.more');
        await rendered(element, () => has(element, '.private li'));
      },
    }),
    still({
      name: 'arrived',
      prepare(world) {
        driving(world);
        const { nowMs } = world.jamz;
        const beach = { placeId: 'beach', name: 'Larvotto beach', lat: 43.7474, lng: 7.431 };
        world.group.places$.next([{ ...beach, savedBy: 'ana' }]);
        const [ana, bo, chi] = world.group.positions$.value;
        if (!ana || !bo || !chi) return;
        world.group.positions$.next([
          ana,
          { ...bo, visit: { placeId: 'beach', kind: 'arrived', atMs: nowMs - 95_000 } },
          { ...chi, visit: { placeId: 'beach', kind: 'left', atMs: nowMs - 400_000 } },
        ]);
      },
      async act(_world, element) {
        await press(element, '.sheet-head');
        await rendered(element, () => has(element, '.news'));
      },
    }),
    still({
      name: 'coarse',
      prepare(world) {
        driving(world);
        world.group.sharing('coarse');
      },
    }),
    still({
      name: 'sharing',
      prepare(world) {
        driving(world);
        world.group.sharing('precise');
      },
    }),
    still({
      name: 'stacked',
      prepare(world) {
        withCrew(world);
        world.group.positions$.next([
          at(world, 'ana', 43.7384, 7.4246),
          at(world, 'bo', 43.73841, 7.42461),
          at(world, 'chi', 43.7474, 7.43),
        ]);
      },
    }),
    still({
      name: 'people',
      prepare: driving,
      act: (_world, element) => press(element, '.sheet-head'),
    }),
    denied(),
  ],
};

/** Without the device's own position: the same picture on every machine. */
function still(state: ElementState): ElementState {
  return {
    ...state,
    prepare(world, element) {
      (element as JamzMap).externalPositions = true;
      state.prepare?.(world, element);
    },
    async act(world, element) {
      await seen(element);
      if (element.isConnected) await state.act?.(world, element);
    },
  };
}

function denied(): ElementState {
  return {
    name: 'location-denied',
    prepare(world, element) {
      driving(world);
      const geolocation: Geolocation = {
        watchPosition(_answer, refuse) {
          const error = {
            code: 1,
            message: 'denied',
            PERMISSION_DENIED: 1,
            POSITION_UNAVAILABLE: 2,
            TIMEOUT: 3,
            toJSON: () => ({}),
          };
          setTimeout(() => refuse?.(error as GeolocationPositionError));
          return 1;
        },
        clearWatch() {},
        getCurrentPosition() {},
      };
      (element as JamzMap).geolocation = geolocation;
    },
    async act(_world, element) {
      await seen(element);
      const share = [...element.renderRoot.querySelectorAll('button')].find((button) =>
        button.textContent?.includes('Share'),
      );
      share?.click();
      await rendered(element, () => !share || has(element, '.trouble'));
    },
  };
}

/** Until the room has been loaded, which happens once the map is seen; a map that has none is as it is. */
async function seen(element: StatedElement): Promise<void> {
  const isThere = (): boolean => has(element, '.scale, .notice');
  await rendered(element, () => isThere() || (!!element.group && isLoading(element.group)));
}

function has({ renderRoot }: StatedElement, selector: string): boolean {
  return renderRoot.querySelector(selector) !== null;
}

/** A map of a group that is not known yet stays a skeleton. */
function isLoading(group: NonNullable<StatedElement['group']>): boolean {
  return typeof group === 'object' && group.availability$.value.kind === 'connecting';
}

function driving(world: World): void {
  withCrew(world);
  world.group.positions$.next([
    at(world, 'ana', 43.7384, 7.4246),
    at(world, 'bo', 43.7474, 7.431, { headingDeg: 40 }),
    at(world, 'chi', 43.7301, 7.418, { headingDeg: 200 }),
  ]);
}

function at(
  { jamz }: World,
  memberId: keyof typeof names,
  lat: number,
  lng: number,
  { ageMs = 0, headingDeg = 90 }: { readonly ageMs?: number; readonly headingDeg?: number } = {},
): MemberPosition {
  return {
    memberId,
    deviceId: `${memberId}-phone`,
    name: names[memberId],
    me: memberId === 'ana',
    mode: 'precise',
    fix: { lat, lng, accuracyM: 10, headingDeg, speedMps: 12, atMs: jamz.nowMs - ageMs },
  };
}
