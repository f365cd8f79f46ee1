import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from './read-config.ts';
import { refuses } from './wrong-settings-fixture.ts';

const r2 = {
  S3_ENDPOINT: 'https://account.r2.cloudflarestorage.com/',
  S3_REGION: 'auto',
  S3_BUCKET: 'jamz-files',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
  S3_PUBLIC_URL: 'https://cdn.jamz.example/',
};

describe('configuration of S3', () => {
  it('is none where nothing is set', () => {
    equal(readConfig({}).s3, undefined);
  });

  it('takes a vendor with an address of its own', () => {
    deepEqual(readConfig(r2).s3, {
      endpoint: 'https://account.r2.cloudflarestorage.com',
      region: 'auto',
      bucket: 'jamz-files',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      pathStyle: true,
      publicUrl: 'https://cdn.jamz.example',
      delivery: 'presigned',
    });
  });

  it('takes a bucket of AWS with the machine’s own keys', () => {
    const { s3 } = readConfig({ S3_BUCKET: 'jamz-files', S3_REGION: 'eu-central-1' });
    deepEqual([s3?.endpoint, s3?.credentials, s3?.pathStyle], [undefined, undefined, false]);
  });

  refuses([
    [{ S3_REGION: 'auto' }, /S3_BUCKET must be set too/],
    [{ ...r2, S3_BUCKET: 'No Bucket' }, /S3_BUCKET must be the name of a bucket/],
    [{ ...r2, S3_ENDPOINT: 'r2.example' }, /S3_ENDPOINT must be an http or https address/],
    [{ ...r2, S3_SECRET_ACCESS_KEY: '' }, /S3_SECRET_ACCESS_KEY must both be set/],
    [{ ...r2, S3_DELIVERY: 'pigeon' }, /S3_DELIVERY must be presigned or server/],
    [{ ...r2, S3_PATH_STYLE: 'yes' }, /S3_PATH_STYLE must be true or false/],
  ]);
});
