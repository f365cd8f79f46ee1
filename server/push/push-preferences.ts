import { JamzError } from '../../sdk/protocol/errors.ts';
import type { GroupId } from '../../sdk/protocol/ids.ts';
import { type PushKind, pushKinds } from './push-events.ts';

/** What a person wants to be told of, and when not. */
export interface PushPreferences {
  readonly kinds: readonly PushKind[];
  /** Groups of which nothing is told. */
  readonly mutedGroups: readonly GroupId[];
  /** Nothing is told then, nor made up for afterwards; null for no such hours. */
  readonly quiet: QuietHours | null;
}

export interface QuietHours {
  /** As `22:00`, by the clock of the zone. */
  readonly from: string;
  /** As `07:00`; before `from`, it is of the next day. */
  readonly to: string;
  /** As `Europe/Vienna`. */
  readonly zone: string;
}

export const firstPreferences: PushPreferences = {
  kinds: ['message', 'session-started', 'session-planned'],
  mutedGroups: [],
  quiet: null,
};

export const maxMutedGroups = 500;

export function isWanted(
  { kinds, mutedGroups, quiet }: PushPreferences,
  kind: PushKind,
  groupId: GroupId,
  nowMs: number,
): boolean {
  if (!kinds.includes(kind) || mutedGroups.includes(groupId)) return false;
  return quiet === null || !isQuiet(quiet, nowMs);
}

/** Whether a moment is within quiet hours by the clock on the wall there, summer time and all. */
export function isQuiet({ from, to, zone }: QuietHours, nowMs: number): boolean {
  const now = wallTime(nowMs, zone);
  if (from === to) return false;
  return from < to ? from <= now && now < to : now >= from || now < to;
}

/** @throws {JamzError} `invalid` for a zone that there is none of */
export function checkZone(zone: string): void {
  try {
    formatFor(zone);
  } catch (cause) {
    const message = `${zone} is no time zone: use one as Europe/Vienna`;
    throw new JamzError('invalid', message, { cause });
  }
}

/** What was kept; what cannot be read means that nothing is wanted. */
export function preferencesIn(text: string | undefined): PushPreferences {
  if (text === undefined) return firstPreferences;
  try {
    const { kinds, mutedGroups, quiet } = JSON.parse(text) as Partial<PushPreferences>;
    if (!Array.isArray(kinds) || !Array.isArray(mutedGroups)) return none;
    // Kinds of a later version are none of ours.
    return {
      kinds: pushKinds.filter((kind) => kinds.includes(kind)),
      mutedGroups,
      quiet: quiet ?? null,
    };
  } catch {
    return none;
  }
}

const none: PushPreferences = { kinds: [], mutedGroups: [], quiet: null };

const formats = new Map<string, Intl.DateTimeFormat>();
const maxFormats = 500;

function wallTime(nowMs: number, zone: string): string {
  return formatFor(zone).format(nowMs);
}

/** @throws {RangeError} for a zone that there is none of */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  if (formats.size >= maxFormats) formats.clear();
  formats.set(timeZone, format);
  return format;
}
