import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from './read-config.ts';
import { refuses } from './wrong-settings-fixture.ts';

const SERVICE_TLS = 'required';

describe('SERVICE_TLS', () => {
  refuses([
    [{ SERVICE_TLS: 'yes' }, /SERVICE_TLS must be required or optional/],
    [{ SERVICE_TLS, REDIS_URL: 'redis://cache.example' }, /REDIS_URL must be reached over TLS/],
    [{ SERVICE_TLS, REDIS_URL: 'redis://127.0.0.1' }, /REDIS_URL .* use rediss:/],
    [{ SERVICE_TLS, MONGODB_URI: 'mongodb://db.example/jamz' }, /MONGODB_URI .*tls=true/],
    [{ SERVICE_TLS, MONGODB_URI: 'mongodb+srv://db.example/jamz?tls=false' }, /MONGODB_URI/],
    [
      { SERVICE_TLS, MONGODB_URI: 'mongodb://db.example/?tls=true&tlsInsecure=true' },
      /MONGODB_URI/,
    ],
    [{ SERVICE_TLS, INFLUX_URL: 'http://influx.example:8086' }, /INFLUX_URL .* use https:/],
    [
      {
        ...{ SERVICE_TLS, S3_BUCKET: 'files', S3_ENDPOINT: 'http://s3.example' },
        ...{ S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' },
      },
      /S3_ENDPOINT .* use https:/,
    ],
    [{ SERVICE_TLS, SMTP_URL: 'smtp://localhost' }, /SMTP_URL .* use smtps:/],
    [{ SERVICE_TLS, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /NODE_TLS_REJECT_UNAUTHORIZED/],
  ]);

  it('takes addresses that are encrypted', () => {
    const config = readConfig({
      ...{ SERVICE_TLS, REDIS_URL: 'rediss://cache.example' },
      ...{ MONGODB_URI: 'mongodb://db.example/jamz?tls=true', INFLUX_URL: 'https://i.example' },
      ...{ S3_BUCKET: 'files', S3_ENDPOINT: 'https://s3.example' },
      ...{ S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' },
      // To another machine nothing goes without STARTTLS.
      SMTP_URL: 'smtp://mail.example',
    });
    deepEqual(
      [config.redisUrl, config.influx?.url, config.s3?.endpoint],
      ['rediss://cache.example', 'https://i.example', 'https://s3.example'],
    );
    const srv = 'mongodb+srv://db.example/jamz';
    equal(readConfig({ SERVICE_TLS, MONGODB_URI: srv }).mongodbUri, srv);
  });

  it('leaves the choice to the addresses where it says nothing', () => {
    const plain = { REDIS_URL: 'redis://cache.example' };
    equal(readConfig(plain).redisUrl, plain.REDIS_URL);
    equal(readConfig({ ...plain, SERVICE_TLS: 'optional' }).redisUrl, plain.REDIS_URL);
  });
});
