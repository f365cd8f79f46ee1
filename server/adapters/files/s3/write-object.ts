import type { Readable } from 'node:stream';
import type { Bucket } from './bucket.ts';
import {
  abortMultipart,
  beginMultipart,
  completeMultipart,
  partsOf,
  sendPart,
} from './multiparts.ts';
import { partBytes, portionsOf } from './portions.ts';

/** Writes an object whole or not at all, of whatever length, with one part of it in memory at a time. */
export async function writeObject(
  bucket: Bucket,
  key: string,
  body: Readable,
  mediaType?: string,
): Promise<void> {
  const portions = portionsOf(body, partBytes);
  const first = await portions.next();
  if (first.done === true || first.value.length < partBytes) {
    await bucket.put(key, first.value ?? new Uint8Array(), mediaType);
    return;
  }
  const multipart = await beginMultipart(bucket, key, mediaType);
  try {
    await sendPart(bucket, multipart, 1, first.value);
    let number = 2;
    for await (const portion of portions) await sendPart(bucket, multipart, number++, portion);
    await completeMultipart(bucket, multipart, (await partsOf(bucket, multipart)) ?? []);
  } catch (error) {
    // Where this fails too the sweep finds it.
    await abortMultipart(bucket, multipart).catch(() => {});
    throw error;
  }
}
