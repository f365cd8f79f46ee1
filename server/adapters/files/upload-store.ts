import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import type { DataStore } from '@tus/server';
import type { Arrivals } from '../../music/arrivals.ts';
import type { Files } from '../../ports/files.ts';
import { tusArrivals } from './tus-arrivals.ts';

/** Uploads on their way, from both sides: as the tus server writes them, and as the intake finds them. */
export interface UploadStore {
  readonly uploads: DataStore;
  readonly arrivals: Arrivals;
}

/** On this machine's disk, in a folder that is made where it is missing. */
export function diskUploads(dataDir: string, files: Pick<Files, 'adopt'>): UploadStore {
  const directory = join(dataDir, 'uploads');
  return { uploads: new FileStore({ directory }), arrivals: tusArrivals(directory, files) };
}
