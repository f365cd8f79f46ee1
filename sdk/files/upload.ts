import type { JamzError } from '../protocol/errors.ts';
import type { FileId, GroupId } from '../protocol/ids.ts';
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

/** What a person wants of an upload. */
export type Wish = 'pause' | 'resume' | 'cancel';

/** An upload as far as sending goes. */
export type Sending = Omit<Upload, 'id' | 'fileId' | 'groupId' | 'keptOn'>;

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

/**
 * A resumable upload (tus 1.0). Goes on by itself after a lost link, and where {@link Upload.keptOn} says `device` also
 * after a reload. One tab of a browser sends it; each shows how far it is and can pause it.
 */
export interface Upload {
  /** Of this device's own making; begins with `~`. Until the file is on the server it stands for `fileId` in what is shown. */
  readonly id: string;
  /** Null until the file is on the server. */
  readonly fileId: FileId | null;
  readonly groupId: GroupId;
  readonly name: string;
  /**
   * `page`: the file could not be kept on the device, so this page has to stay open until it is sent. Null while it is
   * being written.
   */
  readonly keptOn: 'device' | 'page' | null;
  readonly progress$: Live<UploadProgress>;
  /** Rejects with the JamzError that ended it; never unhandled when nobody looks. Another after {@link Upload.resume}. */
  readonly result: Promise<UploadedFile>;
  pause(): void;
  /** After `pause`; after a failure begins anew, with the changes that were set aside because of it. */
  resume(): void;
  /** What names it is set aside. */
  cancel(): void;
}
