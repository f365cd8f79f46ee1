import { deepEqual, equal } from 'node:assert/strict';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import type { Arrivals, UploadOutcome } from '../../music/arrivals.ts';
import type { Files } from '../../ports/files.ts';
import { diskFiles } from './disk.ts';
import { tusArrivals } from './tus-arrivals.ts';

describe('arrivals on disk', () => {
  let directory: string;
  let arrivals: Arrivals;
  let files: Files;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jamz-arrivals-'));
    const clock = { nowMs: () => Date.now() };
    files = diskFiles({ directory: join(directory, 'files'), clock });
    arrivals = tusArrivals(directory, files);
    await arrivals.freeBytes();
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** As the tus server does it. */
  const begin = async (id: string, bytes: string): Promise<void> => {
    const store = new FileStore({ directory });
    const metadata = { groupId: 'crew', uploadedBy: 'ana', name: 'song.mp3' };
    const upload = new Upload({ id, size: 10, offset: 0, metadata });
    await store.create(upload);
    await store.write(Readable.from([Buffer.from(bytes)]), id, 0);
  };
  const outcome: UploadOutcome = { uploadedBy: 'ana', bytes: 1, code: 'invalid', message: 'x' };

  it('are found as the tus store laid them down', async () => {
    await begin('u1', 'abc');
    deepEqual(await arrivals.find('u1'), {
      uploadId: 'u1',
      groupId: 'crew',
      uploadedBy: 'ana',
      name: 'song.mp3',
      announcedBytes: 10,
      arrivedBytes: 3,
    });
    equal(await arrivals.find('u2'), undefined);
    equal(await arrivals.find('../u1'), undefined);
  });

  it('tell when their bytes were taken over, and take them back', async () => {
    await begin('u1', 'abc');
    const { path, keepAs, release } = await arrivals.read('u1');
    equal(String(await readFile(path)), 'abc');
    await keepAs('crew/u1', 'audio/mpeg');
    await release();
    equal(await files.sizeOf('crew/u1'), 3);
    equal((await arrivals.find('u1'))?.arrivedBytes, undefined);
    await arrivals.restore('u1', Readable.from([Buffer.from('abc')]));
    equal(String(await readFile(join(directory, 'u1'))), 'abc');
  });

  it('half announced when the power went count as none', async () => {
    await writeFile(join(directory, 'u1.json'), '{"size":');
    equal(await arrivals.find('u1'), undefined);
  });

  it('keep outcomes apart from uploads', async () => {
    await arrivals.remember('u1', outcome);
    deepEqual(await tusArrivals(directory, files).outcome('u1'), outcome);
    equal(await arrivals.find('u1'), undefined);
    equal(await arrivals.outcome('u2'), undefined);
  });

  it('are swept by when they were last added to, outcomes by when they were written', async () => {
    const at = async (name: string, seconds: number): Promise<void> =>
      utimes(join(directory, name), seconds, seconds);
    await begin('idle', 'abc');
    await begin('busy', 'abc');
    await at('idle.json', 10);
    await at('idle', 20);
    await at('busy.json', 10);
    await at('busy', 40);
    await arrivals.remember('old', outcome);
    await arrivals.remember('new', outcome);
    await at('outcomes/old.json', 40);

    await arrivals.sweep({ uploadsMs: 30_000, outcomesMs: 50_000 });

    equal(await arrivals.find('idle'), undefined);
    equal((await arrivals.find('busy'))?.arrivedBytes, 3);
    equal(await arrivals.outcome('old'), undefined);
    deepEqual(await arrivals.outcome('new'), outcome);
  });
});
