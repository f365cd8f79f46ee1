import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { diskFiles } from '../adapters/files/disk.ts';
import { diskUploads } from '../adapters/files/upload-store.ts';
import type { Files } from '../ports/files.ts';
import type { FileRecord } from '../ports/store.ts';
import { type FileServer, fileServer } from './files-fixture.ts';

const song: FileRecord = {
  fileId: 'song',
  groupId: 'crew',
  uploadedBy: 'ana',
  bytesKey: 'crew/song',
  name: 'song.mp3',
  mediaType: 'audio/mpeg',
  bytes: 10,
  sha256: 'ab'.repeat(32),
  title: 'Road Song',
  artist: null,
  durationMs: null,
  artworkKey: 'crew/song.artwork',
  artworkMediaType: 'image/png',
  peaks: null,
  createdAtMs: 0,
};

describe('file routes', () => {
  let server: FileServer;
  let files: Files;
  before(async () => {
    server = await fileServer({
      inspect: () => Promise.reject(new Error('nothing is uploaded here')),
      adapters: (directory, clock) => {
        files = diskFiles({ directory: join(directory, 'files'), clock });
        return { files, ...diskUploads(directory, files) };
      },
    });
    await files.write('crew/song', Buffer.from('0123456789'));
    await files.write('crew/song.artwork', Buffer.from('png'));
  });
  after(() => server.close());
  beforeEach(() => server.records.put(song));

  const ask = (path: string, user = 'bo', init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.base}${path}`, { ...init, headers: { authorization: `Bearer ${user}` } });
  const codeOf = async (answer: Response | Promise<Response>): Promise<string> =>
    (await (await answer).json()).code;
  const addressOf = async (variant: string): Promise<string> => {
    const { url } = await (await ask(`/song/url?variant=${variant}`)).json();
    return new URL(url, server.base).href;
  };
  const audio = async (headers: Record<string, string>, method = 'GET'): Promise<Response> =>
    fetch(await addressOf('audio'), { method, headers });

  it('tell what a file is', async () => {
    deepEqual(await (await ask('/song')).json(), {
      fileId: 'song',
      mediaType: 'audio/mpeg',
      bytes: 10,
      title: 'Road Song',
      hasArtwork: true,
      duplicate: false,
    });
  });

  it('show nothing of another group’s file', async () => {
    for (const path of ['/song', '/song/url', '/song/peaks']) {
      equal(await codeOf(ask(path, 'eve')), 'forbidden');
      equal(await codeOf(fetch(`${server.base}${path}`)), 'unauthenticated');
    }
    equal(await codeOf(ask('/nothing')), 'not-found');
  });

  it('stream the whole file with its type to any origin, cached no longer than the address lives', async () => {
    const answer = await audio({});
    equal(answer.status, 200);
    equal(await answer.text(), '0123456789');
    equal(answer.headers.get('content-type'), 'audio/mpeg');
    equal(answer.headers.get('content-length'), '10');
    equal(answer.headers.get('accept-ranges'), 'bytes');
    equal(answer.headers.get('access-control-allow-origin'), '*');
    equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    equal(answer.headers.get('cache-control'), 'private, max-age=900, immutable');
    equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });

  const ranges: [header: string, status: number, body: string, contentRange: string | null][] = [
    ['bytes=2-5', 206, '2345', 'bytes 2-5/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=0-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', null],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
  ];
  for (const [header, status, body, contentRange] of ranges) {
    it(`answer ${header} with ${status} ${body || 'and nothing'}`, async () => {
      const answer = await audio({ range: header });
      equal(answer.status, status);
      equal(await answer.text(), body);
      equal(answer.headers.get('content-range'), contentRange);
    });
  }

  it('continue only the bytes that the player has', async () => {
    const etag = (await audio({})).headers.get('etag') ?? '';
    match(etag, /^"\w+"$/);
    equal((await audio({ range: 'bytes=2-5', 'if-range': etag })).status, 206);
    equal((await audio({ range: 'bytes=2-5', 'if-range': '"other"' })).status, 200);
    equal((await audio({ 'if-none-match': etag })).status, 304);
  });

  it('answer HEAD with the headers alone', async () => {
    const answer = await audio({}, 'HEAD');
    equal(answer.status, 200);
    equal(answer.headers.get('content-length'), '10');
    equal(await answer.text(), '');
  });

  it('show the artwork with its own type and tag', async () => {
    const answer = await fetch(await addressOf('artwork'));
    equal(answer.headers.get('content-type'), 'image/png');
    notEqual(answer.headers.get('etag'), (await audio({})).headers.get('etag'));
    equal(await answer.text(), 'png');
  });

  it('give no address of artwork that a file has not', async () => {
    await server.records.put({ ...song, artworkKey: null });
    equal(await codeOf(ask('/song/url?variant=artwork')), 'not-found');
    equal(await codeOf(ask('/song/url?variant=video')), 'invalid');
  });

  it('end an address after 15 minutes', async () => {
    const address = await addressOf('audio');
    server.nowMs += 15 * 60_000 - 1;
    equal((await fetch(address)).status, 200);
    server.nowMs += 1;
    equal(await codeOf(fetch(address)), 'forbidden');
  });

  it('take no address that was changed', async () => {
    const address = await addressOf('audio');
    const [, exp = ''] = /exp=(\d+)/.exec(address) ?? [];
    const changed = [
      address.replace(exp, String(Number(exp) + 60_000)),
      address.replace('/song/audio', '/song/artwork'),
      address.replace('/song/', '/other/'),
      address.replace(/sig=.*/, 'sig='),
      address.replace(/sig=.*/, `sig=${'A'.repeat(43)}`),
      address.replace(/[?].*/, ''),
      `${address}&exp=1`,
    ];
    for (const url of changed) equal(await codeOf(fetch(url)), 'forbidden', url);
  });

  const put = (user: string, body: unknown): Promise<Response> =>
    fetch(`${server.base}/song/peaks`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${user}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('keep the first peaks that somebody measured, and the length with them', async () => {
    deepEqual(await (await ask('/song/peaks')).json(), { peaks: null, durationMs: null });
    equal((await put('ana', { peaks: [0, 1, 0.2], durationMs: 2_000 })).status, 200);
    await put('ana', { peaks: [1], durationMs: 5 });
    deepEqual(await (await ask('/song/peaks')).json(), { peaks: [0, 1, 0.2], durationMs: 2_000 });
  });

  it('take peaks only from those who may add tracks, and only such as can be', async () => {
    equal(await codeOf(put('bo', { peaks: [1], durationMs: 5 })), 'forbidden');
    for (const peaks of [[], [1.5], ['1'], null, Array(2_001).fill(0)]) {
      equal(await codeOf(put('ana', { peaks, durationMs: 5 })), 'invalid');
    }
    equal(await codeOf(put('ana', { peaks: [1], durationMs: -1 })), 'invalid');
    ok(!server.records.all.get('song')?.peaks);
  });
});
