import { Binary } from 'mongodb';
import type { FileRecord, FileStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';
import { bytesOf } from './parts.ts';

export function createFiles({ files }: Collections, gate: Gate): FileStore {
  return {
    async get(fileId) {
      const found = await gate.run((within) => files.findOne({ _id: fileId }, within));
      return found ? toFile(found) : undefined;
    },
    async bySha256(groupId, sha256) {
      const found = await gate.run((within) =>
        files.findOne({ groupId, sha256 }, { ...within, sort: { createdAtMs: 1, _id: 1 } }),
      );
      return found ? toFile(found) : undefined;
    },
    async put(file) {
      const { _id, ...facts } = fileDocument(file);
      await upserting(() =>
        gate.run((within) => files.replaceOne({ _id }, facts, { ...within, upsert: true })),
      );
    },
  };
}

export function fileDocument({ fileId: _id, peaks, ...file }: FileRecord): Documents['files'] {
  return { _id, ...file, peaks: peaks && new Binary(peaks) };
}

export function toFile({ _id: fileId, peaks, ...file }: Documents['files']): FileRecord {
  return { fileId, ...file, peaks: peaks && bytesOf(peaks) };
}
