import type { SharingMode } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';

/** What a person said about one group on this browser: every tab of it holds to the same. */
export interface Decision {
  readonly mode: SharingMode;
  /** When it ends by itself, server's time; null: when the person says so. */
  readonly untilMs: number | null;
  /** When this device was chosen as the one to show, server's time. */
  readonly chosenAtMs?: number;
  /** Rises with each. */
  readonly number: number;
  /** When a page that shared last held to it, server's time. */
  readonly heldAtMs: number;
}

export const undecided: Decision = { mode: 'off', untilMs: null, number: 0, heldAtMs: 0 };

/** A page that comes back within this time goes on; later its person has to say so again. */
const forgottenAfterMs = 15 * 60_000;

const shows: Readonly<Record<SharingMode, number>> = { off: 0, coarse: 1, precise: 2 };

/**
 * Whether `one` takes the place of `other`: the later one does. Two tabs may say different things before they hear of
 * each other: then it is the one that shows less, or for less long.
 */
export function overrules(one: Decision, other: Decision): boolean {
  const order =
    one.number - other.number ||
    shows[other.mode] - shows[one.mode] ||
    endOf(other) - endOf(one) ||
    (one.chosenAtMs ?? 0) - (other.chosenAtMs ?? 0);
  return order > 0;
}

/** Whether nothing is shared by it any more: its time is over, or no page has held to it for long. */
export function isOver({ mode, untilMs, heldAtMs }: Decision, nowMs: number): boolean {
  return (
    mode === 'off' ||
    (untilMs !== null && untilMs <= nowMs) ||
    Math.abs(nowMs - heldAtMs) > forgottenAfterMs
  );
}

/** Where the tabs of a browser keep what was decided. */
export interface KeptDecision {
  /** Undefined where nothing is kept, or nothing that can be read. */
  read(): Promise<Decision | undefined>;
  keep(decision: Decision): Promise<void>;
}

/** @param marks small records that all tabs see at once, as local storage */
export function keptDecision(marks: KeyValue, userId: string, groupId: string): KeptDecision {
  const key = `sharing:${userId}:${groupId}`;
  return {
    async read() {
      const kept = await marks.get<Partial<Decision>>(key).catch(() => undefined);
      return isDecision(kept) ? kept : undefined;
    },
    // What cannot be kept holds as long as the page.
    keep: (decision) => marks.set(key, decision).catch(() => {}),
  };
}

function isDecision(kept: Partial<Decision> | undefined): kept is Decision {
  const { mode, untilMs, number, heldAtMs } = kept ?? {};
  const isTime = untilMs === null || typeof untilMs === 'number';
  return (
    typeof mode === 'string' &&
    Object.hasOwn(shows, mode) &&
    isTime &&
    typeof number === 'number' &&
    typeof heldAtMs === 'number'
  );
}

/** Equal times have no difference, though neither ends. */
function endOf({ untilMs }: Decision): number {
  return untilMs ?? Number.MAX_SAFE_INTEGER;
}
