import type { UploadedFile } from '../../sdk/files/upload.ts';
import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';

/** An upload as its sender announced it. */
export interface AnnouncedUpload {
  readonly uploadId: string;
  readonly groupId: GroupId;
  readonly uploadedBy: UserId;
  /** File name as the sender has it. */
  readonly name: string;
}

/** Finished uploads on their way into the group's files. */
export interface UploadIntake {
  /** Where tus writes what arrives. */
  readonly directory: string;
  /** Begins to take in an upload whose last byte is here. Asked twice, it is done once. */
  take(upload: AnnouncedUpload): void;
  /**
   * What became of an upload, once that is known; also after a restart, for a day.
   *
   * @throws {JamzError} `not-found` for somebody else's or an unknown upload, `unavailable` with `retryAfterMs` while it
   * is still arriving or being read, and whatever ended it: `unsupported-type`, `storage-full`
   */
  result(uploadId: string, userId: UserId): Promise<UploadedFile>;
}
