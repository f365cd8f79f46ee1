import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { Clock } from '../../../ports/clock.ts';
import type { Bucket } from './bucket.ts';
import { beginMultipart, completeMultipart, sendPart } from './multiparts.ts';
import { partBytes } from './portions.ts';
import {
  aboutKeyOf,
  dropKept,
  findKept,
  type KeptUpload,
  madeKeyOf,
  type Progress,
  pieceKeyOf,
  progressOf,
  uploadsPrefix,
} from './upload-objects.ts';

/**
 * Uploads straight into a bucket, by any number of processes: nothing of them is on this machine.
 *
 * Part n of an upload is always the same bytes of it, so that two processes that write at once, one of which the sender
 * has given up, write the same. What fills no part is kept as a piece when a request ends, however it ends; a process
 * that is killed loses at most what has come in the request under way since its last part.
 */
export class S3Uploads extends DataStore {
  readonly #bucket: Bucket;
  readonly #clock: Clock;
  /** Bytes of all requests that are in memory. */
  #heldBytes = 0;

  constructor(bucket: Bucket, clock: Clock) {
    super();
    this.#bucket = bucket;
    this.#clock = clock;
    this.extensions = ['creation', 'creation-with-upload', 'termination'];
  }

  override async create(file: Upload): Promise<Upload> {
    const { id, size, metadata } = file;
    if (size === undefined) throw ERRORS.INVALID_LENGTH;
    const begunAtMs = this.#clock.nowMs();
    const key = madeKeyOf(id);
    const multipart = size > partBytes ? await beginMultipart(this.#bucket, key) : null;
    const kept = { size, metadata, begunAtMs, multipart };
    await this.#bucket.put(aboutKeyOf(id), Buffer.from(JSON.stringify(kept)), 'application/json');
    return file;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { kept, progress } = await this.#found(id);
    const { size, metadata, begunAtMs } = kept;
    return new Upload({
      ...{ id, size, offset: progress.offset, metadata: { ...metadata } },
      creation_date: new Date(begunAtMs).toISOString(),
      storage: { type: 's3', path: uploadsPrefix + id },
    });
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const { kept, progress } = await this.#found(id);
    if (progress.offset !== offset) throw ERRORS.INVALID_OFFSET;
    const writer = new Writer(this.#bucket, id, kept, progress);
    try {
      for await (const chunk of source) {
        const before = writer.heldBytes;
        await writer.add(chunk);
        this.#heldBytes += writer.heldBytes - before;
        if (this.#heldBytes > maxHeldBytes && writer.heldBytes >= leastPieceBytes) {
          this.#heldBytes -= writer.heldBytes;
          await writer.flush();
        }
      }
      this.#heldBytes -= writer.heldBytes;
      await writer.flush();
    } catch (error) {
      this.#heldBytes -= writer.heldBytes;
      throw error;
    }
    if (writer.offset === kept.size) await this.finish(id);
    return writer.offset;
  }

  /** Makes the object out of an upload whose bytes are all here. Asked again it does no harm. */
  async finish(id: string): Promise<void> {
    const { kept, progress } = await this.#found(id);
    if (progress.isMade || progress.offset < kept.size) return;
    const { parts, pieces } = progress;
    const rest = Buffer.concat(await readPieces(this.#bucket, pieces));
    if (kept.multipart === null) {
      await this.#bucket.put(madeKeyOf(id), rest);
    } else {
      if (rest.length > 0) await sendPart(this.#bucket, kept.multipart, parts.length + 1, rest);
      const all = rest.length > 0 ? await this.#found(id) : { progress };
      await completeMultipart(this.#bucket, kept.multipart, all.progress.parts);
    }
    for (const { key } of pieces) await this.#bucket.remove(key);
  }

  override async remove(id: string): Promise<void> {
    await this.#found(id);
    await dropKept(this.#bucket, id);
  }

  async #found(id: string): Promise<{ kept: KeptUpload; progress: Progress }> {
    const kept = await findKept(this.#bucket, id);
    const progress = kept && (await progressOf(this.#bucket, id, kept));
    if (!kept || !progress) throw ERRORS.FILE_NOT_FOUND;
    return { kept, progress };
  }
}

/** Beyond this, requests write what they hold as pieces rather than wait for a whole part. */
const maxHeldBytes = 128_000_000;
const leastPieceBytes = 262_144;

/** Adds the bytes of one request to an upload. */
class Writer {
  readonly #bucket: Bucket;
  readonly #id: string;
  readonly #kept: KeptUpload;
  /** What of the part that is not full yet lies in the bucket. */
  #pieces: Progress['pieces'];
  #partsSent: number;
  #held: Uint8Array[] = [];
  heldBytes = 0;
  /** What is in the bucket. */
  offset: number;

  constructor(bucket: Bucket, id: string, kept: KeptUpload, { parts, pieces, offset }: Progress) {
    this.#bucket = bucket;
    this.#id = id;
    this.#kept = kept;
    this.#pieces = pieces;
    this.#partsSent = parts.length;
    this.offset = offset;
  }

  async add(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    for (;;) {
      const room = this.#nextPartEnd() - this.offset - this.heldBytes;
      if (room <= 0) throw ERRORS.ERR_SIZE_EXCEEDED;
      const taken = rest.subarray(0, room);
      if (taken.length > 0) this.#held.push(taken);
      this.heldBytes += taken.length;
      if (this.#kept.multipart === null || taken.length < room) return;
      await this.#sendPart();
      rest = rest.subarray(taken.length);
      if (rest.length === 0) return;
    }
  }

  /** Writes what is held as a piece. */
  async flush(): Promise<void> {
    if (this.heldBytes === 0) return;
    const bytes = this.#take();
    const key = pieceKeyOf(this.#id, this.offset, bytes.length);
    await this.#bucket.put(key, bytes);
    this.#pieces = [...this.#pieces, { key, offset: this.offset, bytes: bytes.length }];
    this.offset += bytes.length;
  }

  async #sendPart(): Promise<void> {
    const { multipart } = this.#kept;
    if (!multipart) throw new Error('A small upload has no parts');
    const earlier = this.#pieces;
    const held = this.#take();
    const part = Buffer.concat([...(await readPieces(this.#bucket, earlier)), held]);
    await sendPart(this.#bucket, multipart, this.#partsSent + 1, part);
    this.#partsSent += 1;
    this.#pieces = [];
    this.offset += held.length;
    for (const { key } of earlier) await this.#bucket.remove(key);
  }

  #nextPartEnd(): number {
    return Math.min((this.#partsSent + 1) * partBytes, this.#kept.size);
  }

  #take(): Buffer {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    this.heldBytes = 0;
    return bytes;
  }
}

async function readPieces(bucket: Bucket, pieces: Progress['pieces']): Promise<Buffer[]> {
  const read: Buffer[] = [];
  for (const { key, bytes } of pieces) {
    const stored = await bucket.open(key);
    const all = stored ? await buffer(stored.body) : undefined;
    if (all?.length !== bytes) throw new Error(`A piece of an upload is gone: ${key}`);
    read.push(all);
  }
  return read;
}
