import type { Readable } from 'node:stream';
import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { AnnouncedUpload, IngestedFile } from './ingest.ts';

/** An upload that has begun. */
export interface Arrival extends AnnouncedUpload {
  readonly announcedBytes: number;
  /** Undefined once the bytes were taken over. */
  readonly arrivedBytes: number | undefined;
}

/** How an upload ended; told to its sender only. */
export type UploadOutcome = { readonly uploadedBy: UserId; readonly bytes: number } & (
  | { readonly file: IngestedFile }
  | { readonly code: ErrorCode; readonly message: string }
);

/** The bytes of a complete upload, to be read as a file of this machine. */
export interface ArrivedBytes {
  readonly path: string;
  /** Makes them the file `key`, without sending them anywhere again where that can be. */
  keepAs(key: string, mediaType: string): Promise<void>;
  /** No more is read of them here. */
  release(): Promise<void>;
}

/**
 * Port: uploads on their way. Adapters: `server/adapters/files/tus-arrivals.ts` on this machine's disk,
 * `server/adapters/files/s3/s3-arrivals.ts`.
 */
export interface Arrivals {
  find(uploadId: string): Promise<Arrival | undefined>;
  /** @throws {JamzError} `unavailable`, `storage-full` */
  read(uploadId: string): Promise<ArrivedBytes>;
  /** Puts bytes back that were taken over. */
  restore(uploadId: string, body: Readable): Promise<void>;
  /** Forgets an upload and its bytes. */
  drop(uploadId: string): Promise<void>;
  outcome(uploadId: string): Promise<UploadOutcome | undefined>;
  /** Durable when it resolves. */
  remember(uploadId: string, outcome: UploadOutcome): Promise<void>;
  /** Drops uploads that nothing was added to, and outcomes that were written, before these times. */
  sweep(before: { readonly uploadsMs: number; readonly outcomesMs: number }): Promise<void>;
  /** Room for more. */
  freeBytes(): Promise<number>;
}
