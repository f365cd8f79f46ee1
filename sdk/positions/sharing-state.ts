import type { SharingMode } from '../protocol/wire.ts';

/** How this device shares its position with one group. */
export interface SharingState {
  readonly mode: SharingMode;
  /** When it ends by itself, server's time; null: when the person says so. */
  readonly untilMs: number | null;
  /** Since when no fixes come, server's time: the screen was locked, or another app came in front. The others are told. */
  readonly pausedAtMs?: number;
  /** True around a private place: nobody is told where this device is. */
  readonly hidden?: boolean;
  /** True where the group is told when this device reaches and leaves its places, while it shares precisely. */
  readonly visits?: boolean;
}

/** What a person says about sharing beside the mode. */
export interface SharingOptions {
  /** Server's time at which it ends by itself, ms since 1970. */
  readonly until?: number;
  /** No fixes come for a while: the others are told, and that it goes on with the next one. */
  readonly paused?: boolean;
  /** Of several devices of one person this is the one to show, until another says so. */
  readonly primary?: boolean;
  /** Whether the group is told when this device reaches and leaves its places; absent: as before, at first not. */
  readonly visits?: boolean;
}
