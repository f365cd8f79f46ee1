import { deepEqual, equal, match } from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import { connect } from '../sdk/connect.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestJson,
  type TestServer,
  testServer,
} from './test-server.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly json: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

/** A site's backend, as far as webhooks know it. */
class Backend {
  readonly got: Received[] = [];
  readonly #server: Server;
  readonly #waiting: { type: string; resolve: (message: Received) => void }[] = [];
  status = 204;
  origin = '';

  constructor() {
    this.#server = createServer((req, res) => {
      let body = '';
      req.on('data', (part) => {
        body += part;
      });
      req.on('end', () => {
        const received = {
          path: req.url ?? '',
          headers: req.headers,
          body,
          json: JSON.parse(body),
        };
        this.got.push(received);
        if (received.path === '/resolve') {
          const { trackId } = received.json.data;
          const url = `https://cdn.example/${String(trackId)}?sig=1`;
          res.end(JSON.stringify({ url, expiresAtMs: Date.now() + 600_000 }));
        } else res.writeHead(this.status).end();
        for (const { type, resolve } of this.#waiting)
          if (type === received.json.type) resolve(received);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The first message of a type, when it comes. */
  async told(type: string): Promise<Received> {
    const there = this.got.find(({ json }) => json.type === type);
    return there ?? new Promise((resolve) => this.#waiting.push({ type, resolve }));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('a server and the backend of a site', () => {
  const backend = new Backend();
  let server: TestServer;
  let secret: string;
  let webhookSecret: string;
  before(async () => {
    await backend.start();
    server = await testServer({ env: { WEBHOOK_HOSTS: backend.origin } });
    secret = await server.secretOf('pk_demo');
  });
  after(async () => {
    await server.close();
    backend.stop();
  });

  const ask = <Json = TestJson>(path: string, request: object = {}): Promise<TestAnswer<Json>> =>
    server.ask<Json>(`/v1/sites/pk_demo${path}`, { token: secret, ...request });

  it('[WH6] take no address that is not public, unless the operator named it', async () => {
    for (const url of [
      'http://hooks.example/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://192.168.0.1/',
      'https://localhost/x',
      'https://metadata.internal/',
      'ftp://hooks.example',
      'nonsense',
    ]) {
      const answer = await ask('/webhooks', { method: 'PUT', body: { url } });
      deepEqual(problem(answer), expected(400, 'invalid'), url);
    }
    const wrong = await ask('/webhooks', { method: 'PUT', body: { url: null, types: ['all'] } });
    deepEqual(problem(wrong), expected(400, 'invalid'));
    deepEqual(problem(await ask('/webhooks')), expected(404, 'not-found'));
  });

  it('[WH4] agree on a secret, which is shown once', async () => {
    const body = { url: `${backend.origin}/hook`, resolveTrackUrl: `${backend.origin}/resolve` };
    const set = await ask('/webhooks', { method: 'PUT', body });
    webhookSecret = Reflect.get(set.json, 'secret');
    match(webhookSecret, /^whsec_/);
    equal(JSON.stringify((await ask('/webhooks')).json).includes('whsec_'), false);
    const again = await ask('/webhooks', { method: 'PUT', body });
    equal(Reflect.has(again.json, 'secret'), false);
  });

  it('[WH4] tell who joined, what was added, what began and what was reported, each signed', async () => {
    const jamz = connect({ server: server.base, site: 'pk_demo', storage: 'memory' });
    await jamz.session.signInAsGuest({ name: 'Ana' });
    const ana = jamz.session.user$.value?.id;
    const { id: groupId } = await jamz.createGroup({ name: 'Road' });
    const group = jamz.group(groupId);
    const { headers, body, json } = await backend.told('member.joined');
    deepEqual([json.data['groupId'], json.data['memberId']], [groupId, ana]);
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signed } = headers;
    const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
    const expectedSignature = createHmac('sha256', key)
      .update(`${id}.${time}.${body}`)
      .digest('base64');
    equal(signed, `v1,${expectedSignature}`);

    await group.addTracks([{ title: 'Seven', trackId: 'cat-7' }]).acked;
    equal((await backend.told('track.added')).json.data['trackId'], 'cat-7');
    await group.startSession().acked;
    equal((await backend.told('session.started')).json.data['startedBy'], ana);

    const bo = { person: 'external:bo', name: 'Bo' };
    const put = await ask(`/groups/${groupId}/members/${bo.person}`, {
      method: 'PUT',
      body: { name: bo.name },
    });
    const report = { memberId: put.json.id, reason: 'Threats' };
    await group.report(report.memberId, report.reason);
    const reported = await backend.told('report.filed');
    deepEqual(reported.json.data['people'], [
      { id: put.json.id, name: 'Bo', externalId: 'bo' },
      { id: ana, name: 'Ana', externalId: null },
    ]);
    equal(reported.body.includes('Threats'), false);

    // [SI7] A member hears the track; whoever is not in the group does not.
    const [item] = group.playlist$.value;
    if (!item) throw new Error('The playlist is empty');
    equal(await group.trackUrl(item.itemId), 'https://cdn.example/cat-7?sig=1');
    const url = `/v1/files/${groupId}.${item.itemId}/url`;
    const eve = await server.guest('Eve');
    deepEqual(problem(await server.ask(url, { token: eve.token })), expected(403, 'forbidden'));
    deepEqual(problem(await server.ask(url)), expected(401, 'unauthenticated'));
    const none = await server.ask(`/v1/files/${groupId}.none/url`, { token: eve.token });
    deepEqual(problem(none), expected(403, 'forbidden'));
    await jamz.close();
  });

  it('[WH7] answer people at once while the backend is dead, and list what waits', async () => {
    backend.status = 500;
    const ana = await server.guest('Ana');
    for (let count = 0; count < 5; count++) {
      const made = await server.ask('/v1/groups', {
        token: ana.token,
        body: { name: `G${count}` },
      });
      equal(made.status, 201);
    }
    const waiting = async () => {
      const answer = await ask('/webhooks/deliveries?state=waiting');
      return (Reflect.get(answer.json, 'items') as readonly { problem: string }[]).filter(
        (one) => one.problem === 'It answered 500',
      ).length;
    };
    // The site's backend may ask three thousand times a minute.
    await until(async () => (await waiting()) > 0, 'what was refused waits', 50);
    deepEqual(problem(await ask('/webhooks/deliveries?state=lost')), expected(400, 'invalid'));
    deepEqual(problem(await ask('/webhooks/deliveries?after=x')), expected(400, 'invalid'));
  });

  it('[SI6] refuse a group beyond the site’s quota, over HTTP as for its people', async () => {
    const { openSites } = await import('./compose.ts');
    const { sites, close } = await openSites(server.config);
    await sites.change('pk_demo', { quotas: { groups: 1 } }).finally(close);
    const ana = await server.guest('Ana');
    const body = { name: 'One too many' };
    const refused = await server.ask('/v1/groups', { token: ana.token, body });
    deepEqual(problem(refused), expected(403, 'quota-exceeded'));
    const owner = { person: ana.userId };
    deepEqual(
      problem(await ask('/groups', { body: { ...body, owner } })),
      expected(403, 'quota-exceeded'),
    );
    const { groups } = (await ask<{ groups: { near: boolean } }>('/usage')).json;
    equal(groups.near, true);
  });
});
