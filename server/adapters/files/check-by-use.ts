import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Files } from '../../ports/files.ts';

/** Where the file of a check lies; nothing else does. */
const folder = '~check';

/** Writes a file, reads it whole and in part, and removes it. @throws {Error} saying what did not come back */
export async function checkByUse(files: Pick<Files, 'write' | 'open' | 'remove'>): Promise<void> {
  const key = `${folder}/${randomBytes(8).toString('hex')}`;
  const bytes = randomBytes(1_000);
  await files.write(key, bytes, 'application/octet-stream');
  try {
    const whole = await files.open(key);
    if (!whole || !bytes.equals(await buffer(whole.body))) {
      throw new Error('what was written does not come back the same');
    }
    const part = await files.open(key, { from: 10, to: 19 });
    if (!part || !bytes.subarray(10, 20).equals(await buffer(part.body))) {
      throw new Error('a part of a file does not come back the same: ranges are not supported');
    }
  } finally {
    await files.remove(key);
  }
}
