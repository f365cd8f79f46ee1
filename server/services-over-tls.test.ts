import { equal, match, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import { noMinio, startMinio } from './adapters/files/s3/minio-fixture.ts';
import { noRedis, redisProgram, redisServer } from './adapters/redis/redis-server-fixture.ts';
import { mongoServer, noServer } from './adapters/store/mongo/mongo-server-fixture.ts';
import { influxd, noInfluxd } from './adapters/time-series/influx/influxd-fixture.ts';
import { selfSignedCertificate } from './http/self-signed.ts';
import { main, type ServerProcess, serverProcess } from './process-fixture.ts';
import { s3Env } from './s3-env-fixture.ts';
import { person } from './several-fixture.ts';
import { type TlsFront, tlsFront } from './tls-front-fixture.ts';
import { noiseWave, sendThrough } from './upload-kills-fixture.ts';

const mongo = await mongoServer();
const redisAt = redisProgram();
const influx = await influxd();
const minio = await startMinio();
after(async () => {
  await influx?.dispose();
  await minio?.close();
});
const skip =
  (!mongo && noServer) ||
  (mongo?.isReal && 'a front of our own leads to one machine, and a replica set names its own') ||
  (!redisAt && noRedis) ||
  (!influx && noInfluxd) ||
  (!minio && noMinio) ||
  false;

// A suite that is skipped is not counted; a test is.
if (skip) it('a server whose services are reached over TLS', { skip });

describe('a server whose services are reached over TLS', { skip, timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'jamz-tls-services-'));
  const fronts: Record<string, TlsFront> = {};
  const end: (() => Promise<unknown>)[] = [];
  let env: Record<string, string>;

  before(async () => {
    if (!mongo || !redisAt || !influx || !minio) return;
    const redis = await redisServer(redisAt);
    await influx.start();
    end.push(redis.dispose);
    const certificate = await selfSignedCertificate(folder, [], Date.now());
    const upstreams = {
      ...{ mongo: mongo.address, redis: `127.0.0.1:${redis.port}` },
      ...{ influx: new URL(influx.url).host, s3: minio.address },
    };
    const front = async (name: keyof typeof upstreams): Promise<string> => {
      const made = await tlsFront(certificate, upstreams[name]);
      fronts[name] = made;
      end.push(made.close);
      return made.address;
    };
    const uri = mongo.newDatabase();
    const path = uri.slice(uri.lastIndexOf('/'));
    const bucket = await minio.newBucket();
    env = {
      SERVICE_TLS: 'required',
      MONGODB_URI: `mongodb://${await front('mongo')}${path}?tls=true&directConnection=true`,
      REDIS_URL: `rediss://${await front('redis')}`,
      INFLUX_URL: `https://${await front('influx')}`,
      INFLUX_DATABASE: influx.newDatabase(),
      ...s3Env({ ...bucket, endpoint: `https://${await front('s3')}` }),
    };
  });
  after(async () => {
    for (const close of end) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const started = async (more: Record<string, string>): Promise<ServerProcess> => {
    const server = await serverProcess(main, { ...env, ...more });
    end.unshift(server.dispose);
    await server.start();
    return server;
  };

  it('uses each of them, with the authority that it was told to trust', async () => {
    const { base } = await started({ NODE_EXTRA_CA_CERTS: join(folder, 'lan.crt') });
    const ana = await person(base, 'Ana');
    const { id } = await ana.ask(base, 'groups', { name: 'Road' });
    await until(
      async () => (await (await fetch(`${base}/readyz`)).json()).bus === 'ok',
      'the server has Redis',
    );
    const file = noiseWave(50_000);
    const whole = { base, token: ana.token, groupId: `${id}`, file, interruptions: [] };
    match((await sendThrough(whole)).uploadId, /./);
    const { socket, ask } = await ana.open(base, `g:${id}`);
    const fix = { lat: 48.2, lng: 16.4, accuracyM: 5, atMs: Date.now() };
    await ask('live', { scope: `g:${id}`, deviceId: 'd', mode: 'precise', fix });
    for (const [name, front] of Object.entries(fronts)) {
      await until(() => front.connections() > 0, `${name} is reached`);
    }
    socket.disconnect();
  });

  it('does not start on a store whose certificate nobody vouches for', async () => {
    const before = fronts['mongo']?.connections() ?? 0;
    await rejects(started({}));
    equal(fronts['mongo']?.connections(), before);
  });

  it('does not start with one that is to be reached in the clear', async () => {
    const plain = `redis://${fronts['redis']?.address}`;
    await rejects(started({ REDIS_URL: plain }), /REDIS_URL must be reached over TLS/);
  });
});
