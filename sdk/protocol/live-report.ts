import type { Scope, UserId } from './ids.ts';

/** One fix of one device, newest wins. */
export interface Fix {
  readonly lat: number;
  readonly lng: number;
  readonly accuracyM: number;
  readonly headingDeg?: number;
  readonly speedMps?: number;
  /** When the fix was taken, by the server's clock as the device estimates it. */
  readonly atMs: number;
}

export type SharingMode = 'precise' | 'coarse' | 'off';

/** When a device last reached or left a place of its group, as it found out itself. */
export interface Visit {
  readonly placeId: string;
  readonly kind: 'arrived' | 'left';
  readonly atMs: number;
}

/** What a device says of itself beside its fix; all times by the server's clock. */
export interface DeviceWord {
  /** Since when no fixes come though sharing is on: the screen is locked, or another app is in front. */
  readonly pausedAtMs?: number;
  /** When sharing ends by itself: from then on nobody is told where the device is. */
  readonly untilMs?: number;
  /** When it was last on the move, as far as it tells where it is at all. */
  readonly movedAtMs?: number;
  /** When its person said that this is the device to show. */
  readonly chosenAtMs?: number;
  /** Only where its person wants the group to know; stays until it is another, or no news. Replicas that do not know it pass over it. */
  readonly visit?: Visit;
}

/** Latest-only state of one device of one member. `fix` null: no longer on the map. */
export interface LiveEntry extends DeviceWord {
  readonly memberId: UserId;
  readonly deviceId: string;
  readonly mode: SharingMode;
  readonly fix: Fix | null;
}

export interface LiveMessage {
  readonly scope: Scope;
  readonly entries: readonly LiveEntry[];
  /** These are all there are: what is not named is known no more. */
  readonly whole?: boolean;
}

export interface LiveReport extends DeviceWord {
  readonly scope: Scope;
  readonly deviceId: string;
  readonly mode: SharingMode;
  readonly fix: Fix | null;
}
