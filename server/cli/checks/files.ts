import { createSystemClock } from '../../adapters/clock/system.ts';
import { openFiles } from '../../open-files.ts';
import { type Check, messageOf } from './finding.ts';

/** Where tracks and pictures are kept: writes, reads and removes one; asks what pages of other origins may read. */
export const checkFiles: Check = async (config) => {
  const check = config.s3 ? 'S3_BUCKET' : 'Files';
  try {
    const files = await openFiles(config, createSystemClock());
    const { name, hints } = await files.check();
    const works = { check, result: 'ok' as const, message: `${name} takes and gives files` };
    return [works, ...hints.map((message) => ({ check, result: 'note' as const, message }))];
  } catch (error) {
    return [{ check, result: 'failed', message: explained(error) }];
  }
};

/** What a vendor said lies behind what the port says of it. */
function explained(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return messageOf(error);
  const words = cause.message === '' ? cause.name : `${cause.name}: ${cause.message}`;
  return `${messageOf(error)} (${words})`;
}
