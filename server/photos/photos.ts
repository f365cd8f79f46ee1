import { createHash } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type FileId, type GroupId, newId, type UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files, StoredBytes } from '../ports/files.ts';
import { type DrawPhoto, type PhotoSize, photoMediaType, photoSizes } from '../ports/photos.ts';
import type { FileRecord, FileStore } from '../ports/store.ts';

/** Pictures of people and groups: what `photoFileId` names. */
export interface Photos {
  /**
   * Keeps a picture. It is shown nowhere until somebody names it in a profile or a group.
   *
   * @param groupId of which group it is one; absent: it is the person's own
   * @throws {JamzError} `unsupported-type`, `too-large`, `quota-exceeded`, `storage-full`, `unavailable`
   */
  add(userId: UserId, image: Uint8Array, groupId?: GroupId): Promise<FileId>;
  /** @throws {JamzError} `not-found`, `gone` */
  open(fileId: FileId, size: PhotoSize): Promise<StoredBytes>;
  /** What is known of a person's own one. @throws {JamzError} `not-found`, also for one of a group */
  own(fileId: FileId): Promise<FileRecord>;
}

export interface PhotosDeps {
  readonly files: Pick<Files, 'write' | 'open'>;
  /** Without what was taken down. */
  readonly records: Pick<FileStore, 'get' | 'put'>;
  readonly draw: DrawPhoto;
  /** @throws {JamzError} `quota-exceeded` */
  readonly admit: (userId: UserId, bytes: number) => Promise<void>;
  readonly clock: Clock;
  /** Cryptographic numbers in [0, 1): who knows a photo's id may see it. */
  readonly random: () => number;
}

/** In place of a group's id: these belong to none. No id made here begins so. */
const ownFolder = '~photos';

export function createPhotos(deps: PhotosDeps): Photos {
  const { files, records, draw, admit, clock, random } = deps;

  const known = async (fileId: FileId): Promise<FileRecord> => {
    const record = await records.get(fileId);
    if (!record || !isPhoto(record)) throw new JamzError('not-found', 'There is no such photo');
    return record;
  };

  return {
    async add(userId, image, groupId = ownFolder) {
      const drawn = await draw(image);
      const bytes = photoSizes.reduce((sum, size) => sum + drawn[size].length, 0);
      await admit(userId, bytes);
      const fileId = newId(random, 20);
      const record: FileRecord = {
        fileId,
        groupId,
        uploadedBy: userId,
        bytesKey: `${groupId}/${fileId}`,
        name: 'photo.webp',
        mediaType: photoMediaType,
        bytes,
        sha256: createHash('sha256').update(drawn[photoSizes[2]]).digest('hex'),
        title: '',
        artist: null,
        durationMs: null,
        artworkKey: null,
        artworkMediaType: null,
        peaks: null,
        createdAtMs: clock.nowMs(),
      };
      for (const size of photoSizes) {
        await files.write(keyOf(record, size), drawn[size], photoMediaType);
      }
      await records.put(record);
      return fileId;
    },

    async open(fileId, size) {
      const stored = await files.open(keyOf(await known(fileId), size));
      if (!stored) throw new JamzError('not-found', 'The bytes of this photo are gone');
      return stored;
    },

    async own(fileId) {
      const record = await known(fileId);
      if (!isOwnPhoto(record)) throw new JamzError('not-found', 'There is no such photo of yours');
      return record;
    },
  };
}

/** A person's own, which goes with the person. */
export function isOwnPhoto({ groupId }: FileRecord): boolean {
  return groupId === ownFolder;
}

/** All that the files port has of a record. */
export function keysOf(record: FileRecord): readonly string[] {
  if (isPhoto(record)) return photoSizes.map((size) => keyOf(record, size));
  return [record.bytesKey, record.artworkKey].filter((key) => key !== null);
}

function isPhoto({ mediaType }: FileRecord): boolean {
  return mediaType === photoMediaType;
}

function keyOf({ bytesKey }: FileRecord, size: PhotoSize): string {
  return `${bytesKey}.${size}`;
}
