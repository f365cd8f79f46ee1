import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { FileStore } from '../ports/store.ts';

/** What one person may have uploaded, over all groups. 0: no ceiling. */
export interface MemberQuota {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Asked before an upload begins, and again before it is kept, since several may have begun at once.
 *
 * @throws {JamzError} `quota-exceeded`, saying what is used
 */
export type AdmitFile = (userId: UserId, bytes: number) => Promise<void>;

export function memberQuota(records: Pick<FileStore, 'usageOf'>, quota: MemberQuota): AdmitFile {
  return async (userId, bytes) => {
    if (quota.files === 0 && quota.bytes === 0) return;
    const used = await records.usageOf(userId);
    if (quota.files > 0 && used.files >= quota.files) {
      throw new JamzError(
        'quota-exceeded',
        `You have uploaded ${used.files} files, which is all that one person may: remove some first`,
      );
    }
    if (quota.bytes > 0 && used.bytes + bytes > quota.bytes) {
      throw new JamzError(
        'quota-exceeded',
        `You have uploaded ${megabytes(used.bytes)} of ${megabytes(quota.bytes)} MB, and this file has ${megabytes(bytes)}: remove some first`,
      );
    }
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
