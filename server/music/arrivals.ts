import type { Readable } from 'node:stream';
import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { AnnouncedUpload, IngestedFile } from './ingest.ts';

/** An upload that has begun. */
export interface Arrival extends AnnouncedUpload {
  /** Where its bytes lie, or lay. */
  readonly path: string;
  readonly announcedBytes: number;
  /** Undefined once the bytes were taken over. */
  readonly arrivedBytes: number | undefined;
}

/** How an upload ended; told to its sender only. */
export type UploadOutcome = { readonly uploadedBy: UserId; readonly bytes: number } & (
  | { readonly file: IngestedFile }
  | { readonly code: ErrorCode; readonly message: string }
);

/** Port: uploads on their way, on this machine's disk. Adapter: `server/adapters/files/tus-arrivals.ts`. */
export interface Arrivals {
  /** Where tus keeps them. */
  readonly directory: string;
  find(uploadId: string): Promise<Arrival | undefined>;
  /** Puts bytes back that were taken over. */
  restore(uploadId: string, body: Readable): Promise<void>;
  /** Forgets an upload and its bytes. */
  drop(uploadId: string): Promise<void>;
  outcome(uploadId: string): Promise<UploadOutcome | undefined>;
  /** Durable when it resolves. */
  remember(uploadId: string, outcome: UploadOutcome): Promise<void>;
  /** Drops uploads that nothing was added to, and outcomes that were written, before these times. */
  sweep(before: { readonly uploadsMs: number; readonly outcomesMs: number }): Promise<void>;
  /** Room on the disk. */
  freeBytes(): Promise<number>;
}
