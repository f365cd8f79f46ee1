import type { PhoneView } from '../../simulator/stage/view.ts';
import { calm, type WireCondition } from '../../simulator/world/wire.ts';

/** A stretch of the road: what its network is like. */
export interface Zone {
  readonly id: ZoneId;
  readonly name: string;
  readonly says: string;
  readonly weather: Readonly<WireCondition>;
}

export type ZoneId = 'road' | 'patchy' | 'cafe' | 'tunnel';

export const zones: readonly Zone[] = [
  {
    id: 'road',
    name: 'Open road',
    says: 'Good coverage. Drag a phone by its head to another stretch.',
    weather: calm,
  },
  {
    id: 'patchy',
    name: 'Back country',
    says: 'Slow, and 15 of 100 messages vanish',
    weather: { ...calm, latencyMs: 600, jitterMs: 400, lossShare: 0.15, disorderMs: 800 },
  },
  {
    id: 'cafe',
    name: 'Café Wi‑Fi',
    says: 'A sign-in page answers for the server',
    weather: { ...calm, captive: true },
  },
  { id: 'tunnel', name: 'Tunnel', says: 'No signal', weather: { ...calm, dark: 'both' } },
];

/** Where a phone is by what its network does, whoever made it so. */
export function zoneOf({ weather }: PhoneView): ZoneId {
  if (weather.dark !== 'none') return 'tunnel';
  if (weather.captive) return 'cafe';
  const { lossShare, twiceShare, disorderMs, latencyMs, slowerUpMs, slowerDownMs } = weather;
  const isPoor = lossShare + twiceShare + disorderMs + slowerUpMs + slowerDownMs > 0;
  return isPoor || latencyMs > 200 ? 'patchy' : 'road';
}
