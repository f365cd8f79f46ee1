import type { GroupId } from '../../sdk/protocol/ids.ts';
import type { Fix, LiveEntry, SharingMode } from '../../sdk/protocol/wire.ts';
import type { Point } from '../ports/time-series.ts';

/** A fix as history gives it back. */
export interface PastFix extends Fix {
  readonly memberId: string;
  readonly deviceId: string;
  /** As it was shared. */
  readonly mode: Exclude<SharingMode, 'off'>;
}

/** @returns undefined for what tells no place */
export function pointOf(siteId: string, groupId: GroupId, entry: LiveEntry): Point | undefined {
  const { memberId, deviceId, mode, fix } = entry;
  if (!fix || mode === 'off') return undefined;
  return {
    series: 'positions',
    tags: { site: siteId, group: groupId, member: memberId, device: deviceId },
    atMs: Math.round(fix.atMs),
    fields: {
      lat: fix.lat,
      lng: fix.lng,
      accuracyM: fix.accuracyM,
      headingDeg: mode === 'coarse' ? -1 : (fix.headingDeg ?? -1),
      speedMps: mode === 'coarse' ? -1 : (fix.speedMps ?? -1),
      coarse: mode === 'coarse' ? 1 : 0,
    },
  };
}

export function fixOf({ tags, atMs, fields }: Point): PastFix {
  const field = (name: string): number => fields[name] ?? -1;
  const [headingDeg, speedMps] = [field('headingDeg'), field('speedMps')];
  return {
    memberId: tags['member'] ?? '',
    deviceId: tags['device'] ?? '',
    mode: field('coarse') === 1 ? 'coarse' : 'precise',
    lat: field('lat'),
    lng: field('lng'),
    accuracyM: field('accuracyM'),
    ...(headingDeg < 0 ? {} : { headingDeg }),
    ...(speedMps < 0 ? {} : { speedMps }),
    atMs,
  };
}
