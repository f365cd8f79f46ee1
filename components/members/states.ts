import { JamzError } from '../../sdk/index.ts';
import { groupStates } from '../shared/testing/common-states.ts';
import { type ElementState, type ElementStates, press } from '../shared/testing/element-state.ts';
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
