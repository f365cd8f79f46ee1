import type { JamzError } from '../protocol/errors.ts';
import type { OpId, Scope } from '../protocol/ids.ts';
import type { OpType, ProfileField } from '../protocol/payloads.ts';

/** What a command gives back at once: its effect already shows in the streams. */
export interface Sent {
  readonly opId: OpId;
  /** Settles with the server's answer; rejects with a JamzError when the op is refused. Never unhandled when nobody looks. */
  readonly acked: Promise<void>;
}

/** An op that cannot succeed, or whose attempts are spent: its effect is undone, its text kept. */
export interface SetAsideEntry {
  readonly opId: OpId;
  readonly scope: Scope;
  /** What the person did, as a sentence fragment: "add “Road Song”". */
  readonly summary: string;
  readonly reason: JamzError;
  /** What kind of op it was, for a summary in words of one's own. */
  readonly opType: OpType;
  readonly setAsideAtMs: number;
  retry(): void;
  discard(): void;
}

/** A question only the person can answer: two devices wrote one profile field at once. */
export interface Conflict {
  readonly id: string;
  readonly field: ProfileField;
  readonly mine: string | boolean | null;
  readonly theirs: string | boolean | null;
  /** Whether `mine` was written on this very device; where neither was, it is the one that stands meanwhile. */
  readonly mineIsHere: boolean;
  readonly mineAtMs: number;
  readonly theirsAtMs: number;
  keepMine(): Sent;
  keepTheirs(): Sent;
  keep(value: string | boolean | null): Sent;
}
