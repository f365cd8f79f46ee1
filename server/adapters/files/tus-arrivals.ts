import {
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { idPattern } from '../../../sdk/protocol/ids.ts';
import type { Arrivals, UploadOutcome } from '../../music/arrivals.ts';
import type { Files } from '../../ports/files.ts';
import { announcedSchema } from './announced.ts';

/**
 * Uploads as `@tus/file-store` lays them down: bytes under `<id>`, what was announced under `<id>.json`. Outcomes
 * stand beside them in a folder of their own, so that the store never takes one for an upload.
 */
export function tusArrivals(directory: string, files: Pick<Files, 'adopt'>): Arrivals {
  const outcomes = join(directory, 'outcomes');
  const bytesAt = (id: string): string => join(directory, id);
  const announcedAt = (id: string): string => join(directory, `${id}.json`);
  const outcomeAt = (id: string): string => join(outcomes, `${id}.json`);

  const removeOlder = async (folder: string, beforeMs: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const info = entry.isFile() ? await stat(path).catch(() => undefined) : undefined;
      if (info && info.mtimeMs < beforeMs) await rm(path, { force: true });
    }
  };

  const drop = async (id: string): Promise<void> => {
    await rm(bytesAt(id), { force: true });
    await rm(announcedAt(id), { force: true });
  };

  return {
    async find(uploadId) {
      if (!idPattern.test(uploadId)) return undefined;
      const announced = v.safeParse(announcedSchema, await readJson(announcedAt(uploadId)));
      if (!announced.success) return undefined;
      const { size, metadata } = announced.output;
      const arrivedBytes = (await stat(bytesAt(uploadId)).catch(() => undefined))?.size;
      return { uploadId, ...metadata, announcedBytes: size, arrivedBytes };
    },

    async read(uploadId) {
      const path = bytesAt(uploadId);
      return {
        path,
        keepAs: (key, mediaType) => files.adopt(key, path, mediaType),
        release: async () => {},
      };
    },

    restore: (uploadId, body) => writeFile(bytesAt(uploadId), body),

    drop,

    async outcome(uploadId) {
      if (!idPattern.test(uploadId)) return undefined;
      return (await readJson(outcomeAt(uploadId))) as UploadOutcome | undefined;
    },

    async remember(uploadId, outcome) {
      await mkdir(outcomes, { recursive: true });
      const draft = `${outcomeAt(uploadId)}.draft`;
      const handle = await open(draft, 'w');
      try {
        await handle.writeFile(JSON.stringify(outcome));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, outcomeAt(uploadId));
    },

    async sweep({ uploadsMs, outcomesMs }) {
      await mkdir(outcomes, { recursive: true });
      await removeOlder(outcomes, outcomesMs);
      const idle: string[] = [];
      for (const name of await readdir(directory)) {
        if (!name.endsWith('.json')) continue;
        const id = name.slice(0, -'.json'.length);
        const bytes = await stat(bytesAt(id)).catch(() => undefined);
        const touched = bytes ?? (await stat(announcedAt(id)).catch(() => undefined));
        if (touched && touched.mtimeMs < uploadsMs) idle.push(id);
      }
      for (const id of idle) await drop(id);
    },

    async freeBytes() {
      await mkdir(directory, { recursive: true });
      const { bavail, bsize } = await statfs(directory);
      return bavail * bsize;
    },
  };
}

/** A file that a crash left half written counts as none: its upload begins anew. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
