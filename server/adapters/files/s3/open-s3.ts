import { join } from 'node:path';
import type { Clock } from '../../../ports/clock.ts';
import type { Files } from '../../../ports/files.ts';
import type { UploadStore } from '../upload-store.ts';
import { openBucket } from './bucket.ts';
import { s3Arrivals } from './s3-arrivals.ts';
import { s3Files } from './s3-files.ts';
import { S3Uploads } from './s3-uploads.ts';
import type { S3Settings } from './settings.ts';

/** Files in a bucket. Nothing is asked of the vendor yet: a server starts while its bucket is away. */
export function openS3Files(settings: S3Settings): Files {
  return s3Files(openBucket(settings), settings);
}

/** Uploads on their way into the same bucket. @param files where finished ones are looked for */
export function openS3Uploads(
  settings: S3Settings,
  {
    files,
    dataDir,
    clock,
  }: { readonly files: Files; readonly dataDir: string; readonly clock: Clock },
): UploadStore {
  const bucket = openBucket(settings);
  const uploads = new S3Uploads(bucket, clock);
  const scratch = join(dataDir, 'scratch');
  return { uploads, arrivals: s3Arrivals({ bucket, uploads, files, scratch }) };
}
