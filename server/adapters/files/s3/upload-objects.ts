import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { idPattern } from '../../../../sdk/protocol/ids.ts';
import { type Announced, announcedSchema } from '../announced.ts';
import type { Bucket } from './bucket.ts';
import { abortMultipart, type Multipart, type Part, partsOf } from './multiparts.ts';
import { partBytes } from './portions.ts';

/** What lies in the bucket of one upload on its way. */
export interface KeptUpload extends Announced {
  readonly begunAtMs: number;
  /** Null for one that is no larger than one part. */
  readonly multipart: Multipart | null;
}

/** Bytes that fill no part yet. */
export interface Piece {
  readonly key: string;
  readonly offset: number;
  readonly bytes: number;
}

/** How far an upload has come. */
export interface Progress {
  /** The next byte that is missing. */
  readonly offset: number;
  /** Full parts, from the first on without a gap. */
  readonly parts: readonly Part[];
  /** What follows the parts, in order and without a gap. */
  readonly pieces: readonly Piece[];
  /** The object is made. */
  readonly isMade: boolean;
  readonly changedAtMs: number;
}

export const uploadsPrefix = 'uploads/';

/** Where the whole file comes to lie. */
export function madeKeyOf(id: string): string {
  return `${folderOf(id)}bytes`;
}

export function aboutKeyOf(id: string): string {
  return `${folderOf(id)}about.json`;
}

/** The length is in the name, so that a shorter piece never takes a longer one's place. */
export function pieceKeyOf(id: string, offset: number, bytes: number): string {
  return `${folderOf(id)}pieces/${String(offset).padStart(12, '0')}-${bytes}`;
}

/** @returns undefined for what was never begun, is gone, or is no id */
export async function findKept(bucket: Bucket, id: string): Promise<KeptUpload | undefined> {
  if (!idPattern.test(id)) return undefined;
  const about = await readJson(bucket, aboutKeyOf(id));
  const announced = v.safeParse(announcedSchema, about);
  const kept = v.safeParse(keptSchema, about);
  if (!announced.success || !kept.success) return undefined;
  return { ...announced.output, ...kept.output };
}

/** @returns undefined when its parts are gone */
export async function progressOf(
  bucket: Bucket,
  id: string,
  { size, multipart, begunAtMs }: KeptUpload,
): Promise<Progress | undefined> {
  const sent = multipart ? await partsOf(bucket, multipart) : [];
  const pieces: Piece[] = [];
  let isMade = false;
  let changedAtMs = begunAtMs;
  for await (const { key, bytes, changedAtMs: atMs } of bucket.list(folderOf(id))) {
    changedAtMs = Math.max(changedAtMs, atMs);
    if (key === madeKeyOf(id)) isMade = true;
    const offset = /\/pieces\/(\d+)-\d+$/.exec(key)?.[1];
    if (offset !== undefined) pieces.push({ key, offset: Number(offset), bytes });
  }
  if (isMade) return { offset: size, parts: [], pieces: [], isMade, changedAtMs };
  if (!sent) return undefined;

  const parts: Part[] = [];
  let offset = 0;
  for (const part of sent) {
    if (part.number !== parts.length + 1) break;
    if (part.bytes !== Math.min(partBytes, size - offset)) break;
    parts.push(part);
    offset += part.bytes;
    changedAtMs = Math.max(changedAtMs, part.sentAtMs);
  }
  const following: Piece[] = [];
  for (;;) {
    const [longest] = pieces
      .filter((piece) => piece.offset === offset && piece.bytes > 0)
      .sort((one, two) => two.bytes - one.bytes);
    if (!longest) break;
    following.push(longest);
    offset += longest.bytes;
  }
  return { offset, parts, pieces: following, isMade, changedAtMs };
}

/** Removes all there is of an upload; what says that there is one goes last. */
export async function dropKept(bucket: Bucket, id: string): Promise<void> {
  const kept = await findKept(bucket, id);
  if (kept?.multipart) await abortMultipart(bucket, kept.multipart);
  for await (const { key } of bucket.list(folderOf(id))) {
    if (key !== aboutKeyOf(id)) await bucket.remove(key);
  }
  await bucket.remove(aboutKeyOf(id));
}

/** @returns undefined for what is not there or is no JSON */
export async function readJson(bucket: Bucket, key: string): Promise<unknown> {
  const stored = await bucket.open(key);
  if (!stored) return undefined;
  try {
    return JSON.parse(await text(stored.body));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function folderOf(id: string): string {
  return `${uploadsPrefix}${id}/`;
}

const keptSchema = v.object({
  begunAtMs: v.number(),
  multipart: v.nullable(v.object({ key: v.string(), id: v.string() })),
});
