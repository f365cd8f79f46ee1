import type { DatabaseSync } from 'node:sqlite';
import type { FileRecord, FileStore } from '../../../ports/store.ts';
import { bytes, figure, figureOrNull, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createFiles(database: DatabaseSync, queue: WriteQueue): FileStore {
  const select = database.prepare('SELECT * FROM files WHERE file_id = ?');
  const selectBySha256 = database.prepare(
    'SELECT * FROM files WHERE group_id = ? AND sha256 = ? ORDER BY created_at_ms, file_id LIMIT 1',
  );
  const selectUsage = database.prepare(`
    SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM files
    WHERE uploaded_by = ? AND substr(bytes_key, 1, length(group_id) + 1) = group_id || '/'
      AND file_id NOT IN (SELECT file_id FROM takedowns)`);
  const selectPage = database.prepare(
    'SELECT * FROM files WHERE file_id > ? ORDER BY file_id LIMIT ?',
  );
  const put = database.prepare(`
    INSERT OR REPLACE INTO files (file_id, group_id, uploaded_by, bytes_key, name, media_type, bytes, sha256, title,
      artist, duration_ms, artwork_key, artwork_media_type, peaks, created_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);

  return {
    async get(fileId) {
      const row = select.get(fileId);
      return queue.durable(row && toFile(row));
    },
    async bySha256(groupId, sha256) {
      const row = selectBySha256.get(groupId, sha256);
      return queue.durable(row && toFile(row));
    },
    put(file) {
      return queue.write(() => {
        put.run(
          file.fileId,
          file.groupId,
          file.uploadedBy,
          file.bytesKey,
          file.name,
          file.mediaType,
          file.bytes,
          file.sha256,
          file.title,
          file.artist,
          file.durationMs,
          file.artworkKey,
          file.artworkMediaType,
          file.peaks,
          file.createdAtMs,
        );
      });
    },
    async usageOf(userId) {
      const row = selectUsage.get(userId);
      const usage = row
        ? { files: figure(row, 'files'), bytes: figure(row, 'bytes') }
        : { files: 0, bytes: 0 };
      return queue.durable(usage);
    },
    async page(after, limit) {
      return queue.durable(selectPage.all(after ?? '', limit).map(toFile));
    },
  };
}

export function toFile(row: Row): FileRecord {
  return {
    fileId: text(row, 'file_id'),
    groupId: text(row, 'group_id'),
    uploadedBy: text(row, 'uploaded_by'),
    bytesKey: text(row, 'bytes_key'),
    name: text(row, 'name'),
    mediaType: text(row, 'media_type'),
    bytes: figure(row, 'bytes'),
    sha256: text(row, 'sha256'),
    title: text(row, 'title'),
    artist: textOrNull(row, 'artist'),
    durationMs: figureOrNull(row, 'duration_ms'),
    artworkKey: textOrNull(row, 'artwork_key'),
    artworkMediaType: textOrNull(row, 'artwork_media_type'),
    peaks: row['peaks'] === null ? null : bytes(row, 'peaks'),
    createdAtMs: figure(row, 'created_at_ms'),
  };
}
