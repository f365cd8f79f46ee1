import type { JamzError } from '../protocol/errors.ts';
import type { FileId } from '../protocol/ids.ts';
import type { Live } from '../streams/live.ts';

export type UploadProgress =
  | { readonly state: 'waiting'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly state: 'sending'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly state: 'paused'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly state: 'processing'; readonly sentBytes: number; readonly totalBytes: number }
  | {
      readonly state: 'done';
      readonly sentBytes: number;
      readonly totalBytes: number;
      readonly file: UploadedFile;
    }
  | {
      readonly state: 'failed';
      readonly sentBytes: number;
      readonly totalBytes: number;
      readonly error: JamzError;
    }
  | { readonly state: 'cancelled'; readonly sentBytes: number; readonly totalBytes: number };

/** What the server found in an upload. */
export interface UploadedFile {
  readonly fileId: FileId;
  readonly mediaType: string;
  readonly bytes: number;
  readonly title: string;
  readonly artist?: string;
  readonly durationMs?: number;
  readonly hasArtwork: boolean;
  /** The same bytes were here already; `fileId` is the earlier one. */
  readonly duplicate: boolean;
}

/** A resumable upload (tus 1.0). Goes on by itself after a lost link. */
export interface Upload {
  readonly name: string;
  readonly progress$: Live<UploadProgress>;
  /** Rejects with the JamzError that ended it; never unhandled when nobody looks. */
  readonly result: Promise<UploadedFile>;
  pause(): void;
  resume(): void;
  cancel(): void;
}
