import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { filesContract } from '../../ports/files.contract.ts';
import { diskFiles } from './disk.ts';

const clock = { nowMs: () => Date.now() };

filesContract('disk', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'jamz-files-'));
  let uploads = 0;
  return {
    files: diskFiles({ directory: join(directory, 'files'), clock }),
    async uploaded(bytes) {
      const path = join(directory, `upload-${uploads++}`);
      await writeFile(path, bytes);
      return path;
    },
    close: () => rm(directory, { recursive: true }),
  };
});

describe('files on disk', () => {
  it('names a full disk', async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'jamz-files-'));
    t.after(() => rm(directory, { recursive: true }));
    const files = diskFiles({ directory, clock });
    const full = new Readable({
      read() {
        this.destroy(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      },
    });

    await rejects(files.write('g1/song', full), { code: 'storage-full' });
    deepEqual(await readdir(join(directory, '.unfinished')), []);
  });

  it('clears away what a crash left half written a day ago, and nothing younger', async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'jamz-files-'));
    t.after(() => rm(directory, { recursive: true }));
    const unfinished = join(directory, '.unfinished');
    await mkdir(unfinished);
    const old = new Date(Date.now() - 25 * 3_600_000);
    await writeFile(join(unfinished, 'old'), 'x');
    await utimes(join(unfinished, 'old'), old, old);
    await writeFile(join(unfinished, 'young'), 'x');

    await diskFiles({ directory, clock }).write('g1/song', Buffer.from('x'));

    deepEqual(await readdir(unfinished), ['young']);
    equal(await diskFiles({ directory, clock }).sizeOf('g1/song'), 1);
  });
});
