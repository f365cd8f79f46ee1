import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { filesContract } from '../../../ports/files.contract.ts';
import { openBucket } from './bucket.ts';
import { noMinio, startMinio } from './minio-fixture.ts';
import { s3Files } from './s3-files.ts';

const minio = await startMinio();
after(() => minio?.close());

if (minio) {
  filesContract('S3 (MinIO)', async () => {
    const settings = await minio.newBucket();
    const bucket = openBucket(settings);
    const directory = await mkdtemp(join(tmpdir(), 'jamz-s3-'));
    let uploads = 0;
    return {
      files: s3Files(bucket, settings),
      async uploaded(bytes) {
        const path = join(directory, `upload-${uploads++}`);
        await writeFile(path, bytes);
        return path;
      },
      async close() {
        bucket.client.destroy();
        await rm(directory, { recursive: true });
      },
    };
  });
} else {
  describe('files port: S3', () => it.skip(noMinio, () => {}));
}
