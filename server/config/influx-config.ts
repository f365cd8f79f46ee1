import * as v from 'valibot';
import type { InfluxAddress } from '../adapters/time-series/influx/influx-http.ts';

/** Reads one variable; what is wrong with it is told by `readConfig`. */
type Read = <T>(name: string, schema: v.GenericSchema<unknown, T>, absent: T) => T;

/** InfluxDB as `INFLUX_*` describe it; undefined where `INFLUX_URL` is not set. */
export function influxOf(read: Read, problems: string[]): InfluxAddress | undefined {
  const url = read('INFLUX_URL', address, undefined);
  const database = read('INFLUX_DATABASE', name, undefined);
  const retentionPolicy = read('INFLUX_RETENTION_POLICY', name, undefined);
  const token = read('INFLUX_TOKEN', text, undefined);
  const user = read('INFLUX_USER', text, undefined);
  const password = read('INFLUX_PASSWORD', text, undefined);
  if (url === undefined) {
    const rest = { database, retentionPolicy, token, user, password };
    if (Object.values(rest).some((value) => value !== undefined)) {
      problems.push('INFLUX_URL must be set too when other INFLUX_ variables are');
    }
    return undefined;
  }
  if (token !== undefined && user !== undefined) {
    problems.push('INFLUX_TOKEN and INFLUX_USER: set the one that your InfluxDB takes, not both');
  }
  return {
    url,
    database: database ?? 'trafficjamz',
    ...(retentionPolicy === undefined ? {} : { retentionPolicy }),
    ...(token === undefined ? {} : { token }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}

const address: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check((value) => {
    const url = URL.parse(value);
    const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
    return isHttp && url.username === '' && url.search === '' && url.hash === '';
  }, 'must be an http or https address without a name in it, as https://influx.example:8086'),
  v.transform((value) => value.replace(/\/+$/, '')),
);

const name: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(/^[\w.-]{1,100}$/, 'must be a name of letters, digits and ._-'),
);

const text: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(/^[\x20-\x7e]{1,1000}$/, 'must be printable ASCII'),
);
