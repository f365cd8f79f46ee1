/** What a phone has of the network, and why. */
export type Coverage =
  | { readonly kind: 'good' }
  | { readonly kind: 'none'; readonly because: 'tunnel' | 'switch' };

export interface CoverageCauses {
  /** The car is in one of the route's tunnels. */
  readonly inTunnel: boolean;
  /** The person's own switch. */
  readonly switchedOff: boolean;
}

/** The switch outlasts a tunnel: who turned it on by hand turns it off by hand. */
export function coverageOf({ inTunnel, switchedOff }: CoverageCauses): Coverage {
  if (switchedOff) return { kind: 'none', because: 'switch' };
  return inTunnel ? { kind: 'none', because: 'tunnel' } : { kind: 'good' };
}

export function sameCoverage(a: Coverage, b: Coverage): boolean {
  return a.kind === b.kind && (a.kind === 'good' || b.kind === 'good' || a.because === b.because);
}
