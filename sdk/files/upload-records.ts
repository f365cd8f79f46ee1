import type { ErrorCode } from '../protocol/errors.ts';
import type { GroupId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { UploadedFile } from './upload.ts';

/** What tabs know of one upload. Plain JSON. */
export interface UploadRecord {
  readonly id: string;
  readonly groupId: GroupId;
  readonly name: string;
  readonly totalBytes: number;
  readonly addedAtMs: number;
  /** Whether the device has the bytes; otherwise only pages that are open have them. */
  readonly kept: boolean;
  /** As far as it had come when that was last written down. */
  readonly sentBytes: number;
  readonly paused: boolean;
  readonly ended: UploadEnd | null;
  /** Ops that name it were set aside because it ended: one that waits again was retried since. */
  readonly told: boolean;
  /** On the server. */
  readonly file: UploadedFile | null;
}

/** Why an upload did not come about. */
export interface UploadEnd {
  readonly code: ErrorCode;
  readonly message: string;
  readonly cancelled: boolean;
}

/** Uploads of one person on this device, over reloads. */
export interface UploadRecords {
  /** Oldest first. */
  list(): Promise<readonly UploadRecord[]>;
  /** Rejects where the device does not say. */
  get(id: string): Promise<UploadRecord | undefined>;
  /** Rejects where the device does not take it. */
  put(record: UploadRecord): Promise<void>;
  /** Bytes and record together. @returns whether the device has both now */
  keep(record: UploadRecord, bytes: Blob): Promise<boolean>;
  /** Not read before somebody asks for a part of them. */
  bytes(id: string): Promise<Blob | undefined>;
  dropBytes(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface UploadRecordsDeps {
  /** Names belong to a person: encrypted. */
  readonly records: KeyValue;
  /** Begins the keys of this person's records. */
  readonly prefix: string;
  /** Takes Blobs as they are. */
  readonly files: KeyValue;
  /** False where what is kept here would not outlive the page: then the ops do not, either. */
  readonly outlivesPage: () => boolean;
  /** What the browser has room for; undefined where it does not say. */
  readonly roomBytes: () => Promise<number | undefined>;
  /** Lets music go that can be had again. */
  readonly freeTracks: (bytes: number) => Promise<number>;
}

/** Stays free for what people do. */
const reserveBytes = 50_000_000;

export function uploadRecords(deps: UploadRecordsDeps): UploadRecords {
  const { records, prefix, files } = deps;

  /** Whether there is room for so much, once music made way for it. */
  const hasRoom = async (bytes: number): Promise<boolean> => {
    const room = await deps.roomBytes();
    if (room === undefined) return true;
    const lacking = bytes + reserveBytes - room;
    if (lacking <= 0) return true;
    return (await deps.freeTracks(lacking)) >= lacking;
  };
  const get = async (id: string): Promise<UploadRecord | undefined> => {
    const value = await records.get<unknown>(prefix + id);
    return isRecord(value) ? value : undefined;
  };
  const dropBytes = (id: string): Promise<void> => files.remove(id).catch(() => {});
  const remove = async (id: string): Promise<void> => {
    // The bytes first: such as no record names would never be dropped.
    await dropBytes(id);
    await records.remove(prefix + id).catch(() => {});
  };

  return {
    async list() {
      const keys = await records.keys().catch(() => []);
      const ids = keys
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length));
      const found = (await Promise.all(ids.map((id) => get(id).catch(() => undefined)))).filter(
        (record) => record !== undefined,
      );
      return found.sort((one, other) => one.addedAtMs - other.addedAtMs);
    },
    get,
    put: (record) => records.set(prefix + record.id, record),
    async keep(record, bytes) {
      if (!deps.outlivesPage() || !(await hasRoom(bytes.size))) return false;
      try {
        await records.set(prefix + record.id, { ...record, kept: true });
        await files.set(record.id, bytes);
        return true;
      } catch {
        await remove(record.id);
        return false;
      }
    },
    async bytes(id) {
      const value = await files.get<unknown>(id).catch(() => undefined);
      return value instanceof Blob ? value : undefined;
    },
    dropBytes,
    remove,
  };
}

function isRecord(value: unknown): value is UploadRecord {
  const { id, groupId, name } = (value ?? {}) as Partial<UploadRecord>;
  return typeof id === 'string' && typeof groupId === 'string' && typeof name === 'string';
}
