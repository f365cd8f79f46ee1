import type { FaultKind, Step } from '../actors/plan.ts';
import type { Looks } from '../world/screen.ts';

/** A schedule that once broke a promise, smallest form, as it was printed. */
export interface Found {
  readonly name: string;
  readonly seed: string;
  readonly hours: number;
  readonly steps: readonly Step[];
  /** How often people looked at their phones; the oldest were found in a world in which nobody did. */
  readonly looks?: Looks;
}

/** Steps as a report prints them: when, on whose phone or which server, what, for how long, and its place in the plan. */
export function steps(
  seed: string,
  lines: readonly (readonly [
    at: string,
    who: number,
    kind: 'tap' | FaultKind,
    forMs: number,
    index: number,
  ])[],
): readonly Step[] {
  return lines.map(([at, who, kind, forMs, index]) => {
    const [hours = 0, minutes = 0, seconds = 0] = at.split(':').map(Number);
    const atMs = Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000);
    return { index, atMs, who, kind, forMs, dice: `${seed}/step-${index}` };
  });
}
