import { JamzError, type PushState } from '../../sdk/index.ts';
import { status } from '../shared/testing/common-states.ts';
import { serverOfPhotos } from '../shared/testing/drawn-photo.ts';
import {
  type ElementState,
  type ElementStates,
  later,
  press,
  type StatedElement,
  type,
  type World,
} from '../shared/testing/element-state.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { ana } from '../shared/testing/fake-jamz.ts';
import { codesStates } from './codes-states.ts';
import { known, opened, submit } from './opened-state.ts';

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
    {
      name: 'photo',
      prepare(world) {
        known(world);
        world.jamz.server = serverOfPhotos;
        world.jamz.profile$.next({ name: ana.name, photoFileId: 'p', aiOptIn: true });
      },
    },
    {
      name: 'photo-refused',
      prepare(world) {
        known(world);
        world.jamz.failure = new JamzError('unsupported-type', 'This is no picture.');
      },
      act: (_world, element) => choosePhoto(element),
    },
    {
      name: 'address-not-confirmed',
      prepare(world) {
        known(world);
        world.jamz.user$.next({ ...ana, email: 'ana@example.org', emailVerified: false });
      },
    },
    {
      name: 'mail-sent-again',
      prepare(world) {
        known(world);
        world.jamz.user$.next({ ...ana, email: 'ana@example.org', emailVerified: false });
      },
      act: (_world, element) => press(element, '.verify .link'),
    },
    opened('upgrade', 'guest', guest),
    {
      ...opened('upgrade', 'guest-upgrade-wrong', guest),
      async act(world, element) {
        await opened('upgrade', 'guest', guest).act?.(world, element);
        element.renderRoot.querySelector<HTMLFormElement>('form.upgrade')?.requestSubmit();
      },
    },
    opened('sign-in', 'email-and-password'),
    {
      ...opened('sign-in', 'password-refused'),
      async act(world, element) {
        await opened('sign-in', 'email-and-password').act?.(world, element);
        await type(element, '#password-new', 'password1');
        await type(element, '#password-current', 'road sing');
        world.jamz.failure = new JamzError('invalid', 'This password is easily guessed.');
        submit(element, '[part=change-password]');
        await later();
      },
    },
    {
      ...opened('sign-in', 'address-asked'),
      async act(world, element) {
        await opened('sign-in', 'email-and-password').act?.(world, element);
        submit(element, '[part=change-password]');
        await type(element, '#email-new', 'ana@road.example');
        await type(element, '#email-current', 'road song');
        submit(element, '[part=change-email]');
        await later();
      },
    },
    ...codesStates,
    ...(['off', 'on', 'denied', 'unsupported'] as const).map(
      (state: PushState): ElementState =>
        opened('push', `notifications-${state}`, ({ jamz }) => jamz.fakePush.state$.next(state)),
    ),
    opened('push', 'notifications-quiet', ({ jamz }) => {
      jamz.fakePush.state$.next('on');
      const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Vienna' };
      jamz.fakePush.wants = { ...jamz.fakePush.wants, quiet };
    }),
    opened('devices', 'devices', withDevices),
    opened('devices', 'devices-offline', (world) => {
      world.jamz.failure = new JamzError('unavailable', 'No answer.');
    }),
    {
      ...opened('devices', 'everywhere-else', withDevices),
      async act(world, element) {
        await opened('devices', 'devices', withDevices).act?.(world, element);
        await press(element, '.everywhere');
      },
    },
    opened('history', 'where-you-were'),
    {
      ...opened('history', 'history-deleting'),
      async act(world, element) {
        await opened('history', 'where-you-were').act?.(world, element);
        await press(element, '.forget');
      },
    },
    opened('data', 'data'),
    {
      ...opened('data', 'deleting'),
      async act(world, element) {
        await opened('data', 'data').act?.(world, element);
        await press(element, '.begin-delete');
      },
    },
    {
      ...opened('data', 'delete-wrong-password'),
      async act(world, element) {
        await opened('data', 'data').act?.(world, element);
        await press(element, '.begin-delete');
        await type(element, '#delete-password', 'road sing');
        world.jamz.failure = new JamzError('forbidden', 'The password is not right.');
        element.renderRoot.querySelector<HTMLFormElement>('form.delete')?.requestSubmit();
        await later();
      },
    },
  ],
};

function guest({ jamz }: World): void {
  jamz.user$.next({ ...ana, guest: true });
}

function withDevices({ jamz }: World): void {
  const hourMs = 3_600_000;
  const device = (id: string, name: string, agoMs: number) => ({
    id,
    name,
    createdAtMs: 0,
    lastUsedAtMs: jamz.nowMs - agoMs,
    current: agoMs === 0,
  });
  jamz.devices = [
    device('1', 'Chrome on Android', 0),
    device('2', 'Firefox on Linux', 3 * hourMs),
    device('3', 'Safari on iPad', 50 * hourMs),
  ];
}

async function choosePhoto(element: StatedElement): Promise<void> {
  const input = element.renderRoot.querySelector<HTMLInputElement>('.photo input');
  const files = new DataTransfer();
  files.items.add(new File(['no picture'], 'notes.txt'));
  if (input) input.files = files.files;
  input?.dispatchEvent(new Event('change', { bubbles: true }));
  await later();
}
