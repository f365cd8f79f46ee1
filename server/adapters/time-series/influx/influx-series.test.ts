import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { timeSeriesContract } from '../../../ports/time-series.contract.ts';
import type { Point, SeriesQuery } from '../../../ports/time-series.ts';
import { influxSeries } from './influx-series.ts';
import { type Influxd, influxd, noInfluxd } from './influxd-fixture.ts';

const server = await influxd();
await server?.start();
after(() => server?.dispose());
process.stdout.write(server ? 'The time series are tested on a real influxd\n' : `${noInfluxd}\n`);

const fix: Point = {
  series: 'positions',
  tags: { site: 's1', group: 'road', member: 'ana', device: 'd1' },
  atMs: Date.UTC(2026, 10, 20),
  fields: { lat: 1, lng: 2, accuracyM: 5, headingDeg: -1, speedMps: -1, coarse: 1 },
};

const all: SeriesQuery = {
  ...{ series: 'positions', tags: {}, fromMs: 0, toMs: fix.atMs + 1, everyMs: 1 },
  ...{ combine: 'last', limit: 10 },
};

if (server) {
  timeSeriesContract('InfluxDB', async () =>
    influxSeries({ url: server.url, database: server.newDatabase() }),
  );
  onInfluxd(server);
} else {
  describe('InfluxDB', () => it('keeps the promise of time series', { skip: noInfluxd }));
}

function onInfluxd(influx: Influxd): void {
  describe('InfluxDB killed and started again', () => {
    it('is `unavailable` while it is away, and has what it had taken', async () => {
      const series = influxSeries({ url: influx.url, database: influx.newDatabase() });
      await series.write([fix]);
      await influx.kill();
      await rejects(series.write([{ ...fix, atMs: fix.atMs - 1 }]), { code: 'unavailable' });
      await rejects(series.read(all), { code: 'unavailable' });
      await rejects(series.describe(), { code: 'unavailable' });
      await influx.start();
      deepEqual(await series.read(all), [fix]);
      match((await series.describe()).name, /^InfluxDB 1\.\d+\.\S+ at http:\/\/127/);
      await series.close();
    });
  });
}

/** What versions 2 and 3 do differently, which no package brings here. */
describe('Other versions of InfluxDB', () => {
  let asked: { url: URL; init: RequestInit }[];
  const answering =
    (respond: (url: URL, init: RequestInit) => Response): typeof fetch =>
    async (input, init = {}) => {
      const url = new URL(String(input));
      asked.push({ url, init });
      return respond(url, init);
    };
  before(() => {
    asked = [];
  });

  it('are told a token where there is one, and where to write', async () => {
    asked = [];
    const series = influxSeries(
      { url: 'http://influx.example/x/', database: 'jamz', retentionPolicy: 'month', token: 't0k' },
      answering(() => new Response(null, { status: 204 })),
    );
    await series.write([fix]);
    const [{ url, init } = { url: new URL('http://none'), init: {} }] = asked;
    equal(url.href, 'http://influx.example/x/write?db=jamz&rp=month&precision=ms');
    equal(new Headers(init.headers).get('authorization'), 'Token t0k');
    equal(init.redirect, 'error');
    equal(
      init.body,
      `positions,device=d1,group=road,member=ana,site=s1 lat=1,lng=2,accuracyM=5,headingDeg=-1,speedMps=-1,coarse=1,at=${fix.atMs} ${fix.atMs}`,
    );
  });

  it('are told a name and a password, and neither is in the address', async () => {
    asked = [];
    const series = influxSeries(
      { url: 'http://influx.example', database: 'jamz', user: 'ana', password: 'p:w' },
      answering(() => new Response(JSON.stringify({ results: [{}] }))),
    );
    await series.read(all);
    const { url, init } = asked[0] ?? { url: new URL('http://none'), init: {} };
    const expected = `Basic ${Buffer.from('ana:p:w').toString('base64')}`;
    equal(new Headers(init.headers).get('authorization'), expected);
    ok(!url.href.includes('p:w') && !url.href.includes('ana'));
  });

  it('[PS16] say that they cannot forget, as version 3 does, and then hold no positions', async () => {
    const series = influxSeries(
      { url: 'http://influx.example', database: 'jamz' },
      answering((url) =>
        url.pathname === '/ping'
          ? new Response(null, { headers: { 'x-influxdb-version': '3.4.0' } })
          : new Response('{"error":"InfluxQL DELETE is not supported"}', { status: 400 }),
      ),
    );
    const { name, canForget, hint } = await series.describe();
    deepEqual([name, canForget], ['InfluxDB 3.4.0 at http://influx.example', false]);
    match(hint ?? '', /deletes nothing/);
    await rejects(series.forget({ series: 'positions', tags: {} }), { code: 'invalid' });
  });

  for (const [status, said, code] of [
    [401, '{"error":"authorization failed"}', 'unavailable'],
    [400, '{"error":"field type conflict"}', 'invalid'],
    [413, '{"error":"too large"}', 'too-large'],
    [507, '{"error":"no space"}', 'storage-full'],
    [503, 'engine is closed', 'unavailable'],
  ] as const) {
    it(`answer ${status}, which is ${code}`, async () => {
      const ask = answering(() => new Response(said, { status }));
      const series = influxSeries({ url: 'http://influx.example', database: 'jamz' }, ask);
      await rejects(series.write([fix]), { code });
    });
  }

  it('quote what is asked for, so that no id is a statement', async () => {
    asked = [];
    const series = influxSeries(
      { url: 'http://influx.example', database: 'jamz' },
      answering(() => new Response(JSON.stringify({ results: [{}] }))),
    );
    await series.read({ ...all, tags: { member: "x' OR 'a'='a\\" } });
    const said = new URLSearchParams(String(asked[0]?.init.body)).get('q') ?? '';
    ok(said.includes(`"member" = 'x\\' OR \\'a\\'=\\'a\\\\'`), said);
  });
});
