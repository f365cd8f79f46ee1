import { JamzError } from '../../sdk/index.ts';
import {
  type ElementState,
  later,
  press,
  rendered,
  type StatedElement,
  type,
  type World,
} from '../shared/testing/element-state.ts';
import { opened, submit } from './opened-state.ts';

/** Codes beside the password, from the first look to the end of them. */
export const codesStates: readonly ElementState[] = [
  opened('codes', 'codes-off'),
  after(opened('codes', 'codes-wrong-password'), async (world, element) => {
    world.jamz.failure = new JamzError('forbidden', 'The password is wrong: nothing was changed');
    await begin(element);
  }),
  after(opened('codes', 'codes-key'), (_world, element) => offered(element)),
  after(opened('codes', 'codes-wrong-code'), async (world, element) => {
    await offered(element);
    world.jamz.failure = new JamzError('invalid', 'This code is wrong or was used already');
    await confirm(element);
  }),
  after(opened('codes', 'codes-recovery'), async (_world, element) => {
    await offered(element);
    await confirm(element);
  }),
  opened('codes', 'codes-on', withCodes(10)),
  opened('codes', 'codes-few-left', withCodes(1)),
  after(opened('codes', 'codes-ending', withCodes(7)), (_world, element) =>
    press(element, '.turn-off'),
  ),
  opened('codes', 'codes-offline', ({ jamz }) => {
    jamz.failure = new JamzError('unavailable', 'No answer.');
  }),
];

function withCodes(left: number): (world: World) => void {
  return ({ jamz }) => {
    jamz.codesLeft = left;
  };
}

function after(
  state: ElementState,
  act: (world: World, element: StatedElement) => Promise<void>,
): ElementState {
  return {
    ...state,
    async act(world, element) {
      await state.act?.(world, element);
      await act(world, element);
    },
  };
}

async function begin(element: StatedElement): Promise<void> {
  await type(element, '#codes-password', 'a road song by night');
  submit(element, '[part=codes]');
  await later();
}

/** The key is shown, its picture too. */
async function offered(element: StatedElement): Promise<void> {
  await begin(element);
  await rendered(element, () => element.renderRoot.querySelector('.qr svg') !== null);
}

async function confirm(element: StatedElement): Promise<void> {
  await type(element, '#codes-code', '287082');
  submit(element, '[part=codes]');
  await later();
}
