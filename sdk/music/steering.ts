export type Steering =
  | { readonly kind: 'hold' }
  /** Play at `rate` times the track's own speed. */
  | { readonly kind: 'nudge'; readonly rate: number }
  /** Start anew at the right place. */
  | { readonly kind: 'jump' };

export interface SteeringLimits {
  /** Beyond this a jump is heard less than the minutes that nudging would take. */
  readonly jumpBeyondMs: number;
  /** Within this nothing is done. */
  readonly deadBandMs: number;
}

/** Small enough that nobody hears the pitch move: 0.5 % is 8.6 cents. */
export const maxNudge = 0.005;

export const steadyLimits: SteeringLimits = { jumpBeyondMs: 200, deadBandMs: 1 };

/** A distance is worked off over about this time, so that measuring noise does not swing the rate. */
const horizonMs = 3_000;

/**
 * How a loudspeaker gets back to where the group is.
 *
 * @param driftMs how far ahead of the group it is; negative: behind
 * @param isNudging whether a nudge is under way: it goes on to a quarter of the dead band, so that it ends once
 */
export function steer(driftMs: number, isNudging: boolean, limits: SteeringLimits): Steering {
  const distanceMs = Math.abs(driftMs);
  if (distanceMs > limits.jumpBeyondMs) return { kind: 'jump' };
  if (distanceMs <= (isNudging ? limits.deadBandMs / 4 : limits.deadBandMs))
    return { kind: 'hold' };
  const wanted = -driftMs / horizonMs;
  return { kind: 'nudge', rate: 1 + Math.min(maxNudge, Math.max(-maxNudge, wanted)) };
}

/** The middle of the last few values: one late timer or slow read does not steer. */
export class RecentMedian {
  readonly #size: number;
  #values: number[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  add(value: number): void {
    this.#values = [...this.#values, value].slice(-this.#size);
  }

  /** Undefined until a majority of its values is there. */
  get value(): number | undefined {
    if (this.#values.length * 2 <= this.#size) return undefined;
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }

  clear(): void {
    this.#values = [];
  }
}
