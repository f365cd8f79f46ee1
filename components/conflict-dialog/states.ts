import type { Conflict } from '../../sdk/index.ts';
import {
  type ElementState,
  type ElementStates,
  press,
  type World,
} from '../shared/testing/element-state.ts';
import { sent } from '../shared/testing/fake-group.ts';
import type { JamzConflictDialog } from './jamz-conflict-dialog.ts';

/** Everything that `<jamz-conflict-dialog>` can look like. */
export const conflictDialogStates: ElementStates = {
  tag: 'jamz-conflict-dialog',
  of: 'client',
  states: [
    { name: 'nothing-to-ask' },
    { name: 'badge', prepare: (world) => ask(world, name(world)) },
    opened('one', 560, (world) => [name(world)]),
    opened('several', 660, (world) => [name(world), photo(world), assistant(world)]),
    opened('many', 720, (world) =>
      [1, 2, 3, 4].map((id) => ({ ...name(world), id: `name-${id}` })),
    ),
    {
      ...opened('answered-elsewhere', 320, (world) => [name(world)]),
      async act(world, element) {
        await open(element);
        world.jamz.conflicts$.next([]);
      },
    },
    {
      ...opened('partly-answered-elsewhere', 640, (world) => [name(world), assistant(world)]),
      async act(world, element) {
        await open(element);
        world.jamz.conflicts$.next([assistant(world)]);
      },
    },
    {
      ...opened('undo', 180, (world) => [name(world)]),
      async act(world, element) {
        await open(element);
        await press(element, '.card .button');
        world.jamz.conflicts$.next([]);
      },
    },
  ],
};

function opened(
  state: string,
  overlayPx: number,
  conflicts: (world: World) => readonly Conflict[],
): ElementState {
  return {
    name: state,
    overlayPx,
    prepare(world, element) {
      ask(world, ...conflicts(world));
      // What goes away by itself stays, so that it can be looked at.
      (element as JamzConflictDialog).in = () => () => {};
    },
    act: (_world, element) => open(element),
  };
}

async function open(element: HTMLElement): Promise<void> {
  const dialog = element as JamzConflictDialog;
  dialog.open();
  await dialog.updateComplete;
}

function ask({ jamz }: World, ...conflicts: readonly Conflict[]): void {
  jamz.profile$.next({ name: 'Ana Novak-Lind', photoFileId: null, aiOptIn: true });
  jamz.conflicts$.next(conflicts);
}

function name({ jamz }: World): Conflict {
  return {
    id: 'name-1',
    field: 'name',
    mine: 'Ana Novak-Lind',
    theirs: 'Ana Lind',
    mineIsHere: true,
    mineAtMs: jamz.nowMs - 2 * 60_000,
    theirsAtMs: jamz.nowMs - 4 * 60_000,
    keepMine: () => sent,
    keepTheirs: () => sent,
    keep: () => sent,
  };
}

function photo(world: World): Conflict {
  return { ...name(world), id: 'photo-1', field: 'photoFileId', mine: 'file-1', theirs: null };
}

function assistant(world: World): Conflict {
  return { ...name(world), id: 'ai-1', field: 'aiOptIn', mine: true, theirs: false };
}
