import type { SyncStatus } from '../sync/status.ts';
import type { StorageNotice, UpdateNotice } from './notice.ts';

/** What the status itself has to tell about this device. */
export function statusNotices(
  { error, storageNote }: SyncStatus,
  atMs: number,
  dismissOf: (id: string) => () => void,
): readonly (UpdateNotice | StorageNotice)[] {
  const notices: (UpdateNotice | StorageNotice)[] = [];
  const about = (kind: 'update-needed' | 'storage', text: string): void => {
    const id = `${kind}:${text}`;
    notices.push({ id, kind, scope: null, text, atMs, dismiss: dismissOf(id) });
  };
  if (error?.code === 'update-needed') about('update-needed', error.message);
  // Kept in memory because the host asked for it, nothing is wrong: the note says when something is.
  if (storageNote !== null) about('storage', storageNote);
  return notices;
}
