import { Replica } from '../../sdk/sync/replica.ts';
import { type Mutant, replaced } from './mutant.ts';

/** Bugs between the tabs of one browser. */
export const tabMutants: readonly Mutant[] = [
  {
    name: 'other-tabs-unheard',
    bug: 'What another tab has put into the journal is not looked at before the next start.',
    begin: () => replaced(Replica.prototype, 'adopt', () => () => {}),
  },
  {
    name: 'follower-stands-still',
    bug: 'A tab that follows folds nothing of what the leading one tells.',
    favours: ['second-tab'],
    phone: {
      follower({ replica }) {
        replica.receive = () => false;
      },
    },
  },
  {
    name: 'refused-elsewhere-stays-shown',
    bug: 'A tab that follows does not undo what the server refused.',
    favours: ['second-tab', 'tunnel'],
    phone: {
      follower({ replica }) {
        replica.verdicts.refused = () => {};
      },
    },
  },
];
