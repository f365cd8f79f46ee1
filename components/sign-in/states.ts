import { type ErrorCode, JamzError } from '../../sdk/index.ts';
import {
  type ElementState,
  type ElementStates,
  later,
  press,
  pressOpen,
  type,
  type World,
} from '../shared/testing/element-state.ts';
import { ana } from '../shared/testing/fake-jamz.ts';
import type { JamzSignIn } from './jamz-sign-in.ts';

/** Everything that `<jamz-sign-in>` can look like. */
export const signInStates: ElementStates = {
  tag: 'jamz-sign-in',
  of: 'client',
  states: [
    { name: 'guest', prepare: nobody },
    { name: 'sign-in', prepare: nobody, act: (_world, element) => mode(element, 2) },
    { name: 'sign-up', prepare: nobody, act: (_world, element) => mode(element, 3) },
    {
      name: 'missing-fields',
      prepare: nobody,
      async act(_world, element) {
        await mode(element, 3);
        element.renderRoot.querySelector('form')?.requestSubmit();
      },
    },
    refused('wrong-password', 'unauthenticated'),
    refused('offline', 'unavailable'),
    refused('rate-limited', 'rate-limited'),
    { name: 'forgot', prepare: nobody, act: (_world, element) => forgot(element) },
    {
      name: 'forgot-sent',
      prepare: nobody,
      async act(_world, element) {
        await forgot(element);
        await type(element, '#email', 'ana@example.org');
        element.renderRoot.querySelector('form')?.requestSubmit();
        await later();
      },
    },
    {
      name: 'address-not-confirmed',
      prepare: ({ jamz }) =>
        jamz.user$.next({ ...ana, email: 'ana@example.org', emailVerified: false }),
    },
    { name: 'guest-here', prepare: ({ jamz }) => jamz.user$.next({ ...ana, guest: true }) },
    {
      name: 'guest-upgrade',
      prepare: ({ jamz }) => jamz.user$.next({ ...ana, guest: true }),
      act: (_world, element) => pressOpen(element, '.account .link'),
    },
    {
      name: 'invitation',
      prepare(world, element) {
        nobody(world);
        Object.assign(element as JamzSignIn, {
          inviteCode: 'road-trip',
          ask: async () => new Response('{"groupName":"Coast trip"}'),
        });
      },
      act: () => later(),
    },
    {
      name: 'invitation-spent',
      prepare(world, element) {
        nobody(world);
        Object.assign(element as JamzSignIn, {
          inviteCode: 'spent',
          ask: async () => new Response('{}', { status: 404 }),
        });
      },
      act: () => later(),
    },
    {
      name: 'signed-in',
      prepare: ({ jamz }) => jamz.user$.next({ ...ana, email: 'ana@example.org' }),
    },
    {
      name: 'guest-leaving',
      prepare: ({ jamz }) => jamz.user$.next({ ...ana, guest: true }),
      act: (_world, element) => press(element, '.who button'),
    },
    { name: 'bad-configuration', alone: true },
  ],
};

function nobody({ jamz }: World): void {
  jamz.user$.next(null);
}

function mode(element: Parameters<typeof press>[0], nth: number): Promise<void> {
  return press(element, `.segments label:nth-of-type(${nth}) input`);
}

async function forgot(element: Parameters<typeof press>[0]): Promise<void> {
  await mode(element, 2);
  await press(element, 'form > .link');
}

function refused(name: string, code: ErrorCode): ElementState {
  return {
    name,
    prepare(world, element) {
      nobody(world);
      (element as JamzSignIn).now = () => world.jamz.nowMs;
      world.jamz.answerSignIn = () =>
        Promise.reject(new JamzError(code, 'No.', { retryAfterMs: 30_000 }));
    },
    async act(_world, element) {
      await mode(element, 2);
      await type(element, '#email', 'ana@example.org');
      await type(element, '#password', 'road song');
      element.renderRoot.querySelector('form')?.requestSubmit();
      await later();
    },
  };
}
