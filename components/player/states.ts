import type { ListenerState, NowPlaying } from '../../sdk/index.ts';
import { groupStates } from '../shared/testing/common-states.ts';
import {
  type ElementState,
  type ElementStates,
  press,
  type World,
} from '../shared/testing/element-state.ts';
import { entry, silence } from '../shared/testing/fake-group.ts';
import { withCrew } from '../shared/testing/people.ts';

const road = entry('road', {
  title: 'Road Song',
  artist: 'The Tunnels',
  likes: 2,
  likedByMe: true,
});
const rain = entry('rain', { title: 'Rain on the Windscreen' });

/** Everything that `<jamz-player>` can look like. */
export const playerStates: ElementStates = {
  tag: 'jamz-player',
  of: 'group',
  states: [
    ...groupStates((world) => sounding(world)),
    { name: 'empty' },
    {
      name: 'nothing-chosen',
      prepare: (world) =>
        sounding(world, { item: null, durationMs: null, playing: false, positionMs: 0 }),
    },
    { name: 'paused', prepare: (world) => sounding(world, { playing: false }) },
    {
      name: 'artwork',
      prepare(world) {
        sounding(world);
        world.group.answerArtworkUrl = artwork;
      },
    },
    {
      name: 'long-titles',
      prepare(world) {
        const title = 'A Very Long Song Title That Nobody Could Ever Fit on One Line of a Phone';
        sounding(world, {
          item: { ...road, title, artist: 'The Whole of the Coast Road Philharmonic' },
        });
      },
    },
    { name: 'ended', prepare: (world) => sounding(world, { positionMs: 180_000, nextItem: null }) },
    listening('listening', { kind: 'playing' }),
    listening('buffering', { kind: 'buffering' }),
    listening('autoplay-blocked', { kind: 'blocked' }),
    listening('audio-missing', {
      kind: 'failed',
      message: 'The sound of this track cannot be had. Ask who added it to upload it again.',
    }),
    {
      ...listening('catching-up', { kind: 'playing' }),
      async act({ group }, element) {
        await press(element, '[part~=listen]');
        group.listener.state$.next({ kind: 'playing' });
        group.listener.driftMs$.next(-24_000);
      },
    },
  ],
};

function sounding({ jamz, group, ...world }: World, patch: Partial<NowPlaying> = {}): void {
  withCrew({ jamz, group, ...world });
  group.playlist$.next([road, rain]);
  group.answerPeaks = Array.from(
    { length: 160 },
    (_, index) => Math.abs(Math.sin(index / 3) * Math.cos(index / 17)) * 0.8 + 0.12,
  );
  group.nowPlaying$.next({
    ...silence,
    item: road,
    playing: true,
    positionMs: 68_000,
    atServerMs: jamz.nowMs,
    durationMs: 180_000,
    nextItem: rain,
    by: 'bo',
    ...patch,
  });
}

function listening(name: string, state: ListenerState): ElementState {
  return {
    name,
    prepare: (world) => sounding(world),
    async act({ group }, element) {
      await press(element, '[part~=listen]');
      group.listener.buffered$.next([[0, 0.6]]);
      group.listener.state$.next(state);
    },
  };
}

/** A cover of the fake band, drawn here. */
const artwork: string = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="#243b6b"/><circle cx="54" cy="28" r="14" fill="#f2a33c"/><path d="M0 80 30 40l16 20 12-12 22 32z" fill="#c2452d"/></svg>',
)}`;
