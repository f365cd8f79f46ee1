import type { Member, MemberPosition } from '../../sdk/index.ts';
import { bearingDeg, distanceM } from './geo.ts';

/** How much a position is worth: `live` is current, `stale` is told with its age, `lost` is where somebody was last seen. */
export type Freshness = 'live' | 'stale' | 'lost';

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
  /** From me, where I am on the map myself. */
  readonly away: { readonly distanceM: number; readonly bearingDeg: number } | null;
}

export const staleAfterMs = 30_000;
export const lostAfterMs = 600_000;

export function freshnessOf(ageMs: number): Freshness {
  if (ageMs < staleAfterMs) return 'live';
  return ageMs < lostAfterMs ? 'stale' : 'lost';
}

/** Everybody with a position: me first, then the live ones from near to far, then the others by age. */
export function peopleOnMap(
  positions: readonly MemberPosition[],
  serverNowMs: number,
): readonly PersonOnMap[] {
  const mine = positions.find((position) => position.me)?.fix;
  return positions
    .filter((position) => position.mode !== 'off')
    .map((position) => {
      const { fix } = position;
      const ageMs = Math.max(0, serverNowMs - fix.atMs);
      return {
        id: position.memberId,
        name: position.name,
        me: position.me,
        coarse: position.mode === 'coarse',
        position,
        ageMs,
        freshness: freshnessOf(ageMs),
        away:
          mine && !position.me
            ? { distanceM: distanceM(mine, fix), bearingDeg: bearingDeg(mine, fix) }
            : null,
      };
    })
    .sort(byNearness);
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

const freshnessRank: Readonly<Record<Freshness, number>> = { live: 0, stale: 1, lost: 2 };

function byNearness(a: PersonOnMap, b: PersonOnMap): number {
  return (
    Number(b.me) - Number(a.me) ||
    freshnessRank[a.freshness] - freshnessRank[b.freshness] ||
    (a.away?.distanceM ?? 0) - (b.away?.distanceM ?? 0) ||
    a.name.localeCompare(b.name)
  );
}
