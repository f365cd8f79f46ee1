import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from '../scripts/testing/until.ts';
import { fakePushService } from './adapters/push/fake-push-service-fixture.ts';
import { influxd } from './adapters/time-series/influx/influxd-fixture.ts';
import type { Dependency, DependencyLoad } from './dependency-load-fixture.ts';

/** InfluxDB: killed as a process. @returns undefined where there is none on this machine */
export async function influxDependency(): Promise<Dependency | undefined> {
  const server = await influxd();
  if (!server) return undefined;
  await server.start();
  const database = server.newDatabase();
  const count = async (): Promise<number> => {
    const q = `SELECT COUNT(lat) FROM positions`;
    const query = new URLSearchParams({ db: database, q });
    const answer = await fetch(`${server.url}/query?${query}`);
    return Number(/"values":\[\[[^,]+,(\d+)\]\]/.exec(await answer.text())?.[1] ?? 0);
  };
  const report = async ({ request, scope }: DependencyLoad, deviceId: string): Promise<void> => {
    const fix = { lat: 48.2, lng: 16.4, accuracyM: 5, atMs: Date.now() };
    await request('live', { scope, deviceId, mode: 'precise', fix });
  };
  return {
    name: 'InfluxDB',
    env: { INFLUX_URL: server.url, INFLUX_DATABASE: database },
    async prepare() {},
    async use(load) {
      for (let device = 0; device < 10; device++) await report(load, `d${device}`);
    },
    kill: server.kill,
    restart: server.start,
    async worksAgain(load) {
      const before = await count();
      await report(load, 'd0');
      await until(async () => (await count()) > before, 'InfluxDB has the report');
    },
    dispose: server.dispose,
  };
}

/** A mail server that goes away with all its connections. */
export async function mailDependency(): Promise<Dependency> {
  let got = 0;
  let server = await listening(0);
  const { port } = server.server.address() as AddressInfo;

  async function listening(at: number): Promise<SMTPServer> {
    const made = new SMTPServer({
      ...{ disabledCommands: ['STARTTLS'], authOptional: true, closeTimeout: 50 },
      onData(stream, _session, done) {
        stream.resume();
        stream.once('end', () => {
          got += 1;
          done();
        });
      },
    });
    // Clients that it left in the middle of something.
    made.on('error', () => {});
    made.listen(at, '127.0.0.1');
    await once(made.server, 'listening');
    return made;
  }

  /** Nobody's mailbox is filled: one account gets five an hour. */
  const accounts = Array.from({ length: 8 }, (_, at) => `ana-${at}@load.example`);
  let asked = 0;
  return {
    name: 'Mail',
    env: { SMTP_URL: `smtp://127.0.0.1:${port}` },
    async prepare({ ask }) {
      for (const email of accounts) {
        const account = { site: 'pk_demo', email, name: 'Ana', via: 'body' };
        await ask('auth/sign-up', { ...account, password: 'correct horse battery' });
      }
    },
    async use({ ask }) {
      const email = accounts[asked++ % accounts.length];
      await ask('auth/request-reset', { site: 'pk_demo', email });
    },
    async kill() {
      const closed = new Promise<void>((resolve) => server.close(resolve));
      for (const connection of server.connections) connection.close();
      await closed;
    },
    async restart() {
      server = await listening(port);
    },
    async worksAgain() {
      const before = got;
      // What was asked for while it was away is tried again.
      await until(() => got > before, 'a mail arrives');
    },
    async dispose() {
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** A push service that goes away with all its connections; every message of the load is pushed to five browsers. */
export async function pushDependency(): Promise<Dependency> {
  const service = await fakePushService();
  return {
    name: 'Web Push',
    env: { PUSH_ORIGINS: service.origin, VAPID_SUBJECT: 'mailto:ops@load.example' },
    async prepare({ ask, other }) {
      for (let browser = 0; browser < 5; browser++) {
        const body = { ...service.subscribe(), language: 'en', page: 'https://host.example/' };
        await ask('push/browsers', body, other.token);
      }
    },
    async use() {},
    kill: service.pause,
    restart: service.resume,
    async worksAgain(load) {
      const before = service.received.length;
      await load.measure(200);
      await until(() => service.received.length > before, 'a message is pushed');
    },
    dispose: service.close,
  };
}
