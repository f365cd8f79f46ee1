import { join } from 'node:path';
import { diskFiles } from './adapters/files/disk.ts';
import { diskUploads, type UploadStore } from './adapters/files/upload-store.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './ports/clock.ts';
import type { Files } from './ports/files.ts';

/** The files that the configuration chooses. */
export async function openFiles({ dataDir, s3 }: Config, clock: Clock): Promise<Files> {
  if (s3) {
    const { openS3Files } = await import('./adapters/files/s3/open-s3.ts');
    return openS3Files(s3);
  }
  return diskFiles({ directory: join(dataDir, 'files'), clock });
}

/** @param files where finished uploads go */
export async function openUploads(
  { dataDir, s3 }: Config,
  files: Files,
  clock: Clock,
): Promise<UploadStore> {
  if (s3) {
    const { openS3Uploads } = await import('./adapters/files/s3/open-s3.ts');
    return openS3Uploads(s3, { files, dataDir, clock });
  }
  return diskUploads(dataDir, files);
}
