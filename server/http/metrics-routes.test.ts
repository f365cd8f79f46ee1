import { equal, match, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { problem, type TestServer, testServer } from '../test-server.ts';

const report = {
  site: 'pk_demo',
  acked: 40,
  refused: 2,
  retries: 3,
  cacheHits: 5,
  cacheMisses: 1,
  conflicts: 1,
  outboxLength: 0,
  syncLatenciesMs: [120, 340.5],
};

const token = 'a-token-that-is-long-enough-to-be-one';

describe('figures', () => {
  let server: TestServer;

  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const read = async (from: TestServer, headers: Record<string, string> = {}): Promise<string> => {
    const response = await fetch(`${from.base}/metrics`, { headers });
    equal(response.status, 200);
    match(response.headers.get('content-type') ?? '', /^text\/plain; version=/);
    equal(response.headers.get('cache-control'), 'no-store');
    return response.text();
  };
  const figure = (text: string, name: string): number => {
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    ok(line, `${name} is not there`);
    return Number(line.slice(name.length + 1));
  };

  it('count what the server takes, and time it', async () => {
    const ann = await server.guest('Ann');
    const { json } = await server.ask('/v1/groups/open', {
      token: ann.token,
      body: { place: '/figures' },
    });
    const before = await read(server);
    const run = {
      replicaId: 'r',
      stamperId: 'r',
      authorId: ann.userId,
      version: 1,
      base: [1, 1],
      ops: [
        [1, 1, Date.now(), 0, 'messages.send', { messageId: 'm', text: 'Hello' }],
        [2, 2, Date.now(), 1, 'playlist.remove', { itemId: 'no-such' }],
      ],
    };
    await server.ask('/v1/sync', {
      token: ann.token,
      body: {
        version: 1,
        replicaId: 'r',
        push: [{ scope: `g:${json.id}`, batch: 1, runs: [run] }],
        pull: [],
      },
    });
    const now = await read(server);
    const grown = (name: string) => figure(now, name) - figure(before, name);
    equal(grown('jamz_push_ops_total{outcome="applied"}'), 1);
    equal(grown('jamz_push_ops_total{outcome="refused"}'), 1);
    equal(grown('jamz_push_seconds_count'), 1);
    ok(grown('jamz_commits_total') >= 1);
    equal(figure(now, 'jamz_pushes_under_way'), 0);
    equal(figure(now, 'jamz_sockets'), 0);
    ok(figure(now, 'jamz_process_cpu_seconds_total') > 0);
  });

  it('add up what replicas report', async () => {
    for (let time = 0; time < 2; time++) {
      equal((await server.ask('/v1/metrics', { body: report })).status, 204);
    }
    const text = await read(server);
    equal(figure(text, 'jamz_replica_reports_total'), 2);
    equal(figure(text, 'jamz_replica_ops_total{outcome="acked"}'), 80);
    equal(figure(text, 'jamz_replica_sync_seconds_bucket{le="0.25"}'), 2);
    equal(figure(text, 'jamz_replica_sync_seconds_count'), 4);
  });

  for (const [why, bad, code] of [
    ['a name in it', { ...report, name: 'Ann' }, 'invalid'],
    ['a negative count', { ...report, acked: -1 }, 'invalid'],
    ['a count beyond reason', { ...report, acked: 1e9 }, 'invalid'],
    ['half an op', { ...report, acked: 0.5 }, 'invalid'],
    ['a missing figure', { site: 'pk_demo' }, 'invalid'],
    ['too many latencies', { ...report, syncLatenciesMs: Array(51).fill(1) }, 'invalid'],
    ['a latency of a year', { ...report, syncLatenciesMs: [3e10] }, 'invalid'],
    ['no report', 'x', 'invalid'],
    ['a site that is none', { ...report, site: 'pk_none' }, 'not-found'],
    ['more than a report holds', { ...report, site: 'x'.repeat(5_000) }, 'too-large'],
  ] as const) {
    it(`take no report with ${why}, and count nothing of it`, async () => {
      const before = figure(await read(server), 'jamz_replica_reports_total');
      const answer = await server.ask('/v1/metrics', { body: bad });
      equal(problem(answer).code, code);
      equal(figure(await read(server), 'jamz_replica_reports_total'), before);
    });
  }

  it('are not shown to who comes through a proxy', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      const answer = await server.ask('/metrics', { headers: { [name]: '127.0.0.1' } });
      equal(problem(answer).code, 'forbidden', name);
    }
  });

  it('are shown to nobody without the token, where there is one', async () => {
    const guarded = await testServer({ env: { METRICS_TOKEN: token } });
    try {
      for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${token}`]) {
        const answer = await guarded.ask('/metrics', { headers: { authorization } });
        equal(problem(answer).code, 'unauthenticated', authorization);
      }
      await read(guarded, { authorization: `Bearer ${token}` });
    } finally {
      await guarded.close();
    }
  });

  it('are not shown without a token by a server that has a public address', async () => {
    const open = await testServer({ env: { PUBLIC_URL: 'https://jamz.example' } });
    try {
      equal(problem(await open.ask('/metrics')).code, 'forbidden');
    } finally {
      await open.close();
    }
  });

  it('take no more than a coach full of phones sends', async () => {
    const limits = { spend: async () => {} };
    let asked = 0;
    const counting = await testServer({
      rateLimits: {
        async spend(action) {
          if (action === 'metrics') asked += 1;
          await limits.spend();
        },
      },
    });
    try {
      await counting.ask('/v1/metrics', { body: report });
      equal(asked, 1);
    } finally {
      await counting.close();
    }
  });
});
