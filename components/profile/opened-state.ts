import type { Profile } from '../../sdk/index.ts';
import {
  type ElementState,
  pressOpen,
  type StatedElement,
  type World,
} from '../shared/testing/element-state.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { ana } from '../shared/testing/fake-jamz.ts';

/** One of the parts that open, once its code and what it asks the server are there. */
export function opened(
  part: string,
  name: string,
  prepare: (world: World) => void = () => {},
): ElementState {
  return {
    name,
    prepare(world, element) {
      known(world);
      prepare(world);
      Object.assign(element, { now: () => world.jamz.nowMs });
    },
    act: (_world, element) => pressOpen(element, `[data-part=${part}]`),
  };
}

/** Somebody with an account, whose changes show at once. */
export function known({ jamz }: World): void {
  jamz.user$.next({ ...ana, email: 'ana@example.org' });
  jamz.profile$.next({ name: ana.name, photoFileId: null, aiOptIn: true });
  jamz.updateProfile = (patch?: Partial<Profile>) => {
    const { value } = jamz.profile$;
    if (value) jamz.profile$.next({ ...value, ...patch });
    return sent;
  };
}

export function submit(element: StatedElement, button: string): void {
  element.renderRoot.querySelector<HTMLButtonElement>(button)?.click();
}
