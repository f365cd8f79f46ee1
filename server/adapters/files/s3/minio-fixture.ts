import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
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
  const program = process.env['MINIO_BIN'];
  if (!program) {
    process.stdout.write(`${noMinio}\n`);
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), 'jamz-minio-'));
  const address = `127.0.0.1:${await freePort()}`;
  let child: ChildProcess | undefined;
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
      const begun = spawn(program, ['server', directory, '--address', address], {
        env: {
          ...process.env,
          MINIO_ROOT_USER: user,
          MINIO_ROOT_PASSWORD: password,
          MINIO_BROWSER: 'off',
          MINIO_UPDATE: 'off',
        },
        stdio: 'ignore',
        detached: true,
      });
      child = begun;
      while (!(await answers(address))) {
        if (begun.exitCode !== null) throw new Error(`MinIO ended with status ${begun.exitCode}`);
      }
    },
    async kill() {
      const ending = child;
      child = undefined;
      if (!ending?.pid) throw new Error('MinIO does not run');
      const exit = once(ending, 'exit');
      // The program may be a script that starts it: the group is what we started.
      process.kill(-ending.pid, 'SIGKILL');
      await exit;
    },
    async close() {
      if (child) await minio.kill();
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
    // Each failure is at once or after a while: no need to wait besides.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
