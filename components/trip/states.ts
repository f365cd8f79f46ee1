import { groupStates } from '../shared/testing/common-states.ts';
import {
  type ElementState,
  type ElementStates,
  press,
  pressOpen,
  rendered,
  type StatedElement,
  type World,
} from '../shared/testing/element-state.ts';
import { withCrew } from '../shared/testing/people.ts';
import type { JamzTrip } from './jamz-trip.ts';
import { harbourTrip, link, minuteMs, startMs } from './trip-fixture.ts';

/** Everything that `<jamz-trip>` can look like without street tiles. */
export const tripStates: ElementStates = {
  tag: 'jamz-trip',
  of: 'group',
  blockSize: '40em',
  states: [
    ...groupStates(withTrip).map((state) => settled(state)),
    settled({ name: 'at-a-message', prepare: withTrip, act: (_world, element) => at(element, 2) }),
    settled({ name: 'in-a-tunnel', prepare: withTrip, act: (_world, element) => at(element, 5) }),
    settled({
      name: 'following',
      prepare: withTrip,
      async act(_world, element) {
        await at(element, 7);
        await press(element, '.who:nth-of-type(2)');
      },
    }),
    settled({ name: 'at-the-end', prepare: withTrip, act: (_world, element) => at(element, 10) }),
    settled({
      name: 'no-songs',
      prepare(world) {
        withTrip(world);
        world.group.trips.answer = { ...harbourTrip, songs: [], likes: [], messages: [] };
      },
    }),
    settled({
      name: 'long-and-thinned',
      prepare(world) {
        withTrip(world);
        const gaps = [{ fromMs: startMs + 2 * minuteMs, untilMs: startMs + 3 * minuteMs }];
        world.group.trips.answer = { ...harbourTrip, everyMs: 10_000, gaps, unseenCount: 2 };
      },
    }),
    settled({
      name: 'nothing-recorded',
      prepare(world) {
        withTrip(world);
        const nobody = { travellers: [], songs: [], messages: [], likes: [], unseenCount: 0 };
        world.group.trips.answer = { ...harbourTrip, ...nobody };
      },
    }),
    settled({
      name: 'nobody-agreed',
      prepare(world) {
        withTrip(world);
        const nobody = { travellers: [], songs: [], messages: [], likes: [], unseenCount: 3 };
        world.group.trips.answer = { ...harbourTrip, ...nobody };
      },
    }),
    settled({
      name: 'not-loaded',
      prepare(world) {
        withCrew(world);
        world.group.trips.failure = failure('unavailable', 'The server does not answer.');
      },
    }),
    settled({
      name: 'link-expired',
      prepare({ jamz, group }, element) {
        (element as JamzTrip).code = 'q3Zr8';
        (element as JamzTrip).client = jamz;
        group.trips.links = [];
        jamz.trips.failure = failure('gone', 'This link has expired.');
      },
    }),
    settled({
      name: 'by-link',
      prepare({ jamz }, element) {
        (element as JamzTrip).code = 'q3Zr8';
        (element as JamzTrip).client = jamz;
        jamz.trips.answer = harbourTrip;
      },
    }),
    settled({ name: 'sharing', prepare: withTrip, act: (_world, element) => openShare(element) }),
    settled({
      name: 'asked',
      prepare(world) {
        withTrip(world);
        world.group.trips.links = [
          link(),
          link({
            id: 'link-2',
            title: 'Sunday',
            sharedBy: 'ana',
            consents: [{ userId: 'ana', answer: 'yes' }],
          }),
        ];
      },
      act: (_world, element) => openShare(element),
    }),
  ],
};

function withTrip(world: World): void {
  withCrew(world);
  world.group.trips.answer = harbourTrip;
}

/** Shows the same on every machine: the same span, and nothing is asked of a state before the room is there. */
function settled(state: ElementState): ElementState {
  return {
    ...state,
    prepare(world, element) {
      Object.assign(element, { from: harbourTrip.fromMs, until: harbourTrip.untilMs });
      state.prepare?.(world, element);
    },
    async act(world, element) {
      const waits = state.name !== 'loading' && !state.alone;
      const isBone = (): boolean => !!element.renderRoot.querySelector('.stage.bone');
      await rendered(element, () => !(waits && isBone()) && !unopened(element));
      if (element.isConnected) await state.act?.(world, element);
    },
  };
}

/** Has a map whose ground is not there yet. */
function unopened({ renderRoot }: StatedElement): boolean {
  return !!renderRoot.querySelector('.grounds') && !renderRoot.querySelector('.scale');
}

/** By keyboard, in tenths of the way. */
async function at(element: StatedElement, tenths: number): Promise<void> {
  const line = element.renderRoot.querySelector<HTMLElement>('.line');
  if (!line) throw new Error('<jamz-trip> has no time line in this state');
  for (const key of ['Home', ...new Array<string>(tenths).fill('PageUp')]) {
    line.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }
  await element.updateComplete;
}

async function openShare(element: StatedElement): Promise<void> {
  await pressOpen(element, '.share');
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
