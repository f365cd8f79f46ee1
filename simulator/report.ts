import type { Step } from './actors/plan.ts';
import { invariants } from './invariants/violation.ts';
import { faultCount, type Tally } from './long/tally.ts';
import type { Simulated } from './simulate.ts';

/** A failing run for people: what broke, what had to happen for it, and how to see it again. */
export function reportOf({ seed, hours, steps, violation }: Simulated, group: number): string {
  if (!violation) return `seed ${seed}: every promise was kept`;
  const keep = steps.map(({ index }) => index).join(',');
  return [
    `seed ${seed}: “${violation.invariant}” broke after ${clock(violation.atMs)}`,
    `  promised: ${invariants[violation.invariant as keyof typeof invariants]}`,
    `  found:    ${violation.message}`,
    `  steps:    ${steps.length}`,
    ...steps.map((step) => `    ${line(step)}`),
    `  replay:   npm run simulate -- --seed ${seed} --hours ${hours} --group ${group} --keep ${keep}`,
  ].join('\n');
}

/** What happened to how many, and how densely, for people who watch a run. */
export function densityOf(tally: Tally, group: number): string {
  const { hours, worlds, deeds, ops } = tally;
  const faults = faultCount(tally);
  const each = (count: number): string => (count / (hours * group)).toFixed(1);
  return [
    `${hours} h in ${worlds} worlds`,
    `${deeds} ops made (${each(deeds)} per phone and hour)`,
    `${ops} in logs`,
    `${faults} faults (${each(faults)})`,
  ].join(', ');
}

function line({ index, atMs, who, kind, forMs }: Step): string {
  const whose = kind.startsWith('server') ? `server ${who}` : `phone ${who}`;
  const lasts = forMs > 0 ? `, for ${clock(forMs)}` : '';
  return `${clock(atMs)}  ${whose.padEnd(9)} ${kind}${lasts}  [${index}]`;
}

/** `h:mm:ss.mmm` */
export function clock(ms: number): string {
  const whole = Math.floor(ms / 1_000);
  const two = (count: number): string => String(count).padStart(2, '0');
  const time = `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return `${time}.${String(Math.floor(ms % 1_000)).padStart(3, '0')}`;
}
