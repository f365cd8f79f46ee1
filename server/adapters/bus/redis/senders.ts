import type { Entry } from './entries.ts';

/** What is known of the other processes by what they sent. */
export interface Senders {
  /** How often an entry was missed. */
  readonly gaps: number;
  /** Processes that are there, or that fell silent. */
  readonly count: number;
  /** @returns false for an entry that came before */
  isNew(entry: Entry): boolean;
  /** Whether one of them was not heard of for so long that what it sends may not arrive. */
  anySilent(): boolean;
  /** Nothing could be read for a while: their silence says nothing of them. */
  excuse(): void;
  /** What was read until now may have had a hole that no number shows. */
  gap(): void;
}

interface Known {
  number: number;
  heardMs: number;
}

/** Four signs of life: one may be late. */
const silentMs = 2_000;
/** Longer than any access token lives: until then what a process that is cut off has revoked must be looked up. */
const forgottenMs = 11 * 60_000;

/** @param sinceMs who was there before then may have sent before */
export function createSenders(self: string, monotonicMs: () => number): Senders {
  const known = new Map<string, Known>();
  const beganMs = monotonicMs();
  let gaps = 0;

  return {
    get gaps() {
      return gaps;
    },
    get count() {
      return known.size;
    },
    isNew({ sender, number, isLast }) {
      if (sender === self) return false;
      const nowMs = monotonicMs();
      const before = known.get(sender);
      if (before && number <= before.number) {
        before.heardMs = nowMs;
        return false;
      }
      // Who was here before this process was heard of late; of all others the first entry is known.
      const isLate = before === undefined && number > 1 && nowMs - beganMs > silentMs;
      if (isLate || (before && number > before.number + 1)) gaps += 1;
      if (isLast) known.delete(sender);
      else known.set(sender, { number, heardMs: nowMs });
      return true;
    },
    anySilent() {
      const nowMs = monotonicMs();
      let isAnySilent = false;
      for (const [sender, { heardMs }] of known) {
        if (nowMs - heardMs > forgottenMs) known.delete(sender);
        else if (nowMs - heardMs > silentMs) isAnySilent = true;
      }
      return isAnySilent;
    },
    excuse() {
      const nowMs = monotonicMs();
      for (const sender of known.values()) sender.heardMs = Math.max(sender.heardMs, nowMs);
    },
    gap() {
      gaps += 1;
    },
  };
}
