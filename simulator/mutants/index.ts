import { journalMutants } from './journal-mutants.ts';
import { linkMutants } from './link-mutants.ts';
import type { Mutant } from './mutant.ts';
import { replicaMutants } from './replica-mutants.ts';
import { restoreMutants } from './restore-mutants.ts';
import { serverMutants } from './server-mutants.ts';
import { tabMutants } from './tab-mutants.ts';

/** Every bug that the simulator must be able to show. */
export const mutants: readonly Mutant[] = [
  ...serverMutants,
  ...journalMutants,
  ...replicaMutants,
  ...linkMutants,
  ...restoreMutants,
  ...tabMutants,
];
