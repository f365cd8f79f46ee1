import { type Random, seeded } from '../world/random.ts';

/** Something that happens to the world, at a time. What exactly follows from its own seed, `dice`. */
export interface Step {
  /** Its place in the plan of its seed: names it in a replay. */
  readonly index: number;
  readonly atMs: number;
  /** Whose phone, or which server; -1 where it is nobody's. */
  readonly who: number;
  readonly kind: 'tap' | FaultKind;
  readonly dice: string;
  /** How long a fault lasts. */
  readonly forMs: number;
}

export type FaultKind = PhoneFault | ServerFault;

export type PhoneFault =
  | 'tunnel'
  | 'half-open'
  | 'reload-in-tunnel'
  | 'break'
  | 'late-echo'
  | 'captive'
  | 'lossy'
  | 'disorder'
  | 'slow-link'
  | 'crash'
  | 'crash-at-write'
  | 'crash-mid-turn'
  | 'frozen-leader'
  | 'second-tab'
  | 'newer-app'
  | 'outdated-app'
  | 'sleep'
  | 'clock-jump'
  | 'evict'
  | 'disk-full'
  | 'disk-broken'
  | 'slow-disk'
  | 'switch-off'
  | 'remove'
  | 'leave';

export type ServerFault =
  | 'server-crash'
  | 'server-crash-at-append'
  | 'server-crash-mid-turn'
  | 'server-unclear-write'
  | 'server-slow-disk'
  | 'server-disk-full'
  | 'server-failing'
  | 'server-busy'
  | 'server-clock'
  | 'bus-loss'
  | 'restore'
  | 'older-store'
  | 'tokens-expire';

export interface PlanOptions {
  readonly seed: string;
  readonly hours: number;
  readonly phones: number;
  readonly servers: number;
  /** These come more often. */
  readonly favours?: readonly FaultKind[] | undefined;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

const phoneFaults: readonly Fault<PhoneFault>[] = [
  ['tunnel', 14, 2_000, 15 * minuteMs],
  ['half-open', 8, 5_000, 4 * minuteMs],
  ['reload-in-tunnel', 6, 20_000, 15 * minuteMs],
  ['break', 10, 0, 0],
  ['late-echo', 8, 0, 0],
  ['captive', 6, 5_000, 10 * minuteMs],
  ['lossy', 10, 10_000, 10 * minuteMs],
  ['disorder', 8, 10_000, 10 * minuteMs],
  ['slow-link', 8, 10_000, 10 * minuteMs],
  ['crash', 8, 500, 10 * minuteMs],
  ['crash-at-write', 8, 500, 5 * minuteMs],
  ['crash-mid-turn', 8, 500, 5 * minuteMs],
  ['frozen-leader', 6, 3_000, 10 * minuteMs],
  ['second-tab', 6, minuteMs, 40 * minuteMs],
  ['newer-app', 1, minuteMs, 15 * minuteMs],
  ['outdated-app', 1, minuteMs, 15 * minuteMs],
  ['sleep', 7, 5_000, 20 * minuteMs],
  ['clock-jump', 5, 0, 0],
  ['evict', 1, 500, minuteMs],
  ['disk-full', 2, 1_000, 15 * minuteMs],
  ['disk-broken', 1, 1_000, minuteMs],
  ['slow-disk', 4, 10_000, 10 * minuteMs],
  ['switch-off', 3, 5_000, 10 * minuteMs],
  ['remove', 2, minuteMs, 15 * minuteMs],
  ['leave', 1, minuteMs, 15 * minuteMs],
];

const serverFaults: readonly Fault<ServerFault>[] = [
  ['server-crash', 6, 200, 2 * minuteMs],
  ['server-crash-at-append', 8, 200, minuteMs],
  ['server-crash-mid-turn', 6, 200, minuteMs],
  ['server-unclear-write', 4, 0, 0],
  ['server-slow-disk', 5, 10_000, 10 * minuteMs],
  ['server-disk-full', 3, 5_000, 3 * minuteMs],
  ['server-failing', 4, 2_000, 3 * minuteMs],
  ['server-busy', 3, 2_000, minuteMs],
  ['server-clock', 2, 0, 0],
  ['bus-loss', 4, 10_000, 5 * minuteMs],
  ['tokens-expire', 3, 0, 0],
  ['restore', 2, 1_000, 10 * minuteMs],
  ['older-store', 2, 500, 5 * minuteMs],
];

const tapsPerHour = 30;
const faultsPerHour = 4.5;
const serverFaultsPerHour = 3;

/** What happens in a run, from its seed alone: at least 20 ops and 4 faults for each phone and hour. */
export function planFor(options: PlanOptions): readonly Step[] {
  const { seed, hours, phones, servers, favours = [] } = options;
  const [ofPhones, ofServers] = [favoured(phoneFaults, favours), favoured(serverFaults, favours)];
  const random = seeded(`${seed}/plan`);
  const moments = Array.from({ length: Math.ceil(3 * hours) }, () =>
    random.between(0, hours * hourMs),
  );
  const steps: Omit<Step, 'index' | 'dice'>[] = [];
  for (let who = 0; who < phones; who++) {
    const chance = random.fork(`phone-${who}`);
    // Whoever opens the app later joins later.
    const opensMs = chance.chance(0.3)
      ? chance.between(0, 10 * minuteMs)
      : chance.between(0, 5_000);
    steps.push({ atMs: opensMs, who, kind: 'crash', forMs: 0 });
    bursts(chance, moments, hours, who, steps);
    for (let count = Math.ceil(faultsPerHour * hours); count > 0; count--) {
      steps.push(faultOf(ofPhones, chance, hours, who));
    }
  }
  const chance = random.fork('servers');
  for (let count = Math.ceil(serverFaultsPerHour * hours); count > 0; count--) {
    steps.push(faultOf(ofServers, chance, hours, chance.below(servers)));
  }
  return steps
    .sort((a, b) => a.atMs - b.atMs || a.who - b.who)
    .map((step, index) => ({ ...step, index, dice: `${seed}/step-${index}` }));
}

/** People tap a few times in a row, and then not for a while; often several at the same moments. */
function bursts(
  chance: Random,
  moments: readonly number[],
  hours: number,
  who: number,
  steps: Omit<Step, 'index' | 'dice'>[],
): void {
  let left = Math.ceil(tapsPerHour * hours);
  while (left > 0) {
    const together = chance.chance(0.5);
    let atMs = together
      ? chance.pick(moments) + chance.between(0, 3_000)
      : chance.between(0, hours * hourMs);
    atMs = Math.min(hours * hourMs, atMs);
    for (let taps = 1 + chance.below(8); taps > 0 && left > 0; taps--) {
      steps.push({ atMs: Math.floor(atMs), who, kind: 'tap', forMs: 0 });
      atMs = Math.min(hours * hourMs, atMs + chance.between(20, 6_000));
      left -= 1;
    }
  }
}

type Fault<Kind extends FaultKind> = readonly [
  kind: Kind,
  weight: number,
  shortestMs: number,
  longestMs: number,
];

/** As heavy as all others together. */
const favouredWeight = 100;

function favoured<Kind extends FaultKind>(
  faults: readonly Fault<Kind>[],
  favours: readonly FaultKind[],
): readonly Fault<Kind>[] {
  if (favours.length === 0) return faults;
  return faults.map((fault) => {
    const [kind, , ...times] = fault;
    return favours.includes(kind) ? [kind, favouredWeight, ...times] : fault;
  });
}

function faultOf<Kind extends FaultKind>(
  faults: readonly Fault<Kind>[],
  chance: Random,
  hours: number,
  who: number,
): Omit<Step, 'index' | 'dice'> {
  const total = faults.reduce((sum, [, weight]) => sum + weight, 0);
  let drawn = chance.next() * total;
  const found = faults.find(([, weight]) => {
    drawn -= weight;
    return drawn < 0;
  });
  const [kind, , shortestMs, longestMs] = found ?? chance.pick(faults);
  // Short ones are common, long ones happen.
  const forMs = Math.floor(shortestMs + (longestMs - shortestMs) * chance.next() ** 3);
  return { atMs: Math.floor(chance.between(0, hours * hourMs)), who, kind, forMs };
}
