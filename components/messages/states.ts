import { JamzError, type Message } from '../../sdk/index.ts';
import { groupStates, status } from '../shared/testing/common-states.ts';
import {
  type ElementStates,
  type StatedElement,
  type,
  type World,
} from '../shared/testing/element-state.ts';
import { withCrew } from '../shared/testing/people.ts';

/** Everything that `<jamz-messages>` can look like. */
export const messagesStates: ElementStates = {
  tag: 'jamz-messages',
  of: 'group',
  blockSize: '26em',
  states: [
    ...groupStates(talk),
    { name: 'empty' },
    {
      name: 'writing',
      prepare: talk,
      act: (_world, element) =>
        type(element, 'textarea', 'Out of the tunnel now.\nNext stop at the lake?'),
    },
    {
      name: 'waiting',
      prepare(world) {
        talk(world);
        world.jamz.status$.next(status.offline);
        world.group.send = (text) => {
          const { value } = world.group.messages$;
          world.group.messages$.next([...value, said(world, 'w', 'ana', text, 0)]);
          return { opId: 'w', acked: new Promise(() => {}) };
        };
      },
      async act(_world, element) {
        await type(element, 'textarea', 'Anyone else in the dark?');
        element.renderRoot.querySelector('form')?.requestSubmit();
      },
    },
    {
      name: 'refused',
      prepare(world) {
        talk(world);
        world.jamz.setAside$.next([
          {
            opId: 'x',
            scope: 'g:crew',
            summary: 'send “Wait for me at the fork”',
            opType: 'messages.send',
            reason: new JamzError('forbidden', 'An owner has paused the chat.'),
            setAsideAtMs: world.jamz.nowMs,
            retry: () => {},
            discard: () => {},
          },
        ]);
      },
    },
    { name: 'older-messages', prepare: longTalk, act: (_world, element) => readBack(element) },
    {
      name: 'older-offline',
      prepare(world) {
        longTalk(world);
        world.group.olderMessages = () =>
          Promise.reject(new JamzError('unavailable', 'No answer.'));
      },
      act: (_world, element) => readBack(element),
    },
    {
      name: 'new-messages',
      prepare: talk,
      async act(world, element) {
        const log = element.renderRoot.querySelector('.log');
        if (!log) return;
        log.scrollTop = 0;
        log.dispatchEvent(new Event('scroll'));
        world.group.messages$.next([
          ...world.group.messages$.value,
          said(world, 'n1', 'chi', 'We are at the lake.', 0),
          said(world, 'n2', 'chi', 'Bring the blue cooler.', 0),
        ]);
      },
    },
  ],
};

/** More than a group holds. */
function longTalk(world: World): void {
  withCrew(world);
  world.group.messages$.next(
    Array.from({ length: 200 }, (_, index) =>
      said(world, `${index}`, index % 3 === 0 ? 'bo' : 'ana', `Kilometre ${index}`, 400 - index),
    ),
  );
  world.group.olderMessages = () => new Promise(() => {});
}

async function readBack(element: StatedElement): Promise<void> {
  const log = element.renderRoot.querySelector('.log');
  if (!log) return;
  log.scrollTop = 0;
  log.dispatchEvent(new Event('scroll'));
  await new Promise((resolve) => setTimeout(resolve));
}

function talk(world: World): void {
  withCrew(world);
  world.group.messages$.next([
    said(world, '1', 'bo', 'Fuel at exit 14?', 60 * 26),
    said(world, '2', 'ana', 'Yes, ten minutes', 60 * 26 - 1),
    said(world, '3', 'bo', 'Left at the fork', 14),
    said(
      world,
      '4',
      'bo',
      'Then through the long tunnel, it is 3 km, so the map will stand still for a while',
      13,
    ),
    {
      ...said(world, '5', 'chi', 'Map with the viewpoints: https://maps.example/coast?day=2', 12),
      editedAtMs: world.jamz.nowMs,
    },
    said(world, '6', 'ana', 'Perfect', 3),
    said(world, '7', 'ana', 'I put your song next', 2),
  ]);
}

function said(
  { jamz }: World,
  messageId: string,
  authorId: string,
  text: string,
  minutesAgo: number,
): Message {
  const sentAtMs = jamz.nowMs - minutesAgo * 60_000;
  return { messageId, authorId, text, sentAtMs, editedAtMs: null };
}
