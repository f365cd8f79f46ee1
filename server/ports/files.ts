import type { Readable } from 'node:stream';

export interface StoredBytes {
  readonly totalBytes: number;
  readonly body: Readable;
}

/** A file as a listing shows it. */
export interface ListedFile {
  readonly key: string;
  readonly bytes: number;
  /** When it was last written, ms since 1970, by the store's own clock. */
  readonly changedAtMs: number;
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
  /**
   * Writes whole or not at all.
   *
   * @param mediaType what browsers are told that it is, where they fetch it from the store itself
   * @throws {JamzError} `storage-full`, `unavailable`
   */
  write(key: string, body: Readable | Uint8Array, mediaType?: string): Promise<void>;
  /** Takes over a file of this machine's disk, which is gone then, without copying where it can. */
  adopt(key: string, path: string, mediaType?: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** All there is, in no particular order, as it is read. */
  list(): AsyncIterable<ListedFile>;
  /**
   * Where browsers fetch it from the store itself, without any header.
   *
   * @param forMs how long the address must work; a public one works longer
   * @returns undefined where this server is to send it
   */
  addressOf(key: string, forMs: number): Promise<string | undefined>;
  /** Writes, reads and removes a file. @returns what a person had better know. @throws {Error} saying what is wrong */
  check(): Promise<FilesCheck>;
}

export interface FilesCheck {
  /** Where the files are, without any secret. */
  readonly name: string;
  /** What works less well than it could. */
  readonly hints: readonly string[];
}
