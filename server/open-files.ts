import { join } from 'node:path';
import { diskFiles } from './adapters/files/disk.ts';
import { diskUploads, type UploadStore } from './adapters/files/upload-store.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './ports/clock.ts';
import type { Files } from './ports/files.ts';

/** The files that the configuration chooses. */
export async function openFiles({ dataDir }: Config, clock: Clock): Promise<Files> {
  return diskFiles({ directory: join(dataDir, 'files'), clock });
}

/** @param files where finished uploads go */
export async function openUploads({ dataDir }: Config, files: Files): Promise<UploadStore> {
  return diskUploads(dataDir, files);
}
