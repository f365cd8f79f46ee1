import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files, ListedFile } from '../../ports/files.ts';
import { checkByUse } from './check-by-use.ts';
import { partsOfKey } from './file-key.ts';

export interface DiskFilesOptions {
  /** Made where it is missing. Must be on one file system with the uploads for `adopt` not to copy. */
  readonly directory: string;
  readonly clock: Clock;
}

const leftoverAgeMs = 24 * 3_600_000;
const unfinishedName = '.unfinished';

/**
 * Files on a local disk, one per key. A file appears under its name only when all its bytes are on the platter:
 * written beside, fsynced, renamed, directory fsynced.
 */
export function diskFiles({ directory, clock }: DiskFilesOptions): Files {
  const unfinished = join(directory, unfinishedName);
  let writes = 0;
  let swept: Promise<void> | undefined;

  const place = async (key: string, fill: (path: string) => Promise<void>): Promise<void> => {
    const path = pathOf(directory, key);
    const draft = join(unfinished, `${process.pid}-${writes++}`);
    try {
      swept ??= mkdir(unfinished, { recursive: true }).then(() => sweep(unfinished, clock.nowMs()));
      await swept;
      await fill(draft);
      await syncPath(draft);
      await makeFolder(dirname(path), directory);
      await rename(draft, path);
      await syncPath(dirname(path));
    } catch (error) {
      await rm(draft, { force: true });
      throw named(error);
    }
  };

  const files: Files = {
    async open(key, range) {
      const path = pathOf(directory, key);
      const totalBytes = await sizeAt(path);
      if (totalBytes === undefined) return undefined;
      const slice = range ? { start: range.from, end: range.to } : {};
      return { totalBytes, body: createReadStream(path, slice) };
    },

    sizeOf: async (key) => sizeAt(pathOf(directory, key)),

    write: (key, body) =>
      place(key, async (draft) => {
        const handle = await open(draft, 'w');
        await pipeline(
          body instanceof Uint8Array ? Readable.from([body]) : body,
          handle.createWriteStream(),
        );
      }),

    adopt: (key, source) =>
      place(key, async (draft) => {
        try {
          await rename(source, draft);
        } catch (error) {
          if (codeOf(error) !== 'EXDEV') throw error;
          await copyFile(source, draft);
          await unlink(source);
        }
      }),

    async remove(key) {
      const path = pathOf(directory, key);
      await rm(path, { force: true });
      await syncPath(dirname(path)).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
      });
    },

    list: () => listFolder(directory),

    addressOf: async () => undefined,

    async check() {
      await checkByUse(files);
      return { name: directory, hints: [] };
    },
  };
  return files;
}

function pathOf(directory: string, key: string): string {
  return join(directory, ...partsOfKey(key));
}

async function* listFolder(directory: string): AsyncIterable<ListedFile> {
  for (const folder of await namesIn(directory)) {
    if (folder === unfinishedName) continue;
    for (const name of await namesIn(join(directory, folder))) {
      const info = await stat(join(directory, folder, name)).catch(() => undefined);
      if (!info?.isFile()) continue;
      yield { key: `${folder}/${name}`, bytes: info.size, changedAtMs: info.mtimeMs };
    }
  }
}

/** Empty for what is gone meanwhile, and for what is no folder. */
async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

async function sizeAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A new folder is an entry of its parent, which must reach the disk too. */
async function makeFolder(path: string, parent: string): Promise<void> {
  if (await mkdir(path, { recursive: true })) await syncPath(parent);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a crash left half written. Younger drafts may be another process's. */
async function sweep(unfinished: string, nowMs: number): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name);
    const info = await stat(path).catch(() => undefined);
    if (info && nowMs - info.mtimeMs > leftoverAgeMs) await rm(path, { force: true });
  }
}

function named(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new JamzError('storage-full', 'The server has no room left for files: try again later', {
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
