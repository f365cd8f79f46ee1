import type { OpType } from '../protocol/payloads.ts';

/** 0 is sent first. */
export type Priority = 0 | 1 | 2 | 3;

const ofKind: Readonly<Record<string, Priority>> = {
  playback: 0,
  repeat: 0,
  shuffle: 0,
  // With the commands that depend on it: sent before or after them, an end would end what was started later.
  session: 0,
  playlist: 1,
  group: 2,
  members: 2,
  invitations: 2,
  places: 2,
  messages: 2,
  reactions: 3,
  profile: 3,
};

/** By the table of kinds: playback and session critical, playlist high, reactions and profile low. */
export function priorityOf(type: OpType): Priority {
  return ofKind[type.slice(0, type.indexOf('.'))] ?? 2;
}
