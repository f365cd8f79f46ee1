import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import { diskFiles } from '../adapters/files/disk.ts';
import { diskUploads } from '../adapters/files/upload-store.ts';
import type { IngestedFile } from '../music/ingest.ts';
import type { Inspect } from '../music/inspector.ts';
import { type FileServer, fileServer } from './files-fixture.ts';

let readerHangs = false;

/** Every file is a song but those that begin with `PK`. */
const inspect: Inspect = async (path, name) => {
  if (readerHangs) return new Promise(() => {});
  const bytes = await readFile(path);
  if (bytes.toString().startsWith('PK')) {
    throw new JamzError('unsupported-type', 'This file is a ZIP archive.');
  }
  const facts = {
    mediaType: 'audio/mpeg',
    decoder: 'mp3' as const,
    bytes: bytes.length,
    sha256: bytes.toString('hex').padEnd(64, '0').slice(0, 64),
    title: name,
    artist: null,
    durationMs: 1000,
    artwork: null,
  };
  return { facts, peaks: null };
};

describe('uploads', () => {
  let server: FileServer;
  before(async () => {
    server = await fileServer({
      inspect,
      adapters(directory, clock) {
        const files = diskFiles({ directory: join(directory, 'files'), clock });
        return { files, ...diskUploads(directory, files) };
      },
    });
  });
  after(() => server.close());

  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  const headers = (user: string, more: Record<string, string> = {}): Record<string, string> => ({
    authorization: `Bearer ${user}`,
    'tus-resumable': '1.0.0',
    ...more,
  });
  const begin = (
    user: string,
    bytes: number,
    { groupId = 'crew', name = 'Road Song.mp3' } = {},
  ): Promise<Response> =>
    fetch(`${server.base}/uploads`, {
      method: 'POST',
      headers: headers(user, {
        'upload-length': String(bytes),
        'upload-metadata': `groupId ${encoded(groupId)},name ${encoded(name)}`,
      }),
    });
  const begun = async (user: string, bytes: number): Promise<string> => {
    const location = (await begin(user, bytes)).headers.get('location') ?? '';
    return new URL(location, server.base).href;
  };
  const send = (url: string, user: string, offset: number, text: string): Promise<Response> =>
    fetch(url, {
      method: 'PATCH',
      headers: headers(user, {
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      }),
      body: text,
    });
  const result = async (
    url: string,
    user = 'ana',
  ): Promise<Partial<IngestedFile & { code: string; detail: string }>> => {
    const id = url.slice(url.lastIndexOf('/') + 1);
    const answer = await fetch(`${server.base}/by-upload/${id}`, { headers: headers(user) });
    return answer.json();
  };
  const uploaded = async (text: string): Promise<string> => {
    const url = await begun('ana', text.length);
    equal((await send(url, 'ana', 0, text)).status, 204);
    return url;
  };

  it('become a file of the group, whatever pieces they came in', async () => {
    const url = await begun('ana', 10);
    match(new URL(url).pathname, /^\/v1\/files\/uploads\/[a-z0-9]{20}$/);
    equal((await send(url, 'ana', 0, 'abcde')).status, 204);
    equal((await result(url)).code, 'unavailable');

    const head = await fetch(url, { method: 'HEAD', headers: headers('ana') });
    equal(head.headers.get('upload-offset'), '5');
    equal((await send(url, 'ana', 5, 'fghij')).status, 204);

    const file = await result(url);
    equal(file.title, 'Road Song.mp3');
    equal(file.duplicate, false);
    equal(server.records.all.get(String(file.fileId))?.uploadedBy, 'ana');
  });

  it('refuse a piece that does not continue what is there', async () => {
    const url = await begun('ana', 10);
    equal((await send(url, 'ana', 3, 'defg')).status, 409);
  });

  it('of bytes that the group has are the file it has', async () => {
    const first = await result(await uploaded('the same'));
    const second = await result(await uploaded('the same'));
    equal(second.fileId, first.fileId);
    equal(second.duplicate, true);
  });

  it('of equal bytes at one time become one file', async () => {
    const [one, two] = await Promise.all(['twin', 'twin'].map(uploaded));
    const results = [await result(one ?? ''), await result(two ?? '')];
    equal(results[0]?.fileId, results[1]?.fileId);
    deepEqual(results.map(({ duplicate }) => duplicate).sort(), [false, true]);
  });

  it('that are no sound tell their sender what they are, also after a restart', async () => {
    const url = new URL(await uploaded('PK zip')).pathname;
    equal((await result(url)).code, 'unsupported-type');
    await server.restart();
    equal((await result(url)).detail, 'This file is a ZIP archive.');
  });

  it('that were complete when the server ended are taken in when it is back', async () => {
    readerHangs = true;
    const url = new URL(await uploaded('five!')).pathname;
    await server.restart();
    readerHangs = false;
    equal((await result(url)).bytes, 5);
  });

  it('need not be sent again when only the last answer was lost', async () => {
    const url = await uploaded('all of it');
    await result(url);
    const head = await fetch(url, { method: 'HEAD', headers: headers('ana') });
    equal(head.status, 200);
    equal(head.headers.get('upload-offset'), '9');
    equal(head.headers.get('upload-length'), '9');
  });

  it('can be cancelled', async () => {
    const url = await begun('ana', 10);
    equal((await fetch(url, { method: 'DELETE', headers: headers('ana') })).status, 204);
    equal((await result(url)).code, 'not-found');
  });

  it('are nobody else’s to see, go on with or cancel', async () => {
    const url = await begun('ana', 10);
    equal((await send(url, 'bo', 0, 'hello')).status, 400);
    equal((await fetch(url, { method: 'HEAD', headers: headers('bo') })).status, 400);
    equal((await fetch(url, { method: 'DELETE', headers: headers('bo') })).status, 400);
    equal((await result(url, 'bo')).code, 'not-found');
    equal((await fetch(url, { method: 'HEAD', headers: headers('ana') })).status, 200);
  });

  const refused: [what: string, code: string, ask: () => Promise<Response>][] = [
    ['of a member who may not add tracks', 'forbidden', () => begin('bo', 10)],
    ['into a group of others', 'forbidden', () => begin('ana', 10, { groupId: 'else' })],
    ['larger than a file may be', 'too-large', () => begin('ana', limits.maxFileBytes + 1)],
    ['of nothing', 'invalid', () => begin('ana', 0)],
    ['without a name', 'invalid', () => begin('ana', 10, { name: '' })],
    ['for no group that can be', 'invalid', () => begin('ana', 10, { groupId: '../etc' })],
    [
      'without a token',
      'unauthenticated',
      () => fetch(`${server.base}/uploads`, { method: 'POST' }),
    ],
  ];
  for (const [what, code, ask] of refused) {
    it(`${what} are refused ${code}`, async () => {
      equal((await (await ask()).json()).code, code);
    });
  }

  it('tell browsers of other origins what they may send and read', async () => {
    const answer = await fetch(`${server.base}/uploads`, {
      method: 'OPTIONS',
      headers: { origin: 'https://host.example', 'access-control-request-method': 'POST' },
    });
    equal(answer.status, 204);
    equal(answer.headers.get('access-control-allow-origin'), '*');
    match(
      answer.headers.get('access-control-allow-headers') ?? '',
      /Authorization.*Upload-Metadata/,
    );
    const created = await begin('ana', 10);
    ok(created.headers.get('access-control-expose-headers')?.includes('Location'));
  });

  it('say in every answer, refusals too, that it comes from here', async () => {
    const url = await begun('ana', 10);
    for (const user of ['ana', 'bo']) {
      const head = await fetch(url, { method: 'HEAD', headers: headers(user) });
      equal(head.headers.get('tus-resumable'), '1.0.0');
    }
    equal((await begin('bo', 10)).headers.get('tus-resumable'), '1.0.0');
  });

  it('never lead outside their folder', async () => {
    const answer = await fetch(`${server.base}/by-upload/..%2F..%2Fetc%2Fpasswd`, {
      headers: headers('ana'),
    });
    equal((await answer.json()).code, 'not-found');
  });
});
