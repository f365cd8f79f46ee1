import type { Mutant } from './mutant.ts';

/** Every bug that the simulator must be able to show. */
export const mutants: readonly Mutant[] = [];
