import type { SharingMode } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';

/** What a person said about one group on this browser: every tab of it holds to the same. */
export interface Decision {
  readonly mode: SharingMode;
  /** When it ends by itself, server's time; null: when the person says so. */
  readonly untilMs: number | null;
  /** When this device was chosen as the one to show, server's time. */
  readonly chosenAtMs?: number;
  /** Arrivals and departures are told, while it is precise. */
  readonly visits?: boolean;
  /** Rises with each: when it was said by the device's clock, ms, or one more than the one before. */
  readonly number: number;
  /** When it was said, server's time. */
  readonly sinceMs: number;
  /** When *off* was last said, server's time: what was kept before is never told. */
  readonly offAtMs?: number;
  /** When *coarse* was last said: what was kept before is told no finer. */
  readonly coarseAtMs?: number;
  /** When a page that shared last held to it, server's time. */
  readonly heldAtMs: number;
}

export const undecided: Decision = {
  ...{ mode: 'off', untilMs: null, number: 0 },
  ...{ sinceMs: 0, heldAtMs: 0 },
};

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
    Number(other.visits ?? false) - Number(one.visits ?? false) ||
    (one.chosenAtMs ?? 0) - (other.chosenAtMs ?? 0);
  return order > 0;
}

/** The decision that follows on `before` when its person says something. */
export function decided(
  before: Decision,
  said: Pick<Decision, 'mode' | 'untilMs' | 'chosenAtMs' | 'visits'>,
  { serverNowMs, nowMs }: { readonly serverNowMs: number; readonly nowMs: number },
): Decision {
  const { offAtMs, coarseAtMs, number } = before;
  const { mode, untilMs, chosenAtMs, visits } = said;
  return {
    ...(offAtMs === undefined ? {} : { offAtMs }),
    ...(coarseAtMs === undefined ? {} : { coarseAtMs }),
    ...(mode === 'off' ? { offAtMs: serverNowMs } : {}),
    ...(mode === 'coarse' ? { coarseAtMs: serverNowMs } : {}),
    ...(mode === 'off' || chosenAtMs === undefined ? {} : { chosenAtMs }),
    ...(visits ? { visits } : {}),
    ...{ mode, untilMs: mode === 'off' ? null : untilMs, heldAtMs: serverNowMs },
    sinceMs: serverNowMs,
    number: Math.max(number + 1, nowMs),
  };
}

/** The one of both that counts; what was said to be off or coarse stays so, whichever of them knows it. */
export function merged(one: Decision, other: Decision): Decision {
  const offAtMs = Math.max(one.offAtMs ?? 0, other.offAtMs ?? 0);
  const coarseAtMs = Math.max(one.coarseAtMs ?? 0, other.coarseAtMs ?? 0);
  return {
    ...(overrules(one, other) ? one : other),
    ...(offAtMs === 0 ? {} : { offAtMs }),
    ...(coarseAtMs === 0 ? {} : { coarseAtMs }),
  };
}

/** Whether both say the same, apart from when it was last held to. */
export function isSame(one: Decision, other: Decision): boolean {
  return (
    !overrules(one, other) &&
    !overrules(other, one) &&
    one.offAtMs === other.offAtMs &&
    one.coarseAtMs === other.coarseAtMs
  );
}

/** It ends by itself, without a word of its person: whatever they say later counts more. */
export function ended({ chosenAtMs: _, ...decision }: Decision): Decision {
  return { ...decision, mode: 'off', untilMs: null };
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

/**
 * What is kept of one person in one group.
 *
 * @param marks small records that all tabs see at once, as local storage */
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
  const { mode, untilMs, number, sinceMs, heldAtMs } = kept ?? {};
  const isTime = untilMs === null || typeof untilMs === 'number';
  return (
    typeof mode === 'string' &&
    Object.hasOwn(shows, mode) &&
    isTime &&
    [number, sinceMs, heldAtMs].every((one) => typeof one === 'number')
  );
}

/** Equal times have no difference, though neither ends. */
function endOf({ untilMs }: Decision): number {
  return untilMs ?? Number.MAX_SAFE_INTEGER;
}
