import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from './read-config.ts';
import { refuses } from './wrong-settings-fixture.ts';

const url = 'https://influx.example:8086/';

describe('configuration of InfluxDB', () => {
  it('is none where nothing is set, and history is kept for thirty days', () => {
    deepEqual([readConfig({}).influx, readConfig({}).historyDays], [undefined, 30]);
  });

  it('needs nothing but an address', () => {
    deepEqual(readConfig({ INFLUX_URL: url }).influx, {
      url: 'https://influx.example:8086',
      database: 'trafficjamz',
    });
  });

  it('takes a token, or a name and a password, and where to write', () => {
    const place = { INFLUX_URL: url, INFLUX_DATABASE: 'jamz', INFLUX_RETENTION_POLICY: 'month' };
    equal(readConfig({ ...place, INFLUX_TOKEN: 't' }).influx?.token, 't');
    deepEqual(readConfig({ ...place, INFLUX_USER: 'u', INFLUX_PASSWORD: 'p' }).influx, {
      ...{ url: 'https://influx.example:8086', database: 'jamz', retentionPolicy: 'month' },
      ...{ user: 'u', password: 'p' },
    });
  });

  it('[PS15] keeps history for as long as is said, or not at all', () => {
    equal(readConfig({ HISTORY_DAYS: '7' }).historyDays, 7);
    equal(readConfig({ HISTORY_DAYS: '0' }).historyDays, 0);
  });

  refuses([
    [{ INFLUX_TOKEN: 't' }, /INFLUX_URL must be set too/],
    [{ INFLUX_URL: 'influx.example' }, /INFLUX_URL must be an http or https address/],
    [{ INFLUX_URL: 'https://ana:pw@influx.example' }, /INFLUX_URL must be .* without a name in it/],
    [{ INFLUX_URL: url, INFLUX_DATABASE: 'a b' }, /INFLUX_DATABASE must be a name/],
    [{ INFLUX_URL: url, INFLUX_TOKEN: 't', INFLUX_USER: 'u' }, /not both/],
    [{ HISTORY_DAYS: 'long' }, /HISTORY_DAYS must be a whole number of days/],
  ]);
});
