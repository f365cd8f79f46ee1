import type { FileId, GroupId, UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { FileRecord, FileStore } from '../ports/store.ts';
import type { ArrivedBytes } from './arrivals.ts';
import type { SoundFacts } from './inspect.ts';
import type { Inspect } from './inspector.ts';
import type { AdmitFile } from './member-quota.ts';

/** An upload as its sender announced it. */
export interface AnnouncedUpload {
  readonly uploadId: string;
  readonly groupId: GroupId;
  readonly uploadedBy: UserId;
  /** File name as the sender has it. */
  readonly name: string;
}

/** What the server found in an upload: `UploadedFile` of the SDK. */
export interface IngestedFile {
  readonly fileId: FileId;
  readonly mediaType: string;
  readonly bytes: number;
  readonly title: string;
  readonly artist?: string;
  readonly durationMs?: number;
  readonly hasArtwork: boolean;
  /** The group had the same bytes already; `fileId` is the earlier one. */
  readonly duplicate: boolean;
}

/**
 * Makes a file of the group out of a finished upload. What it answers is durable. Asked again after a crash it finishes
 * what it began. Whatever is left of the upload is the caller's to drop.
 *
 * @throws {JamzError} `unsupported-type`, `quota-exceeded`, `storage-full`
 */
export type Ingest = (upload: AnnouncedUpload, arrived: ArrivedBytes) => Promise<IngestedFile>;

export interface IngestDeps {
  readonly files: Files;
  readonly records: FileStore;
  readonly inspect: Inspect;
  readonly clock: Clock;
  /** @throws {JamzError} `quota-exceeded` */
  readonly admit: AdmitFile;
}

export function createIngest(deps: IngestDeps): Ingest {
  const { files, records, inspect, clock, admit } = deps;
  let last: Promise<unknown> = Promise.resolve();

  // The upload's id is the file's: whoever repeats this after a crash finds what is there.
  const keep = async (
    upload: AnnouncedUpload,
    arrived: ArrivedBytes,
    facts: SoundFacts,
    peaks: Uint8Array | null,
  ): Promise<IngestedFile> => {
    const earlier = await records.bySha256(upload.groupId, facts.sha256);
    if (earlier) return ingestedFile(earlier, earlier.fileId !== upload.uploadId);
    await admit(upload.uploadedBy, facts.bytes);
    const bytesKey = bytesKeyOf(upload);
    const artworkKey = facts.artwork ? `${bytesKey}.artwork` : null;
    if (facts.artwork && artworkKey) {
      await files.write(artworkKey, facts.artwork.bytes, facts.artwork.mediaType);
    }
    await arrived.keepAs(bytesKey, facts.mediaType);
    const record: FileRecord = {
      fileId: upload.uploadId,
      groupId: upload.groupId,
      uploadedBy: upload.uploadedBy,
      bytesKey,
      name: upload.name,
      mediaType: facts.mediaType,
      bytes: facts.bytes,
      sha256: facts.sha256,
      title: facts.title,
      artist: facts.artist,
      durationMs: facts.durationMs,
      artworkKey,
      artworkMediaType: facts.artwork?.mediaType ?? null,
      peaks,
      createdAtMs: clock.nowMs(),
    };
    await records.put(record);
    return ingestedFile(record, false);
  };

  return async (upload, arrived) => {
    const { facts, peaks } = await inspect(arrived.path, upload.name);
    // One at a time, so that of two equal uploads the second finds the first.
    const kept = last.then(() => keep(upload, arrived, facts, peaks));
    last = kept.catch(() => undefined);
    return kept;
  };
}

/** Where the bytes of an upload come to lie. */
export function bytesKeyOf({ groupId, uploadId }: AnnouncedUpload): string {
  return `${groupId}/${uploadId}`;
}

/** A file record as the wire shows it. */
export function ingestedFile(record: FileRecord, duplicate: boolean): IngestedFile {
  return {
    fileId: record.fileId,
    mediaType: record.mediaType,
    bytes: record.bytes,
    title: record.title,
    ...(record.artist !== null && { artist: record.artist }),
    ...(record.durationMs !== null && { durationMs: record.durationMs }),
    hasArtwork: record.artworkKey !== null,
    duplicate,
  };
}
