import { JamzError } from '../../sdk/index.ts';
import { groupStates } from '../shared/testing/common-states.ts';
import { serverOfPhotos } from '../shared/testing/drawn-photo.ts';
import {
  type ElementState,
  type ElementStates,
  later,
  press,
  pressOpen,
  type StatedElement,
  type,
} from '../shared/testing/element-state.ts';
import { member } from '../shared/testing/fake-group.ts';
import { withCrew } from '../shared/testing/people.ts';

/** Everything that `<jamz-members>` can look like. */
export const membersStates: ElementStates = {
  tag: 'jamz-members',
  of: 'group',
  states: [
    ...groupStates(withCrew),
    {
      name: 'alone',
      prepare: ({ group }) => group.members$.next([member('ana', 'Ana Novak', 'owner')]),
    },
    {
      name: 'opened',
      prepare: withCrew,
      act: (_world, element) => press(element, '.member:nth-child(2) button'),
    },
    { name: 'reporting', prepare: withCrew, act: (_world, element) => report(element) },
    {
      name: 'report-missing',
      prepare: withCrew,
      async act(_world, element) {
        await report(element);
        element.renderRoot.querySelector('form')?.requestSubmit();
      },
    },
    {
      name: 'reported',
      prepare: withCrew,
      async act(_world, element) {
        await report(element);
        await type(element, '#reason', 'Shouts at everybody.');
        element.renderRoot.querySelector('form')?.requestSubmit();
        await later();
      },
    },
    {
      name: 'photos',
      prepare(world) {
        withCrew(world);
        world.jamz.server = serverOfPhotos;
        world.group.members$.next(
          world.group.members$.value.map((one, index) =>
            index === 2 ? one : { ...one, photoFileId: 'p' },
          ),
        );
      },
    },
    { name: 'renaming', prepare: withCrew, act: rename },
    {
      name: 'invitation',
      prepare: withCrew,
      act: (_world, element) => press(element, '.head button'),
    },
    {
      name: 'invitation-failed',
      prepare(world) {
        withCrew(world);
        world.group.invite = () => Promise.reject(new JamzError('unavailable', 'No answer.'));
      },
      act: (_world, element) => press(element, '.head button'),
    },
    {
      name: 'removing',
      prepare: withCrew,
      overlayPx: 360,
      async act(_world, element) {
        await press(element, '.member:nth-child(2) button');
        await press(element, '.actions .danger');
      },
    },
    {
      name: 'many',
      prepare: ({ group }) =>
        group.members$.next([
          member('ana', 'Ana Novak', 'owner'),
          ...Array.from({ length: 40 }, (_, index) =>
            member(`m${index}`, `Traveller ${index + 1}`, 'member'),
          ),
        ]),
    },
  ],
};

async function rename(
  _world: unknown,
  element: Parameters<NonNullable<ElementState['act']>>[1],
): Promise<void> {
  await press(element, '.member button');
  const buttons = [...element.renderRoot.querySelectorAll<HTMLElement>('.actions button')];
  buttons.find((button) => button.textContent?.includes('Change my name'))?.click();
  await element.updateComplete;
}

async function report(element: StatedElement): Promise<void> {
  await press(element, '.member:nth-child(2) button');
  await pressOpen(element, '[part=report-member]');
}
