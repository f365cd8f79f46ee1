import type { Profile } from '../../sdk/index.ts';
import { status } from '../shared/testing/common-states.ts';
import { type ElementStates, press, type, type World } from '../shared/testing/element-state.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { ana } from '../shared/testing/fake-jamz.ts';

/** Everything that `<jamz-profile>` can look like. */
export const profileStates: ElementStates = {
  tag: 'jamz-profile',
  of: 'client',
  states: [
    { name: 'ready', prepare: known },
    { name: 'loading' },
    { name: 'signed-out', prepare: ({ jamz }) => jamz.user$.next(null) },
    { name: 'bad-configuration', alone: true },
    {
      name: 'typing',
      prepare: known,
      act: (_world, element) => type(element, '#name', 'Ana N.'),
    },
    {
      name: 'no-name',
      prepare: known,
      async act(_world, element) {
        await type(element, '#name', ' ');
        element.renderRoot.querySelector('form')?.requestSubmit();
      },
    },
    {
      name: 'saved-offline',
      prepare(world) {
        known(world);
        world.jamz.status$.next(status.offline);
      },
      async act(_world, element) {
        await type(element, '#name', 'Ana N.');
        element.renderRoot.querySelector('form')?.requestSubmit();
      },
    },
    {
      name: 'changed-elsewhere',
      prepare: known,
      async act({ jamz }, element) {
        await type(element, '#name', 'Ana N.');
        jamz.profile$.next({ name: 'Annie', photoFileId: null, aiOptIn: true });
      },
    },
    {
      name: 'question',
      prepare(world) {
        known(world);
        const keep = () => sent;
        world.jamz.conflicts$.next([
          {
            id: 'name-1',
            field: 'name',
            mine: 'Ana Novak',
            theirs: 'Ana Lind',
            mineIsHere: true,
            mineAtMs: 0,
            theirsAtMs: 0,
            keepMine: keep,
            keepTheirs: keep,
            keep,
          },
        ]);
      },
    },
    {
      name: 'guest-leaving',
      prepare(world) {
        known(world);
        world.jamz.user$.next({ ...ana, guest: true });
      },
      act: (_world, element) => press(element, '[part=sign-out]'),
    },
  ],
};

function known({ jamz }: World): void {
  jamz.user$.next({ ...ana, email: 'ana@example.org' });
  jamz.profile$.next({ name: ana.name, photoFileId: null, aiOptIn: true });
  jamz.updateProfile = (patch?: Partial<Profile>) => {
    const { value } = jamz.profile$;
    if (value) jamz.profile$.next({ ...value, ...patch });
    return sent;
  };
}
