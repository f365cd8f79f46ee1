import { deepEqual, equal, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { Upload } from '@tus/server';
import type { Arrivals } from '../../../music/arrivals.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { type Minio, noMinio, startMinio } from './minio-fixture.ts';
import { s3Arrivals } from './s3-arrivals.ts';
import { s3Files } from './s3-files.ts';
import { S3Uploads } from './s3-uploads.ts';

const minio = await startMinio();
after(() => minio?.close());

const part = 5_242_880;
const clock = { nowMs: () => Date.now() };
const metadata = { groupId: 'crew', uploadedBy: 'ana', name: 'song.mp3' };

describe('uploads into a bucket', { skip: minio ? false : noMinio }, () => {
  let bucket: Bucket;
  let arrivals: Arrivals;
  let scratch: string;
  let one: S3Uploads;
  let two: S3Uploads;
  before(async () => {
    const settings = await (minio as Minio).newBucket();
    bucket = openBucket(settings);
    scratch = await mkdtemp(join(tmpdir(), 'jamz-scratch-'));
    // Two processes over one bucket.
    one = new S3Uploads(bucket, clock);
    two = new S3Uploads(openBucket(settings), clock);
    arrivals = s3Arrivals({ bucket, uploads: one, files: s3Files(bucket, settings), scratch });
  });
  after(async () => {
    bucket?.client.destroy();
    if (scratch) await rm(scratch, { recursive: true });
  });

  const begin = (id: string, size: number): Promise<Upload> =>
    one.create(new Upload({ id, size, offset: 0, metadata }));
  const kept = async (id: string): Promise<Buffer> => {
    const { path, release } = await arrivals.read(id);
    return readFile(path).finally(release);
  };

  it('[FS1] [FS2] come together from pieces of any length, by whichever process', async () => {
    const bytes = randomBytes(2 * part + 1_234_567);
    await begin('pieces', bytes.length);
    const lengths = [1, 300_000, part, 262_144, 4_000_000, bytes.length];
    let offset = 0;
    for (const [index, length] of lengths.entries()) {
      const store = index % 2 === 0 ? one : two;
      equal((await store.getUpload('pieces')).offset, offset);
      const piece = bytes.subarray(offset, offset + length);
      offset = await store.write(Readable.from([piece]), 'pieces', offset);
    }
    equal(offset, bytes.length);
    equal((await two.getUpload('pieces')).offset, bytes.length);
    deepEqual(await kept('pieces'), bytes);
  });

  it('are the same bytes when two processes write at once', async () => {
    const bytes = randomBytes(part + 500_000);
    await begin('twice', bytes.length);
    await Promise.allSettled(
      [one, two].map((store) => store.write(Readable.from([bytes]), 'twice', 0)),
    );
    deepEqual(await kept('twice'), bytes);
  });

  it('keep what had come when the link broke', async () => {
    await begin('broken', part * 2);
    const came = randomBytes(700_000);
    equal(await one.write(Readable.from([came]), 'broken', 0), came.length);
    equal((await arrivals.find('broken'))?.arrivedBytes, came.length);
    await rejects(
      one.write(Readable.from([came]), 'broken', 0),
      ({ status_code }: { status_code?: number }) => status_code === 409,
    );
  });

  it('are made whole though the process ended before it could', async () => {
    const bytes = randomBytes(100_000);
    await begin('small', bytes.length);
    await bucket.put(`uploads/small/pieces/000000000000-${bytes.length}`, bytes);
    deepEqual(await kept('small'), bytes);
  });

  it('leave nothing when they are given up', async () => {
    await begin('gone', part * 2);
    await one.write(Readable.from([randomBytes(part + 10)]), 'gone', 0);
    await one.remove('gone');
    equal(await arrivals.find('gone'), undefined);
    for await (const { key } of bucket.list('uploads/gone/')) throw new Error(`${key} is left`);
  });

  it('are swept with their outcomes when nothing was added to them', async () => {
    await begin('idle', part * 2);
    await arrivals.remember('idle', {
      ...{ uploadedBy: 'ana', bytes: 1, code: 'invalid', message: 'x' },
    });
    await arrivals.sweep({ uploadsMs: Date.now() - 60_000, outcomesMs: Date.now() - 60_000 });
    equal((await arrivals.find('idle'))?.arrivedBytes, 0);
    await arrivals.sweep({ uploadsMs: Date.now() + 60_000, outcomesMs: Date.now() + 60_000 });
    equal(await arrivals.find('idle'), undefined);
    equal(await arrivals.outcome('idle'), undefined);
  });
});
