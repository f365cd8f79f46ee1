import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Check, type Finding, messageOf } from './finding.ts';

/** What a disk that fills up leaves time for. */
const roomBytes = 2_000_000_000;
/** One upload would fill it. */
const leastBytes = 200_000_000;

/** Room where the data is, for uploads on their way too. */
export const checkDisk: Check = async ({ dataDir }) => {
  try {
    const { bavail, bsize } = await statfs(nearestFolder(dataDir));
    return [diskFinding(bavail * bsize)];
  } catch (error) {
    return [{ check: 'Disk', result: 'failed', message: messageOf(error) }];
  }
};

/** @param freeBytes what this user may still write */
export function diskFinding(freeBytes: number): Finding {
  const left = `${(freeBytes / 1e9).toFixed(1)} GB are free`;
  if (freeBytes >= roomBytes) return { check: 'Disk', result: 'ok', message: left };
  const message = `${left} where DATA_DIR is: make room`;
  return { check: 'Disk', result: freeBytes < leastBytes ? 'failed' : 'note', message };
}

/** The folder may not be there before the first start. */
function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}
