import { groupStates } from '../shared/testing/common-states.ts';
import {
  type ElementStates,
  press,
  pressOpen,
  type World,
} from '../shared/testing/element-state.ts';
import { entry, sent, silence } from '../shared/testing/fake-group.ts';
import { withCrew } from '../shared/testing/people.ts';

const songs = [
  entry('a', { title: 'Road Song', artist: 'The Tunnels', likes: 2, likedByMe: true }),
  entry('b', {
    title: 'Rain on the Windscreen',
    artist: 'Mile Markers',
    addedBy: 'bo',
    durationMs: 241_000,
  }),
  entry('c', {
    title: 'A Very Long Song Title That Nobody Could Fit on One Line of a Phone',
    addedBy: 'chi',
    likes: 14,
  }),
  entry('d', { title: 'Exit 14', artist: 'Night Drivers', addedBy: 'bo', durationMs: 3_725_000 }),
];

/** Everything that `<jamz-playlist>` can look like. */
export const playlistStates: ElementStates = {
  tag: 'jamz-playlist',
  of: 'group',
  blockSize: '22em',
  states: [
    ...groupStates(filled),
    { name: 'empty' },
    { name: 'paused', prepare: (world) => filled(world, false) },
    {
      name: 'editing',
      prepare: (world) => filled(world),
      act: (_world, element) => press(element, '.toggle-edit'),
    },
    {
      name: 'adding',
      prepare: (world) => filled(world),
      act: (_world, element) => pressOpen(element, '[part=add]'),
    },
    {
      name: 'wrong-address',
      prepare: (world) => filled(world),
      async act(_world, element) {
        await pressOpen(element, '[part=add]');
        const address = element.renderRoot.querySelector<HTMLInputElement>('#address');
        if (address) address.value = 'not an address';
        element.renderRoot
          .querySelector('form')
          ?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
      },
    },
    {
      name: 'undo',
      prepare: (world) => filled(world),
      async act(_world, element) {
        await press(element, '.toggle-edit');
        await press(element, '[part~=remove]');
      },
    },
    {
      name: 'on-its-way',
      prepare(world) {
        filled(world);
        const held = entry('e', { title: 'Lighthouse', fileId: '~song' });
        const takenDown = entry('f', { title: 'Not ours', fileId: 'song', takenDown: true });
        world.group.playlist$.next([...songs, held, takenDown]);
      },
    },
    {
      name: 'ten-thousand',
      prepare(world) {
        withCrew(world);
        world.group.playlist$.next(
          Array.from({ length: 10_000 }, (_, index) =>
            entry(`t${index}`, { title: `Song ${index + 1}` }),
          ),
        );
      },
    },
  ],
};

function filled(world: World, playing = true): void {
  withCrew(world);
  const { jamz, group } = world;
  group.removeTrack = (itemId) => {
    group.playlist$.next(group.playlist$.value.filter((one) => one.itemId !== itemId));
    return sent;
  };
  group.playlist$.next(songs);
  const [, item = null] = songs;
  group.nowPlaying$.next({
    ...silence,
    item,
    playing,
    atServerMs: jamz.nowMs,
    durationMs: 241_000,
    by: 'bo',
  });
}
