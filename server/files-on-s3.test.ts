import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Minio, noMinio, startMinio } from './adapters/files/s3/minio-fixture.ts';
import { s3Env } from './s3-env-fixture.ts';
import { type TestPerson, type TestServer, testServer } from './test-server.ts';
import { silentWave, upload } from './upload-fixture.ts';

const minio = await startMinio();
after(() => minio?.close());

describe('a server with its files in a bucket', { skip: minio ? false : noMinio }, () => {
  let server: TestServer;
  let ana: TestPerson;
  let groupId: string;
  before(async () => {
    server = await testServer({ env: s3Env(await (minio as Minio).newBucket()) });
    ana = await server.guest('Ana');
    const made = await server.ask('/v1/groups', { token: ana.token, body: { name: 'Crew' } });
    groupId = made.json.id;
  });
  after(() => server?.close());

  const addressOf = async (fileId: string): Promise<string> => {
    const path = `/v1/files/${fileId}/url`;
    return (await server.ask(path, { token: ana.token })).json.url;
  };
  const uploaded = async (bytes: Buffer): Promise<string> => {
    const { json } = await upload(server, ana, groupId, bytes);
    return json.fileId;
  };

  it('takes an upload in and lets browsers fetch it from the bucket', async () => {
    const bytes = silentWave();
    const address = await addressOf(await uploaded(bytes));
    match(address, new RegExp(`^http://${(minio as Minio).address}/jamz-.*X-Amz-Signature=`));

    const answer = await fetch(address, { headers: { origin: 'https://rides.example' } });
    deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    equal(answer.headers.get('content-type'), 'audio/wav');
    match(answer.headers.get('cache-control') ?? '', /immutable/);

    const part = await fetch(address, { headers: { range: 'bytes=4-7' } });
    equal(part.status, 206);
    deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(4, 8));
  });

  it('tells the same bytes again from new ones', async () => {
    const first = await uploaded(silentWave());
    equal(await uploaded(silentWave()), first);
  });

  it('refuses what is no sound and leaves nothing of it', async () => {
    const { json } = await upload(server, ana, groupId, Buffer.from('PK this is no sound'));
    equal(json.code, 'unsupported-type');
  });

  it('[FS6] ends the addresses that it gave out when a file is taken down', async () => {
    const other = silentWave();
    other[100] = 7;
    const fileId = await uploaded(other);
    const address = await addressOf(fileId);
    equal((await fetch(address)).status, 200);
    const taken = await server.ask(`/v1/files/${fileId}`, { method: 'DELETE', token: ana.token });
    equal(taken.status, 204);
    equal((await fetch(address)).status, 404);
    equal((await server.ask(`/v1/files/${fileId}/url`, { token: ana.token })).json.code, 'gone');
  });

  it('plays the music of the demo’s groups', async () => {
    const { json } = await server.ask('/v1/groups/open', {
      token: ana.token,
      body: { place: '/somewhere' },
    });
    equal(typeof json.id, 'string');
  });
});

describe('a server that sends the files of its bucket itself', {
  skip: minio ? false : noMinio,
}, () => {
  let server: TestServer;
  before(async () => {
    const env = s3Env(await (minio as Minio).newBucket());
    server = await testServer({ env: { ...env, S3_DELIVERY: 'server' } });
  });
  after(() => server?.close());

  it('signs addresses of its own, with ranges', async () => {
    const ana = await server.guest('Ana');
    const made = await server.ask('/v1/groups', { token: ana.token, body: { name: 'Crew' } });
    const bytes = silentWave();
    const { json } = await upload(server, ana, made.json.id, bytes);
    const { fileId } = json;
    const { url } = (await server.ask(`/v1/files/${fileId}/url`, { token: ana.token })).json;
    match(url, /^\/v1\/files\/.*sig=/);
    const answer = await fetch(server.base + url, { headers: { range: 'bytes=4-7' } });
    equal(answer.status, 206);
    equal(answer.headers.get('content-range'), `bytes 4-7/${bytes.length}`);
    deepEqual(Buffer.from(await answer.arrayBuffer()), bytes.subarray(4, 8));
  });
});
