import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type Bucket, calling, missingOr } from './bucket.ts';

/** An object that comes in parts, numbered from 1. */
export interface Multipart {
  readonly key: string;
  readonly id: string;
}

export interface Part {
  readonly number: number;
  readonly bytes: number;
  readonly etag: string;
  /** Base64; undefined where the vendor keeps none. */
  readonly sha256: string | undefined;
  readonly sentAtMs: number;
}

export async function beginMultipart(
  { client, name, knowsChecksums }: Bucket,
  key: string,
  mediaType?: string,
): Promise<Multipart> {
  const { UploadId } = await calling(() =>
    client.send(
      new CreateMultipartUploadCommand({
        Bucket: name,
        Key: key,
        ContentType: mediaType,
        ...(knowsChecksums() && { ChecksumAlgorithm: 'SHA256' }),
      }),
    ),
  );
  if (UploadId === undefined) throw new Error('A multipart upload without an id');
  return { key, id: UploadId };
}

/** The same part may be sent again: the last one counts. @throws {JamzError} `unavailable`, `storage-full` */
export async function sendPart(
  { client, name, withChecksum }: Bucket,
  { key: Key, id: UploadId }: Multipart,
  number: number,
  bytes: Uint8Array,
): Promise<void> {
  const part = { Bucket: name, Key, UploadId, PartNumber: number, Body: bytes };
  await calling(() =>
    withChecksum(bytes, (ChecksumSHA256) =>
      client.send(new UploadPartCommand({ ...part, ChecksumSHA256 })),
    ),
  );
}

/** By number. @returns undefined when it was completed, aborted, or never begun */
export async function partsOf(
  { client, name }: Bucket,
  { key, id }: Multipart,
): Promise<readonly Part[] | undefined> {
  const parts: Part[] = [];
  let after: string | undefined;
  try {
    do {
      const asked = { Bucket: name, Key: key, UploadId: id, PartNumberMarker: after };
      const page = await client.send(new ListPartsCommand(asked));
      for (const part of page.Parts ?? []) {
        const { PartNumber: number = 0, Size: bytes = 0, ETag: etag = '' } = part;
        const sentAtMs = part.LastModified?.getTime() ?? 0;
        parts.push({ number, bytes, etag, sha256: part.ChecksumSHA256, sentAtMs });
      }
      after = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (after !== undefined);
  } catch (error) {
    return missingOr(error);
  }
  return parts.sort((one, two) => one.number - two.number);
}

/** Makes the object. Quiet when it was completed before. */
export async function completeMultipart(
  { client, name }: Bucket,
  { key, id }: Multipart,
  parts: readonly Part[],
): Promise<void> {
  const Parts = parts.map(({ number, etag, sha256 }) => ({
    PartNumber: number,
    ETag: etag,
    ...(sha256 !== undefined && { ChecksumSHA256: sha256 }),
  }));
  try {
    await client.send(
      new CompleteMultipartUploadCommand({
        ...{ Bucket: name, Key: key, UploadId: id },
        MultipartUpload: { Parts },
      }),
    );
  } catch (error) {
    missingOr(error);
  }
}

/** Forgets its parts. Quiet when there are none. */
export async function abortMultipart(
  { client, name }: Bucket,
  { key, id }: Multipart,
): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket: name, Key: key, UploadId: id }));
  } catch (error) {
    missingOr(error);
  }
}

/** Those that were begun and neither completed nor aborted, under this prefix. */
export async function* openMultiparts(
  { client, name }: Bucket,
  prefix: string,
): AsyncIterable<Multipart & { readonly begunAtMs: number }> {
  let after: Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'> | undefined =
    {};
  while (after) {
    const asked: ListMultipartUploadsCommandInput = { Bucket: name, Prefix: prefix, ...after };
    const page: ListMultipartUploadsCommandOutput = await calling(() =>
      client.send(new ListMultipartUploadsCommand(asked)),
    );
    for (const { Key: key, UploadId: id, Initiated } of page.Uploads ?? []) {
      if (key === undefined || id === undefined) continue;
      yield { key, id, begunAtMs: Initiated?.getTime() ?? 0 };
    }
    after = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      : undefined;
  }
}
