import { JamzError, type Profile } from '../../sdk/index.ts';
import { groupStates } from '../shared/testing/common-states.ts';
import {
  type ElementState,
  type ElementStates,
  press,
  type StatedElement,
  type World,
} from '../shared/testing/element-state.ts';
import { FakeAssistant } from '../shared/testing/fake-assistant.ts';

/** Everything that `<jamz-ai-chat>` can look like. */
export const aiChatStates: ElementStates = {
  tag: 'jamz-ai-chat',
  of: 'group',
  blockSize: '30em',
  states: [
    ...groupStates(agreed),
    { name: 'consent', prepare: answered },
    { name: 'not-configured', prepare: ({ jamz }) => jamz.profile$.next(profile) },
    talk('thinking', () => {}),
    talk('streaming', (assistant) => {
      assistant.say('Two of you liked **Lighthouse** last night, and nobody has ');
    }),
    talk('answered', (assistant) => {
      assistant.say(answer);
      assistant.from(
        { id: '1', kind: 'track', title: 'Lighthouse' },
        { id: '2', kind: 'message', title: 'Bo, 14:02' },
        { id: '3', kind: 'web', title: 'Coast road', url: 'https://coast.example/road' },
      );
      assistant.end();
    }),
    talk('action', offerSong),
    talk('action-done', offerSong, (element) => press(element, '[part=confirm]')),
    talk('action-undone', offerSong, async (element) => {
      await press(element, '[part=confirm]');
      await settle();
      await press(element, '[part=undo]');
    }),
    talk(
      'action-refused',
      (assistant) => {
        assistant.say('I can skip it for you.');
        const refused = new JamzError('forbidden', 'Only owners control the music here.');
        assistant.offer('skip', 'Skip this track', { confirm: () => Promise.reject(refused) });
        assistant.end();
      },
      (element) => press(element, '[part=confirm]'),
    ),
    talk(
      'stopped',
      (assistant) => assistant.say('The lake is 40 km ahead, and'),
      (element) => press(element, '[part=stop]'),
    ),
    talk('interrupted', (assistant) => {
      assistant.say('The lake is 40 km ahead, and the road');
      assistant.fail(new JamzError('unavailable', 'The link broke.'));
    }),
    talk('refused', (assistant) => assistant.fail(new JamzError('forbidden', 'Not here.'))),
    talk('too-fast', (assistant) => assistant.fail(new JamzError('rate-limited', 'Wait.'))),
    {
      name: 'private',
      prepare: agreed,
      act: (_world, element) => press(element, '[part=private]'),
    },
  ],
};

const answer = `Try **Lighthouse** next: two of you liked it, and it has not been played since Tuesday.

1. *Lighthouse*, 4:12
2. *Exit 14*, 3:05
3. *Road Song*, which Bo [asked for](https://coast.example/bo)

| | played | liked |
| --- | --- | --- |
| Lighthouse | 2 | 2 |
| Exit 14 | 5 | 1 |

> Quiet ones only, please. (Chi, at the fuel stop)`;

const profile: Profile = { name: 'Ana Novak', photoFileId: null, aiOptIn: true };

/** There is an assistant. */
function answered({ jamz }: World): void {
  jamz.assistant = new FakeAssistant();
}

/** And it may read along. */
function agreed(world: World): void {
  answered(world);
  world.jamz.profile$.next(profile);
}

/** A question was asked, and then. */
function talk(
  name: string,
  say: (assistant: FakeAssistant) => void,
  act: (element: StatedElement) => Promise<void> = async () => {},
): ElementState {
  return {
    name,
    prepare: (world) => agreed(world),
    async act(world, element) {
      const { assistant } = world.jamz;
      if (!(assistant instanceof FakeAssistant)) return;
      await press(element, '[part=prompt]');
      say(assistant);
      await element.updateComplete;
      await act(element);
      await settle();
    },
  };
}

function offerSong(assistant: FakeAssistant): void {
  assistant.say('**Lighthouse** fits: it is calm, and two of you like it.');
  assistant.offer('add', 'Add “Lighthouse” to the playlist', {
    detail: 'After “Road Song”, for everybody in the group.',
  });
  assistant.end();
}

/** What was confirmed answers in a turn of its own. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
