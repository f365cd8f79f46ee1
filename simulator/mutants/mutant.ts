import type { PhoneDecorations } from '../world/phone.ts';
import type { ServerDecorations } from '../world/server-process.ts';

/** A realistic bug, put into a world when it is built. */
export interface Mutant {
  readonly name: string;
  /** What somebody got wrong. */
  readonly bug: string;
  readonly phone?: PhoneDecorations;
  readonly server?: ServerDecorations;
  /** For what no decoration reaches: changes a class for the time of a run. @returns puts it back */
  begin?(): () => void;
}

export const noMutant: Mutant = { name: 'none', bug: 'Nothing is wrong.' };
