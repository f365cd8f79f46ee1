import { deepEqual, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openBucket } from './bucket.ts';

const settings = {
  endpoint: 'http://127.0.0.1:9',
  region: 'auto',
  bucket: 'jamz',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  pathStyle: true,
  publicUrl: undefined,
  delivery: 'presigned',
} as const;

function refusal(name: string, httpStatusCode: number, message = ''): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

describe('a bucket', () => {
  it('goes without checksums at a vendor that knows none, from then on', async () => {
    const bucket = openBucket(settings);
    const sent: boolean[] = [];
    const send = async (sha256: string | undefined): Promise<void> => {
      sent.push(sha256 !== undefined);
      if (sha256 !== undefined) throw refusal('NotImplemented', 501);
    };
    await bucket.withChecksum(Buffer.from('x'), send);
    await bucket.withChecksum(Buffer.from('y'), send);
    deepEqual(sent, [true, false, false]);
  });

  it('does not take a checksum that is wrong for one that is unknown', async () => {
    const bucket = openBucket(settings);
    await rejects(
      bucket.withChecksum(Buffer.from('x'), async () => {
        throw refusal('BadDigest', 400, 'The SHA256 checksum did not match');
      }),
      /did not match/,
    );
  });

  it('says that it is away, without the vendor’s words', async () => {
    const bucket = openBucket(settings, { requestMs: 1_000, attempts: 1 });
    await rejects(bucket.sizeOf('files/x'), {
      code: 'unavailable',
      message: 'Files cannot be reached just now: try again',
    });
    bucket.client.destroy();
  });
});
