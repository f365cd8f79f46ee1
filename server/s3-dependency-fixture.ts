import { ok } from 'node:assert/strict';
import { startMinio } from './adapters/files/s3/minio-fixture.ts';
import type { Dependency, DependencyLoad } from './dependency-load-fixture.ts';
import { s3Env } from './s3-env-fixture.ts';
import { noiseWave, sendThrough } from './upload-kills-fixture.ts';

const fileBytes = 100_000;

/** A bucket whose server is killed as a process. @returns undefined where there is none on this machine */
export async function s3Dependency(): Promise<Dependency | undefined> {
  const minio = await startMinio();
  if (!minio) return undefined;
  let isAway = false;
  /** A file of somebody's, each another one. */
  const upload = ({ base, token, groupId }: DependencyLoad): Promise<unknown> =>
    sendThrough({ base, token, groupId, file: noiseWave(fileBytes), interruptions: [] });
  return {
    name: 'S3',
    env: s3Env(await minio.newBucket()),
    prepare: async (load) => void (await upload(load)),
    async use(load) {
      const outcome = await upload(load).then(
        () => 'kept',
        (error: unknown) => String(error),
      );
      // Senders are told, and come again; nobody is told that a file is kept which is not.
      ok((outcome === 'kept') !== isAway, outcome);
    },
    async kill() {
      await minio.kill();
      isAway = true;
    },
    async restart() {
      await minio.start();
      isAway = false;
    },
    worksAgain: async (load) => void (await upload(load)),
    dispose: minio.close,
  };
}
