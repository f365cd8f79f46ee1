import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import { idPattern } from '../../../../sdk/protocol/ids.ts';
import type { Arrivals, UploadOutcome } from '../../../music/arrivals.ts';
import { bytesKeyOf } from '../../../music/ingest.ts';
import type { Files } from '../../../ports/files.ts';
import type { Bucket } from './bucket.ts';
import { named } from './failures.ts';
import { abortMultipart, openMultiparts } from './multiparts.ts';
import { filesPrefix, objectKeyOf } from './s3-files.ts';
import type { S3Uploads } from './s3-uploads.ts';
import {
  dropKept,
  findKept,
  madeKeyOf,
  progressOf,
  readJson,
  uploadsPrefix,
} from './upload-objects.ts';
import { writeObject } from './write-object.ts';

export interface S3ArrivalsDeps {
  readonly bucket: Bucket;
  readonly uploads: S3Uploads;
  readonly files: Pick<Files, 'sizeOf'>;
  /** Where a file lies while it is read, on this machine. */
  readonly scratch: string;
}

const outcomesPrefix = 'outcomes/';

/** Uploads as {@link S3Uploads} lays them down, and what became of them, in one bucket. */
export function s3Arrivals({ bucket, uploads, files, scratch }: S3ArrivalsDeps): Arrivals {
  let copies = 0;

  return {
    async find(uploadId) {
      const kept = await findKept(bucket, uploadId);
      if (!kept) return undefined;
      const progress = await progressOf(bucket, uploadId, kept);
      const { size: announcedBytes, metadata } = kept;
      const arrival = { uploadId, ...metadata };
      // Vendors drop the parts of what was begun long ago: it is begun anew, unless its file was made.
      if (!progress && (await files.sizeOf(bytesKeyOf(arrival))) === undefined) return undefined;
      return { ...arrival, announcedBytes, arrivedBytes: progress?.offset };
    },

    async read(uploadId) {
      // Its last request may have ended between the last byte and this.
      await uploads.finish(uploadId);
      const stored = await bucket.open(madeKeyOf(uploadId));
      if (!stored) throw new JamzError('not-found', 'These bytes are gone: upload the file again');
      await mkdir(scratch, { recursive: true });
      const path = join(scratch, `${process.pid}-${copies++}-${uploadId}`);
      const release = (): Promise<void> => rm(path, { force: true });
      try {
        await pipeline(stored.body, createWriteStream(path));
        await checkLength(path, stored.totalBytes);
      } catch (error) {
        await release();
        throw named(error);
      }
      return {
        path,
        async keepAs(key, mediaType) {
          await bucket.copy(madeKeyOf(uploadId), objectKeyOf(key), mediaType);
          if ((await files.sizeOf(key)) === stored.totalBytes) return;
          throw new JamzError('unavailable', 'The file was not kept whole: try again');
        },
        release,
      };
    },

    restore: (uploadId, body) => writeObject(bucket, madeKeyOf(uploadId), body),

    drop: (uploadId) => dropKept(bucket, uploadId),

    async outcome(uploadId) {
      if (!idPattern.test(uploadId)) return undefined;
      return (await readJson(bucket, outcomeKeyOf(uploadId))) as UploadOutcome | undefined;
    },

    async remember(uploadId, outcome) {
      const json = Buffer.from(JSON.stringify(outcome));
      await bucket.put(outcomeKeyOf(uploadId), json, 'application/json');
    },

    async sweep({ uploadsMs, outcomesMs }) {
      for await (const { key, changedAtMs } of bucket.list(outcomesPrefix)) {
        if (changedAtMs < outcomesMs) await bucket.remove(key);
      }
      for (const id of await idleUploads(bucket, uploadsMs)) await dropKept(bucket, id);
      for await (const multipart of openMultiparts(bucket, uploadsPrefix)) {
        const id = multipart.key.split('/')[1] ?? '';
        if (multipart.begunAtMs >= uploadsMs) continue;
        if ((await findKept(bucket, id))?.multipart?.id === multipart.id) continue;
        await abortMultipart(bucket, multipart);
      }
      for await (const multipart of openMultiparts(bucket, filesPrefix)) {
        if (multipart.begunAtMs < uploadsMs) await abortMultipart(bucket, multipart);
      }
      await clearScratch(scratch, outcomesMs);
    },

    async freeBytes() {
      await mkdir(scratch, { recursive: true });
      const { bavail, bsize } = await statfs(scratch);
      return bavail * bsize;
    },
  };
}

/** Those that nothing was added to since. */
async function idleUploads(bucket: Bucket, beforeMs: number): Promise<readonly string[]> {
  const lastMs = new Map<string, number>();
  for await (const { key, changedAtMs } of bucket.list(uploadsPrefix)) {
    const id = key.split('/')[1] ?? '';
    lastMs.set(id, Math.max(lastMs.get(id) ?? 0, changedAtMs));
  }
  const idle: string[] = [];
  for (const [id, changedAtMs] of lastMs) {
    if (changedAtMs >= beforeMs) continue;
    // Parts are in no listing.
    const kept = await findKept(bucket, id);
    const progress = kept && (await progressOf(bucket, id, kept));
    if ((progress?.changedAtMs ?? 0) < beforeMs) idle.push(id);
  }
  return idle;
}

/** What a process that was killed was reading. */
async function clearScratch(scratch: string, beforeMs: number): Promise<void> {
  await mkdir(scratch, { recursive: true });
  for (const name of await readdir(scratch)) {
    const path = join(scratch, name);
    const info = await stat(path).catch(() => undefined);
    if (info && info.mtimeMs < beforeMs) await rm(path, { force: true });
  }
}

async function checkLength(path: string, bytes: number): Promise<void> {
  const { size } = await stat(path);
  if (size === bytes) return;
  throw new JamzError('unavailable', 'The file did not come whole from the bucket: try again');
}

function outcomeKeyOf(uploadId: string): string {
  return `${outcomesPrefix}${uploadId}.json`;
}
