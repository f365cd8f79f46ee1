import { equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { noMinio, startMinio } from './adapters/files/s3/minio-fixture.ts';
import { serverProcess } from './process-fixture.ts';
import { s3Env } from './s3-env-fixture.ts';
import { toxiproxy } from './toxiproxy-fixture.ts';
import { noiseWave, sendThrough } from './upload-kills-fixture.ts';

const minio = await startMinio();
after(() => minio?.close());
const program = process.env['TOXIPROXY_BIN'];

/** What the SDK sends in one request at most. */
const chunkBytes = 8_388_608;
const fileBytes = Number(process.env['UPLOAD_KILLS_BYTES'] ?? 200_000_000);
const kills = Number(process.env['UPLOAD_KILLS'] ?? 20);

const skip =
  (!minio && noMinio) ||
  (!program && 'NO TOXIPROXY TO BREAK THE LINK WITH: set TOXIPROXY_BIN') ||
  false;

describe('an upload into a bucket', { skip }, () => {
  it(`[FS1] [FS2] of ${fileBytes} bytes that is killed ${kills} times sends no more than one chunk again each time`, {
    timeout: 300_000,
  }, async (t) => {
    if (!minio || !program) return;
    const toBucket = await toxiproxy(program, minio.address);
    t.after(() => toBucket.end());
    const server = await serverProcess(
      undefined,
      s3Env(await minio.newBucket(`http://${toBucket.address}`)),
    );
    t.after(() => server.dispose());
    const toServer = await toxiproxy(program, new URL(server.base).host);
    t.after(() => toServer.end());
    await server.start();
    const base = `http://${toServer.address}`;
    const ask = async (path: string, token?: string, body?: object) => {
      const answer = await fetch(`${server.base}/v1/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return answer.json();
    };
    const guest = { site: 'pk_demo', name: 'Ana', via: 'body' };
    const { accessToken: token } = await ask('auth/guest', undefined, guest);
    const { id: groupId } = await ask('groups', token, { name: 'Crew' });

    const ways: readonly (() => Promise<void>)[] = [
      async () => {
        await server.end('SIGKILL');
        await server.start();
      },
      () => cut(toServer),
      async () => {
        await server.end('SIGKILL');
        await server.start();
      },
      () => cut(toBucket),
    ];
    const interruptions = Array.from({ length: kills }, (_, index) => () => {
      return ways[index % ways.length]?.() ?? Promise.resolve();
    });
    const file = noiseWave(fileBytes);
    const sent = await sendThrough({ base, token, groupId, file, interruptions });

    equal(sent.interruptions.length, kills);
    for (const { from, to, resumedAt = to } of sent.interruptions) {
      ok(
        resumedAt >= from,
        `what was acknowledged up to ${from} was asked again from ${resumedAt}`,
      );
      ok(to - resumedAt <= chunkBytes, `${to - resumedAt} bytes were sent again`);
    }
    const again = sent.offeredBytes - fileBytes;
    ok(again <= kills * chunkBytes, `${again} bytes were sent more than once`);
    t.diagnostic(`${again} of ${fileBytes} bytes sent again over ${kills} interruptions`);

    const result = await arrived(() => ask(`files/by-upload/${sent.uploadId}`, token));
    equal(result.bytes, fileBytes);
    const { url } = await ask(`files/${result.fileId}/url`, token);
    const stored = createHash('sha256');
    for await (const chunk of (await fetch(url)).body ?? []) stored.update(chunk);
    const own = createHash('sha256');
    for await (const chunk of file.stream()) own.update(chunk);
    equal(stored.digest('hex'), own.digest('hex'));
  });
});

/** Every connection is reset; new ones are taken again. */
async function cut(link: { enable(enabled: boolean): Promise<void> }): Promise<void> {
  await link.enable(false);
  await link.enable(true);
}

async function arrived<T extends { readonly code?: string }>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const result = await ask();
    if (result.code !== 'unavailable') return result;
  }
}
