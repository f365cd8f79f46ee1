import { Binary } from 'mongodb';
import type { FileRecord, FileStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';
import { bytesOf } from './parts.ts';

export function createFiles({ files, takedowns }: Collections, gate: Gate): FileStore {
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
    async usageOf(uploadedBy) {
      const projection = { bytes: 1, bytesKey: 1, groupId: 1 };
      const all = await gate.run((within) =>
        files.find({ uploadedBy }, { ...within, projection }).toArray(),
      );
      const own = all.filter(({ bytesKey, groupId }) => bytesKey.startsWith(`${groupId}/`));
      const ids = own.map(({ _id }) => _id);
      const taken = await gate.run((within) =>
        takedowns.find({ _id: { $in: ids } }, within).toArray(),
      );
      const gone = new Set(taken.map(({ _id }) => _id));
      const left = own.filter(({ _id }) => !gone.has(_id));
      return { files: left.length, bytes: left.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    async page(after, limit) {
      const found = await gate.run((within) =>
        files
          .find({ _id: { $gt: after ?? '' } }, within)
          .sort({ _id: 1 })
          .limit(limit)
          .toArray(),
      );
      return found.map(toFile);
    },
  };
}

export function fileDocument({ fileId: _id, peaks, ...file }: FileRecord): Documents['files'] {
  return { _id, ...file, peaks: peaks && new Binary(peaks) };
}

export function toFile({ _id: fileId, peaks, ...file }: Documents['files']): FileRecord {
  return { fileId, ...file, peaks: peaks && bytesOf(peaks) };
}
