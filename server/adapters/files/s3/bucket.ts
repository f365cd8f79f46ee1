import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ListedFile, StoredBytes } from '../../../ports/files.ts';
import { isMissing, isWithoutChecksums, named } from './failures.ts';
import type { S3Settings } from './settings.ts';

/** A bucket's objects; what comes in parts is in `multiparts.ts`. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  open(
    key: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<StoredBytes | undefined>;
  sizeOf(key: string): Promise<number | undefined>;
  put(key: string, bytes: Uint8Array, mediaType?: string): Promise<void>;
  /** Within the bucket, without the bytes coming here. */
  copy(from: string, to: string, mediaType: string): Promise<void>;
  /** Quiet for what is not there. */
  remove(key: string): Promise<void>;
  list(prefix: string): AsyncIterable<ListedFile>;
  presign(key: string, forMs: number): Promise<string>;
  /**
   * Sends with a checksum that the vendor keeps, until one says that it knows none.
   *
   * @param send called with the digest of the bytes, base64, or without
   */
  withChecksum<T>(bytes: Uint8Array, send: (sha256: string | undefined) => Promise<T>): Promise<T>;
  readonly knowsChecksums: () => boolean;
}

/** @param patience how long one request may take; for tests */
export function openBucket(
  settings: S3Settings,
  patience: { readonly requestMs: number; readonly attempts: number } = {
    requestMs: 30_000,
    attempts: 3,
  },
): Bucket {
  const { endpoint, region, bucket: name, credentials, pathStyle } = settings;
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
    forcePathStyle: pathStyle,
    maxAttempts: patience.attempts,
    // Newer defaults send trailers that R2, Supabase and older MinIO refuse. Each body is signed with its SHA-256
    // instead, which all of them check.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: patience.requestMs,
      throwOnRequestTimeout: true,
      socketTimeout: 60_000,
    },
  });
  let checksums = true;

  const withChecksum: Bucket['withChecksum'] = async (bytes, send) => {
    if (!checksums) return send(undefined);
    try {
      return await send(createHash('sha256').update(bytes).digest('base64'));
    } catch (error) {
      if (!isWithoutChecksums(error)) throw error;
      checksums = false;
      return send(undefined);
    }
  };

  return {
    client,
    name,
    withChecksum,
    knowsChecksums: () => checksums,

    async open(key, range) {
      try {
        const Range = range && `bytes=${range.from}-${range.to}`;
        const got = await client.send(new GetObjectCommand({ Bucket: name, Key: key, Range }));
        if (!(got.Body instanceof Readable)) throw new Error('An object without a body');
        const whole = /\/(\d+)$/.exec(got.ContentRange ?? '')?.[1];
        return { totalBytes: Number(whole ?? got.ContentLength), body: got.Body };
      } catch (error) {
        return missingOr(error);
      }
    },

    async sizeOf(key) {
      try {
        const head = await client.send(new HeadObjectCommand({ Bucket: name, Key: key }));
        return head.ContentLength;
      } catch (error) {
        return missingOr(error);
      }
    },

    async put(Key, bytes, ContentType) {
      const whole = { Bucket: name, Key, Body: bytes, ContentType, CacheControl: cacheControl };
      await calling(() =>
        withChecksum(bytes, (ChecksumSHA256) =>
          client.send(new PutObjectCommand({ ...whole, ChecksumSHA256 })),
        ),
      );
    },

    async copy(from, Key, ContentType) {
      const CopySource = encodeURI(`${name}/${from}`);
      const told = {
        ContentType,
        CacheControl: cacheControl,
        MetadataDirective: 'REPLACE',
      } as const;
      await calling(() =>
        client.send(new CopyObjectCommand({ Bucket: name, Key, CopySource, ...told })),
      );
    },

    async remove(Key) {
      try {
        await client.send(new DeleteObjectCommand({ Bucket: name, Key }));
      } catch (error) {
        missingOr(error);
      }
    },

    async *list(prefix) {
      let after: string | undefined;
      do {
        const asked = { Bucket: name, Prefix: prefix, ContinuationToken: after };
        const page = await calling(() => client.send(new ListObjectsV2Command(asked)));
        for (const { Key: key, Size: bytes = 0, LastModified } of page.Contents ?? []) {
          if (key !== undefined) yield { key, bytes, changedAtMs: LastModified?.getTime() ?? 0 };
        }
        after = page.NextContinuationToken;
      } while (after !== undefined);
    },

    presign: (Key, forMs) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: name, Key }), {
        expiresIn: Math.ceil(forMs / 1_000),
      }),
  };
}

/** No key is ever written with other bytes than it has. */
const cacheControl = 'private, max-age=31536000, immutable';

export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw named(error);
  }
}

/** @returns undefined for what is not there */
export function missingOr(error: unknown): undefined {
  if (!isMissing(error)) throw named(error);
  return undefined;
}
