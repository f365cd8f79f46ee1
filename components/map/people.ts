import {
  type Member,
  type MemberPosition,
  positionSignal,
  primaryPositions,
} from '../../sdk/index.ts';
import { bearingDeg, distanceM } from './geo.ts';

/**
 * How much a position is worth: `live` is current, `stale` is told with its age, `paused` said that it would be silent
 * for a while, `lost` is where somebody was last seen.
 */
export type Freshness = 'live' | 'stale' | 'paused' | 'lost';

/** Somebody whose position is known, as seen from this device. */
export interface PersonOnMap {
  readonly id: string;
  readonly name: string;
  readonly me: boolean;
  /** Shares only about where they are. */
  readonly coarse: boolean;
  readonly position: MemberPosition;
  readonly ageMs: number;
  readonly freshness: Freshness;
  /** Another device of mine is on the map as well. */
  readonly otherDevices: boolean;
  /** From me, where I am on the map myself. */
  readonly away: { readonly distanceM: number; readonly bearingDeg: number } | null;
}

/** Everybody with a position, each once: me first, then the live ones from near to far, then the others by age. */
export function peopleOnMap(
  positions: readonly MemberPosition[],
  serverNowMs: number,
): readonly PersonOnMap[] {
  const shared = positions.filter(({ mode }) => mode !== 'off');
  const shown = primaryPositions(shared, serverNowMs);
  const mine = shown.find((position) => position.me)?.fix;
  const myDevices = shared.filter(({ me }) => me).length;
  return shown.map((position) => personAt(position, mine, myDevices, serverNowMs)).sort(byNearness);
}

function personAt(
  position: MemberPosition,
  mine: MemberPosition['fix'] | undefined,
  myDevices: number,
  serverNowMs: number,
): PersonOnMap {
  const { fix, me, memberId: id, name, mode } = position;
  return {
    ...{ id, name, me, position },
    coarse: mode === 'coarse',
    ageMs: Math.max(0, serverNowMs - fix.atMs),
    freshness: freshnessOf(position, serverNowMs),
    otherDevices: me && myDevices > 1,
    away:
      mine && !me ? { distanceM: distanceM(mine, fix), bearingDeg: bearingDeg(mine, fix) } : null,
  };
}

function freshnessOf(position: MemberPosition, serverNowMs: number): Freshness {
  const signal = positionSignal(position, serverNowMs);
  return signal === 'last-seen' || signal === 'over' ? 'lost' : signal;
}

/** Members who are not on the map, by name. */
export function peopleOffMap(
  members: readonly Member[],
  onMap: readonly PersonOnMap[],
): readonly Member[] {
  const shown = new Set(onMap.map((person) => person.id));
  return members
    .filter((member) => !shown.has(member.memberId))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

const freshnessRank: Readonly<Record<Freshness, number>> = {
  ...{ live: 0, paused: 1, stale: 1, lost: 2 },
};

function byNearness(a: PersonOnMap, b: PersonOnMap): number {
  return (
    Number(b.me) - Number(a.me) ||
    freshnessRank[a.freshness] - freshnessRank[b.freshness] ||
    (a.away?.distanceM ?? 0) - (b.away?.distanceM ?? 0) ||
    a.name.localeCompare(b.name)
  );
}
