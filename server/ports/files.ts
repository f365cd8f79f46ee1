import type { Readable } from 'node:stream';

export interface StoredBytes {
  readonly totalBytes: number;
  readonly body: Readable;
}

/**
 * Where the bytes of tracks, artwork and photos are kept. Keys are `<group id>/<file id>[.suffix]`, made by us
 * from checked ids, so no key can climb out.
 */
export interface Files {
  /** @param range inclusive, within the file; absent: all of it. @returns undefined for an unknown key */
  open(
    key: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<StoredBytes | undefined>;
  sizeOf(key: string): Promise<number | undefined>;
  /** Writes whole or not at all. @throws {JamzError} `storage-full` */
  write(key: string, body: Readable | Uint8Array): Promise<void>;
  /** Takes over a finished upload from the local path where tus wrote it, without copying where it can. */
  adopt(key: string, path: string): Promise<void>;
  remove(key: string): Promise<void>;
}
