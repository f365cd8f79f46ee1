import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Files } from '../../../ports/files.ts';
import { checkByUse } from '../check-by-use.ts';
import { partsOfKey } from '../file-key.ts';
import type { Bucket } from './bucket.ts';
import { checkCors } from './check-cors.ts';
import {
  abortMultipart,
  beginMultipart,
  completeMultipart,
  partsOf,
  sendPart,
} from './multiparts.ts';
import { partBytes, portionsOf } from './portions.ts';
import type { S3Settings } from './settings.ts';

/** What is under this prefix is what a CDN may show. */
export const filesPrefix = 'files/';

/** Files as objects of a bucket, one per key, under {@link filesPrefix}. Each body is signed with its SHA-256. */
export function s3Files(bucket: Bucket, settings: S3Settings): Files {
  const writeStream = async (key: string, body: Readable, mediaType?: string): Promise<void> => {
    const portions = portionsOf(body, partBytes)[Symbol.asyncIterator]();
    const first = await portions.next();
    if (first.done === true || first.value.length < partBytes) {
      await bucket.put(key, first.value ?? new Uint8Array(), mediaType);
      return;
    }
    const multipart = await beginMultipart(bucket, key, mediaType);
    try {
      await sendPart(bucket, multipart, 1, first.value);
      let number = 2;
      for await (const portion of { [Symbol.asyncIterator]: () => portions }) {
        await sendPart(bucket, multipart, number++, portion);
      }
      await completeMultipart(bucket, multipart, (await partsOf(bucket, multipart)) ?? []);
    } catch (error) {
      // Where this fails too the sweep finds it.
      await abortMultipart(bucket, multipart).catch(() => {});
      throw error;
    }
  };

  const files: Files = {
    open: async (key, range) => bucket.open(objectKeyOf(key), range),

    sizeOf: async (key) => bucket.sizeOf(objectKeyOf(key)),

    async write(key, body, mediaType) {
      const at = objectKeyOf(key);
      if (body instanceof Uint8Array) await writeStream(at, Readable.from([body]), mediaType);
      else await writeStream(at, body, mediaType);
    },

    async adopt(key, path, mediaType) {
      await writeStream(objectKeyOf(key), createReadStream(path), mediaType);
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
