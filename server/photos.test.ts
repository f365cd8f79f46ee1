import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { type TestPerson, type TestServer, testServer } from './test-server.ts';

const picture = await sharp({
  create: { width: 300, height: 200, channels: 3, background: '#228833' },
})
  .jpeg()
  .toBuffer();

describe('photos', () => {
  let server: TestServer;
  let ana: TestPerson;
  let bo: TestPerson;
  let groupId: string;
  before(async () => {
    server = await testServer({ env: { MEMBER_FILES: '6' } });
    ana = await server.guest('Ana');
    bo = await server.guest('Bo');
    const made = await server.ask('/v1/groups', { token: ana.token, body: { name: 'Crew' } });
    groupId = made.json.id;
  });
  after(() => server.close());

  const send = async (
    { token }: Pick<TestPerson, 'token'>,
    image: Uint8Array = picture,
    query = '',
  ): Promise<{ status: number; fileId: string; code: string }> => {
    const answer = await fetch(`${server.base}/v1/photos${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' },
      body: new Uint8Array(image),
    });
    return { status: answer.status, ...(await answer.json()) };
  };
  const shown = (fileId: string, size = 96): Promise<Response> =>
    fetch(`${server.base}/v1/photos/${fileId}/${size}`);
  const remove = async (fileId: string, token: string): Promise<number> =>
    (await server.ask(`/v1/photos/${fileId}`, { method: 'DELETE', token })).status;

  it('are shown in each size to whoever knows their id, and kept by browsers', async () => {
    const { status, fileId } = await send(ana);
    equal(status, 201);
    for (const size of [96, 256, 640]) {
      const answer = await shown(fileId, size);
      equal(answer.headers.get('content-type'), 'image/webp');
      match(answer.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
      equal(answer.headers.get('access-control-allow-origin'), '*');
      equal((await sharp(await answer.arrayBuffer()).metadata()).width, size);
    }
    equal((await shown(fileId, 97)).status, 404);
    equal((await shown('nothing')).status, 404);
    equal(await remove(fileId, ana.token), 204);
  });

  it('are taken by what they are, not by what they are called', async () => {
    equal((await send(ana, Buffer.from('<svg/>'))).code, 'unsupported-type');
    equal((await send(ana, new Uint8Array(13_000_000))).code, 'too-large');
    equal((await send({ token: '' })).code, 'unauthenticated');
  });

  it('of a group come from who may change it, and are taken down as its files are', async () => {
    equal((await send(bo, picture, `?groupId=${groupId}`)).code, 'forbidden');
    const { fileId } = await send(ana, picture, `?groupId=${groupId}`);
    equal((await shown(fileId)).status, 200);
    equal(await remove(fileId, ana.token), 404);
    const taken = await server.ask(`/v1/files/${fileId}`, { method: 'DELETE', token: ana.token });
    equal(taken.status, 204);
    equal((await shown(fileId)).status, 410);
  });

  it('are deleted by who they are of and by the site, and by nobody else', async () => {
    const [first, second] = [await send(ana), await send(ana)];
    equal(await remove(first.fileId, bo.token), 404);
    equal(await remove(first.fileId, ana.token), 204);
    equal((await shown(first.fileId)).status, 410);
    equal(await remove(second.fileId, await server.secretOf('pk_demo')), 204);
  });

  it('go with the person', async () => {
    const cy = await server.guest('Cy');
    const { fileId } = await send(cy);
    await server.ask('/v1/me', { method: 'DELETE', token: cy.token, body: { alsoFiles: false } });
    const { status } = await shown(fileId);
    equal(status, 410);
  });

  it('[FS5] are counted among what a person may upload', async () => {
    const di = await server.guest('Di');
    const codes: string[] = [];
    for (let count = 0; count < 7; count++) codes.push((await send(di)).code);
    deepEqual(codes.slice(-2), [undefined, 'quota-exceeded']);
  });
});
