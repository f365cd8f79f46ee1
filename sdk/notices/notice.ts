import type { Sent } from '../api.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { OpId, Scope, UserId } from '../protocol/ids.ts';

export type NoticeValue = string | number | null;

/** One field of something that two people wrote at once, and what each of them wrote. */
export interface OvertakenField {
  /** `name`, `lat`, `lng`, `photoFileId`, `policies.join`, `role` … */
  readonly field: string;
  readonly mine: NoticeValue;
  /** What stands now; null also where the thing itself is gone. */
  readonly theirs: NoticeValue;
}

interface Told {
  readonly id: string;
  /** Null where it is about this device, not about a group. */
  readonly scope: Scope | null;
  /** For the person to read, in English; an element says it in the page's language from the other fields. */
  readonly text: string;
  /** ms since 1970. */
  readonly atMs: number;
  dismiss(): void;
}

/** Who wrote what was overtaken by, and about what. */
interface Overtaking extends Told {
  readonly scope: Scope;
  /** What it was written to: a place, the group itself, or a member. */
  readonly about: 'place' | 'group' | 'member';
  /** Its name as known now. */
  readonly title: string;
  readonly fields: readonly OvertakenField[];
  /** Who wrote what stands; null where only a snapshot told of it. */
  readonly by: UserId | null;
  readonly byName: string | null;
}

/** Somebody wrote the same fields without having seen the person's own write, and theirs stands. */
export interface OvertakenNotice extends Overtaking {
  readonly kind: 'overtaken';
  /** Writes the person's own value once more, over what stands now. */
  putBack(): Sent;
}

/** Somebody removed what the person was changing, without having seen the change. */
export interface RemovedNotice extends Overtaking {
  readonly kind: 'removed';
  /** Makes a place anew, with what the person wrote; undefined where nothing can be done, as for a member. */
  putBack(): Sent | undefined;
}

/** An op that was refused: its effect is undone. The same op stands in `setAside$`; dismissing it discards the op. */
export interface RefusedNotice extends Told {
  /** `session-ended`: it was a command to an audio session that has ended. */
  readonly kind: 'refused' | 'session-ended';
  readonly scope: Scope;
  readonly opId: OpId;
  /** What the person did, as a fragment that stands after "could not": "add “Road Song”". */
  readonly summary: string;
  readonly code: ErrorCode;
  retry(): void;
}

/** This page is too old for the server. */
export interface UpdateNotice extends Told {
  readonly kind: 'update-needed';
  readonly scope: null;
}

/** What waits is not as safe as usual: a private window, a full disk, a store that was deleted. */
export interface StorageNotice extends Told {
  readonly kind: 'storage';
  readonly scope: null;
}

/** Something that the person should know and nobody asked for. */
export type Notice = OvertakenNotice | RemovedNotice | RefusedNotice | UpdateNotice | StorageNotice;
