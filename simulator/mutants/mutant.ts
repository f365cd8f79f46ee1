import type { FaultKind } from '../actors/plan.ts';
import type { PhoneDecorations } from '../world/phone-decorations.ts';
import type { ServerDecorations } from '../world/server-process.ts';

/** A realistic bug, put into a world when it is built. */
export interface Mutant {
  readonly name: string;
  /** What somebody got wrong. */
  readonly bug: string;
  /** Faults without which it hardly shows: struck more often than others. */
  readonly favours?: readonly FaultKind[];
  readonly phone?: PhoneDecorations;
  readonly server?: ServerDecorations;
  /** For what no decoration reaches: changes a class for the time of a run. @returns puts it back */
  begin?(): () => void;
}

export const noMutant: Mutant = { name: 'none', bug: 'Nothing is wrong.' };

/**
 * Puts another method in the place of a class's own.
 *
 * @param make the method to use instead, from the one that is there
 * @returns puts the old one back
 */
export function replaced<Class extends object, Name extends keyof Class>(
  prototype: Class,
  name: Name,
  make: (own: Class[Name]) => Class[Name],
): () => void {
  const own = prototype[name];
  prototype[name] = make(own);
  return () => {
    prototype[name] = own;
  };
}
