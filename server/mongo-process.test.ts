import { deepEqual, equal } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type LosingLink, losingLink } from './adapters/store/mongo/losing-link-fixture.ts';
import { mongoServer, noServer } from './adapters/store/mongo/mongo-server-fixture.ts';
import { main, type ServerProcess, serverProcess } from './process-fixture.ts';
import { type Travellers, travellers } from './travel-fixture.ts';

const database = await mongoServer();
const linkNote = 'a link of our own leads to one machine, and a replica set names its own';
const skip = (!database && noServer) || (database?.isReal && linkNote) || false;

// A suite that is skipped is not counted; a test is.
if (skip) it('a server on MongoDB', { skip });

describe('a server on MongoDB', { skip, timeout: 300_000 }, () => {
  let link: LosingLink;
  let server: ServerProcess;
  let people: Travellers;

  before(async () => {
    link = await losingLink(database?.address ?? '');
    const uri = database?.newDatabase() ?? '';
    const path = uri.slice(uri.lastIndexOf('/'));
    const options = 'directConnection=true&serverSelectionTimeoutMS=3000';
    server = await serverProcess(main, {
      MONGODB_URI: `mongodb://${link.address}${path}?${options}`,
    });
    await server.start();
    people = await travellers(server.base, ['ana', 'bo']);
    await people.progress(60);
  });
  after(async () => {
    await people.close();
    await server.dispose();
    await link.close();
  });

  it('[LG5] [OP4] has after kill -9 all that it acknowledged, once', async () => {
    equal(await server.end('SIGKILL'), null);
    await server.start();
    await people.progress(60);
    await people.arrive();
    equal(existsSync(join(server.dataDir, 'trafficjamz.sqlite')), false);
  });

  it('[LG10] says that it is not ready while the database is away, and lives on', async () => {
    equal((await fetch(`${server.base}/readyz`)).status, 200);
    await link.close();
    const refused = await fetch(`${server.base}/v1/auth/guest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ site: 'pk_demo', name: 'Cy', via: 'body' }),
    });
    equal(refused.status, 503);
    const { code, retryAfterMs } = await refused.json();
    deepEqual([code, retryAfterMs], ['unavailable', 2_000]);
    equal((await fetch(`${server.base}/readyz`)).status, 503);
    equal((await fetch(`${server.base}/healthz`)).status, 200);
  });
});
