import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import type { Files } from './files.ts';

export interface FilesUnderTest {
  readonly files: Files;
  /** Puts bytes where an upload would lie, and says where. */
  uploaded(bytes: Uint8Array): Promise<string>;
  close(): Promise<void>;
}

/** What every adapter of {@link Files} promises. */
export function filesContract(adapter: string, make: () => Promise<FilesUnderTest>): void {
  describe(`files port: ${adapter}`, () => {
    let subject: FilesUnderTest;
    before(async () => {
      subject = await make();
    });
    after(() => subject.close());

    const read = async (key: string, range?: { from: number; to: number }): Promise<Buffer> => {
      const stored = await subject.files.open(key, range);
      if (!stored) throw new Error(`nothing at ${key}`);
      return buffer(stored.body);
    };

    it('gives back what was written', async () => {
      const bytes = randomBytes(100_000);
      await subject.files.write('g1/song', bytes);
      deepEqual(await read('g1/song'), bytes);
      equal(await subject.files.sizeOf('g1/song'), bytes.length);
    });

    it('writes from a stream', async () => {
      await subject.files.write(
        'g1/streamed',
        Readable.from([Buffer.from('ab'), Buffer.from('c')]),
      );
      equal(String(await read('g1/streamed')), 'abc');
    });

    it('keeps an empty file', async () => {
      await subject.files.write('g1/empty', new Uint8Array());
      equal(await subject.files.sizeOf('g1/empty'), 0);
      equal((await read('g1/empty')).length, 0);
    });

    it('reads a range, both ends included, and tells the whole size', async () => {
      await subject.files.write('g1/ranged', Buffer.from('0123456789'));
      const stored = await subject.files.open('g1/ranged', { from: 2, to: 5 });
      equal(stored?.totalBytes, 10);
      equal(String(stored && (await buffer(stored.body))), '2345');
    });

    it('knows nothing of a key that was never written', async () => {
      equal(await subject.files.open('g1/nothing'), undefined);
      equal(await subject.files.sizeOf('g1/nothing'), undefined);
    });

    it('replaces a file whole', async () => {
      await subject.files.write('g1/twice', Buffer.from('a long first text'));
      await subject.files.write('g1/twice', Buffer.from('short'));
      equal(String(await read('g1/twice')), 'short');
    });

    it('shows nothing of a write whose source breaks', async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('half');
          throw new Error('link lost');
        })(),
      );
      await rejects(subject.files.write('g1/broken', broken), /link lost/);
      equal(await subject.files.sizeOf('g1/broken'), undefined);
    });

    it('takes over an upload from its path', async () => {
      const path = await subject.uploaded(Buffer.from('uploaded'));
      await subject.files.adopt('g2/adopted', path);
      equal(String(await read('g2/adopted')), 'uploaded');
      await rejects(access(path));
    });

    it('forgets what was removed, and does not mind being asked twice', async () => {
      await subject.files.write('g1/removed', Buffer.from('x'));
      await subject.files.remove('g1/removed');
      await subject.files.remove('g1/removed');
      await subject.files.remove('nobody/nothing');
      equal(await subject.files.sizeOf('g1/removed'), undefined);
    });

    it('lists what it has, with sizes and times, and nothing that is half written', async () => {
      const beforeMs = Date.now();
      await subject.files.write('g3/listed', Buffer.from('12345'));
      await subject.files.write('g3/gone', Buffer.from('x'));
      await subject.files.remove('g3/gone');
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('half');
          throw new Error('link lost');
        })(),
      );
      await rejects(subject.files.write('g3/broken', broken), /link lost/);
      const listed = [];
      for await (const file of subject.files.list()) {
        if (file.key.startsWith('g3/')) listed.push(file);
      }
      deepEqual(
        listed.map(({ key, bytes }) => ({ key, bytes })),
        [{ key: 'g3/listed', bytes: 5 }],
      );
      // Stores may keep whole seconds.
      const aroundMs = Math.abs((listed[0]?.changedAtMs ?? 0) - beforeMs);
      ok(aroundMs < 60_000, `written ${aroundMs} ms from now`);
    });

    it('gives back a file of many megabytes whole, and any part of it', async () => {
      const bytes = randomBytes(18_000_001);
      await subject.files.write('g1/large', Readable.from(pieces(bytes, 700_000)), 'audio/mpeg');
      equal(await subject.files.sizeOf('g1/large'), bytes.length);
      equal(digest(await read('g1/large')), digest(bytes));
      const range = { from: 8_388_600, to: 16_777_300 };
      equal(
        digest(await read('g1/large', range)),
        digest(bytes.subarray(range.from, range.to + 1)),
      );
      await subject.files.remove('g1/large');
    });

    it('can be checked by use, and leaves nothing behind', async () => {
      const { name } = await subject.files.check();
      ok(name.length > 0);
      for await (const { key } of subject.files.list()) ok(!key.includes('check'), key);
    });

    for (const key of [
      '../secret/x',
      'g1/../x',
      'g1',
      'g1/a/b',
      '/etc/passwd',
      'g1/',
      'g1/.x',
      '',
    ]) {
      it(`refuses the key ${JSON.stringify(key)}`, async () => {
        await rejects(subject.files.open(key), { code: 'invalid' });
        await rejects(subject.files.write(key, Buffer.from('x')), { code: 'invalid' });
        await rejects(subject.files.sizeOf(key), { code: 'invalid' });
        await rejects(subject.files.remove(key), { code: 'invalid' });
      });
    }
  });
}

function* pieces(bytes: Uint8Array, length: number): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
