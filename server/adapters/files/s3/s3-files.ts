import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Files } from '../../../ports/files.ts';
import { checkByUse } from '../check-by-use.ts';
import { partsOfKey } from '../file-key.ts';
import type { Bucket } from './bucket.ts';
import { checkCors } from './check-cors.ts';
import type { S3Settings } from './settings.ts';
import { writeObject } from './write-object.ts';

/** What is under this prefix is what a CDN may show. */
export const filesPrefix = 'files/';

/** Files as objects of a bucket, one per key, under {@link filesPrefix}. Each body is signed with its SHA-256. */
export function s3Files(bucket: Bucket, settings: S3Settings): Files {
  const files: Files = {
    open: async (key, range) => bucket.open(objectKeyOf(key), range),

    sizeOf: async (key) => bucket.sizeOf(objectKeyOf(key)),

    async write(key, body, mediaType) {
      const at = objectKeyOf(key);
      if (body instanceof Uint8Array)
        await writeObject(bucket, at, Readable.from([body]), mediaType);
      else await writeObject(bucket, at, body, mediaType);
    },

    async adopt(key, path, mediaType) {
      await writeObject(bucket, objectKeyOf(key), createReadStream(path), mediaType);
      await unlink(path);
    },

    remove: async (key) => bucket.remove(objectKeyOf(key)),

    async *list() {
      for await (const { key, ...facts } of bucket.list(filesPrefix)) {
        yield { key: key.slice(filesPrefix.length), ...facts };
      }
    },

    async addressOf(key, forMs) {
      const at = objectKeyOf(key);
      if (settings.publicUrl !== undefined) return `${settings.publicUrl}/${at}`;
      return settings.delivery === 'presigned' ? bucket.presign(at, forMs) : undefined;
    },

    async check() {
      await checkByUse(files);
      const { bucket: name, endpoint = 'AWS' } = settings;
      const hints = settings.delivery === 'presigned' ? await checkCors(files) : [];
      return { name: `bucket ${name} at ${endpoint}`, hints };
    },
  };
  return files;
}

export function objectKeyOf(key: string): string {
  return filesPrefix + partsOfKey(key).join('/');
}
