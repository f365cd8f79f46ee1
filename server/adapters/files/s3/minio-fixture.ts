import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { freePort } from '../../../../scripts/testing/free-port.ts';
import { program } from '../../../../scripts/testing/program.ts';
import { type Bucket, openBucket } from './bucket.ts';
import type { S3Settings } from './settings.ts';

/** A MinIO server of a test's own. */
export interface Minio {
  /** `host:port`. */
  readonly address: string;
  /** Of a new bucket. @param endpoint another way to it, as through a proxy */
  newBucket(endpoint?: string): Promise<S3Settings>;
  /** Resolves when it answers; again at the same address. */
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export const noMinio = 'NO S3 TO TEST AGAINST: set MINIO_BIN to the program of MinIO';

const user = 'jamz';
const password = 'a-password-of-tests';

/** The program in MINIO_BIN, started. @returns undefined where there is none, which it says aloud */
export async function startMinio(): Promise<Minio | undefined> {
  const command = process.env['MINIO_BIN'];
  if (!command) {
    process.stdout.write(`${noMinio}\n`);
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), 'jamz-minio-'));
  const address = `127.0.0.1:${await freePort()}`;
  const server = program({
    ...{ command, args: ['server', directory, '--address', address], isQuiet: true },
    env: {
      ...process.env,
      ...{ MINIO_ROOT_USER: user, MINIO_ROOT_PASSWORD: password },
      ...{ MINIO_BROWSER: 'off', MINIO_UPDATE: 'off' },
    },
    ready: () => answers(address),
  });
  let buckets = 0;

  const minio: Minio = {
    address,
    async newBucket(endpoint = `http://${address}`) {
      const settings: S3Settings = {
        endpoint,
        region: 'us-east-1',
        bucket: `jamz-${process.pid}-${buckets++}`,
        credentials: { accessKeyId: user, secretAccessKey: password },
        pathStyle: true,
        publicUrl: undefined,
        delivery: 'presigned',
      };
      const { client, name } = openBucket({ ...settings, endpoint: `http://${address}` });
      await client.send(new CreateBucketCommand({ Bucket: name }));
      client.destroy();
      return settings;
    },
    async start() {
      await server.start();
    },
    async kill() {
      await server.end();
    },
    async close() {
      await server.end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await minio.start();
  return minio;
}

/** A client of a bucket that gives up soon. */
export function quickBucket(settings: S3Settings): Bucket {
  return openBucket(settings, { requestMs: 5_000, attempts: 1 });
}

async function answers(address: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`http://${address}/minio/health/ready`, {
      signal: AbortSignal.timeout(1_000),
    });
    return ok;
  } catch {
    return false;
  }
}
