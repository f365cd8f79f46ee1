import type { Run } from '../../sdk/protocol/wire.ts';

/** What can be said of a run's ops without a look at each. */
export interface RunFacts {
  /** First and last number, where they follow each other without a gap. */
  readonly numbers: readonly [from: number, to: number] | undefined;
  /** Every type that there is in it. */
  readonly types: ReadonlySet<string>;
}

/**
 * Looks through a run once, however many ask: what somebody added in a tunnel is thousands of ops of one type, and
 * most of those who hear of them have nothing to do with that type.
 */
export function factsOf(run: Run): RunFacts {
  let facts = known.get(run);
  if (!facts) {
    facts = lookThrough(run);
    known.set(run, facts);
  }
  return facts;
}

const known = new WeakMap<Run, RunFacts>();

function lookThrough({ ops }: Run): RunFacts {
  const types = new Set<string>();
  const first = ops[0]?.[0] ?? 0;
  let follow = ops.length > 0;
  let last = '';
  for (let at = 0; at < ops.length; at++) {
    // By index: taking each op apart by its iterator would cost more than all the rest.
    const op = ops[at] as Run['ops'][number];
    if (op[0] !== first + at) follow = false;
    if (op[4] === last) continue;
    last = op[4];
    types.add(last);
  }
  return { numbers: follow ? [first, first + ops.length - 1] : undefined, types };
}
