import type { MapEngine } from './engine.ts';
import { moved } from './geo.ts';
import type { PersonOnMap } from './people.ts';

/** Slower than this nobody drives into a tunnel. */
const drivingMps = 2;
/** A last fix is told before its tunnel begins; m ahead of it. */
const aheadM = [40, 90, 150];

/** Whether somebody fell silent where the streets go underground: silence has a reason then. */
export function isInTunnel(
  { freshness, coarse, position: { fix } }: PersonOnMap,
  engine: Pick<MapEngine, 'isTunnel'> | undefined,
): boolean {
  const { speedMps = 0, headingDeg } = fix;
  if (freshness !== 'stale' || coarse || !engine || speedMps < drivingMps) return false;
  const ahead =
    headingDeg === undefined ? [] : aheadM.map((metres) => moved(fix, headingDeg, metres));
  return [fix, ...ahead].some((at) => engine.isTunnel(at));
}
