import type { Scope, UserId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Overtaken, OwnWrite } from './field-book.ts';
import type { Fields, Subject } from './field-writes.ts';
import type { OvertakenField } from './notice.ts';

/** A notice as it survives a reload. */
export interface KeptNotice {
  readonly id: string;
  readonly kind: Overtaken['kind'];
  readonly scope: Scope;
  readonly subject: Subject;
  readonly title: string;
  readonly fields: readonly OvertakenField[];
  /** All that is known of a place that was removed, so that it can be made anew. */
  readonly whole: Fields | null;
  readonly by: UserId | null;
  readonly byName: string | null;
  readonly atMs: number;
}

/** What one person's device remembers: what it wrote, and what it still has to tell. */
export interface KeptContents {
  readonly writes: Readonly<Partial<Record<Scope, readonly OwnWrite[]>>>;
  readonly notices: readonly KeptNotice[];
}

/** Older notices give way: who has not looked at fifty will not look at more. */
export const maxNotices = 50;

const nothing: KeptContents = { writes: {}, notices: [] };

export async function loadKept(storage: KeyValue, userId: UserId): Promise<KeptContents> {
  const kept = await storage.get<KeptContents>(keyOf(userId)).catch(() => undefined);
  // A later version may have written what this one does not know.
  return kept && Array.isArray(kept.notices) && typeof kept.writes === 'object' ? kept : nothing;
}

/** A write that fails loses a notice over a reload, never an op. */
export async function saveKept(
  storage: KeyValue,
  userId: UserId,
  contents: KeptContents,
): Promise<void> {
  await storage.set(keyOf(userId), contents).catch(() => {});
}

function keyOf(userId: UserId): string {
  return `notices:${userId}`;
}
