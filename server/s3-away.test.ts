import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Minio, noMinio, startMinio } from './adapters/files/s3/minio-fixture.ts';
import { s3Env } from './s3-env-fixture.ts';
import { type TestPerson, type TestServer, testServer } from './test-server.ts';
import { noiseWave, sendThrough } from './upload-kills-fixture.ts';

const minio = await startMinio();
after(() => minio?.close());

/** Asks one after the other until it is told to stop. @returns how long each took, in ms */
async function asking(
  ask: () => Promise<unknown>,
  isOver: () => boolean,
): Promise<readonly number[]> {
  const tookMs: number[] = [];
  while (!isOver()) {
    const beganMs = performance.now();
    await ask();
    tookMs.push(performance.now() - beganMs);
  }
  return tookMs;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, two) => one - two);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

describe('a server whose bucket is killed', { skip: minio ? false : noMinio }, () => {
  let server: TestServer;
  let ana: TestPerson;
  let groupId: string;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  before(async () => {
    process.on('unhandledRejection', note);
    server = await testServer({ env: s3Env(await (minio as Minio).newBucket()) });
    ana = await server.guest('Ana');
    const made = await server.ask('/v1/groups', { token: ana.token, body: { name: 'Crew' } });
    groupId = made.json.id;
  });
  after(async () => {
    await server?.close();
    process.off('unhandledRejection', note);
  });

  it('[FS3] goes on with all else, tells senders to come back, and takes uploads up where they were', async (context) => {
    const { kill, start } = minio as Minio;
    const messages = { version: 1, replicaId: 'r', push: [], pull: [] };
    const core = async (): Promise<void> => {
      const answers = await Promise.all([
        server.ask('/v1/sync', { token: ana.token, body: messages }),
        server.ask('/v1/groups', { token: ana.token }),
        server.ask('/readyz'),
      ]);
      deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
      );
    };
    let asked = 0;
    const calm = await asking(core, () => asked++ === 200);

    let isAway = false;
    let awayMs: readonly number[] = [];
    const file = noiseWave(30_000_000);
    const sent = await sendThrough({
      ...{ base: server.base, token: ana.token, groupId, file },
      interruptions: [
        async () => {
          await kill();
          isAway = true;
          let rounds = 0;
          const refused = await server.ask('/v1/files/uploads', {
            ...{ method: 'POST', token: ana.token, body: '' },
            headers: { 'tus-resumable': '1.0.0', 'upload-length': '9', ...metadata(groupId) },
          });
          equal(refused.status, 503);
          awayMs = await asking(core, () => rounds++ === 200);
          await start();
          isAway = false;
        },
      ],
    });
    equal(isAway, false);
    const result = await server.ask(`/v1/files/by-upload/${sent.uploadId}`, { token: ana.token });
    equal(result.status, 200);
    const [{ from, to, resumedAt = to } = { from: 0, to: 0 }] = sent.interruptions;
    ok(resumedAt >= from, `what was acknowledged up to ${from} was asked again from ${resumedAt}`);
    deepEqual(unhandled, []);
    const [calmP99, awayP99] = [percentile(calm, 0.99), percentile(awayMs, 0.99)];
    const figures = `p99 ${awayP99.toFixed(1)} ms without it, ${calmP99.toFixed(1)} ms with it`;
    context.diagnostic(figures);
    // `npm run bench:outages`, on a quiet machine: a floor for figures of a few milliseconds.
    if (process.env['SECONDS']) ok(awayP99 <= Math.max(2 * calmP99, 50), figures);
  });
});

function metadata(groupId: string): Record<string, string> {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  return { 'upload-metadata': `groupId ${encoded(groupId)},name ${encoded('song.wav')}` };
}
