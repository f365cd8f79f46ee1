import { JamzError } from '../../../../sdk/protocol/errors.ts';
import type { InfluxSeries } from './influx-ql.ts';

export interface InfluxAddress {
  /** As `http://127.0.0.1:8086`. */
  readonly url: string;
  readonly database: string;
  /** Version 1: of the database; versions 2 and 3 have it in the bucket. */
  readonly retentionPolicy?: string;
  /** Versions 2 and 3. */
  readonly token?: string;
  /** Version 1. */
  readonly user?: string;
  readonly password?: string;
}

/** The two doors that versions 1, 2 and 3 have in common. */
export interface InfluxHttp {
  write(lines: string): Promise<void>;
  /** @throws {JamzError} `forbidden` for a statement that this version does not know */
  query(statement: string): Promise<readonly InfluxSeries[]>;
  /** As the server says it: `1.6.7`; `unknown` where it does not. */
  version(): Promise<string>;
  /** Ends what is under way. */
  close(): void;
}

const patienceMs = 5_000;
const retryAfterMs = 2_000;

export function influxHttp(address: InfluxAddress, ask: typeof fetch = fetch): InfluxHttp {
  const { database, retentionPolicy } = address;
  const base = address.url.replace(/\/+$/, '');
  const ending = new AbortController();
  const place = {
    db: database,
    ...(retentionPolicy === undefined ? {} : { rp: retentionPolicy }),
  };

  const send = async (
    method: 'GET' | 'POST',
    path: string,
    params: Readonly<Record<string, string>>,
    body?: string | URLSearchParams,
  ): Promise<{ readonly response: Response; readonly text: string }> => {
    if (ending.signal.aborted) throw new JamzError('unavailable', 'The time series are closed');
    try {
      const response = await ask(`${base}/${path}?${new URLSearchParams(params)}`, {
        method,
        headers: headersOf(address),
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(patienceMs)]),
        // Where it sends us is not where our data was told to go.
        redirect: 'error',
        ...(body === undefined ? {} : { body }),
      });
      return { response, text: await response.text() };
    } catch (cause) {
      throw new JamzError('unavailable', 'InfluxDB does not answer', { cause, retryAfterMs });
    }
  };

  const query = async (q: string): Promise<readonly InfluxSeries[]> => {
    const params = { ...place, epoch: 'ms' };
    const { response, text } = await send('POST', 'query', params, new URLSearchParams({ q }));
    return seriesIn(response, text);
  };

  const put = (lines: string) => send('POST', 'write', { ...place, precision: 'ms' }, lines);

  return {
    query,
    async write(lines) {
      let { response, text } = await put(lines);
      if (response.status === 404 && text.includes('database not found')) {
        // Version 1 on its first day; versions 2 and 3 say otherwise, or make it themselves.
        await query(`CREATE DATABASE "${database.replaceAll('"', '')}"`);
        ({ response, text } = await put(lines));
      }
      if (!response.ok) throw failureOf(response, text);
    },
    async version() {
      const { response } = await send('GET', 'ping', {});
      if (response.status === 401 || response.status === 403) throw failureOf(response, '');
      const said = response.headers.get('x-influxdb-version') ?? '';
      return said.replace(/^v/, '') || 'unknown';
    },
    close: () => ending.abort(),
  };
}

/** Versions 2 and 3 take a token, version 1 a name and a password. */
function headersOf({ token, user, password }: InfluxAddress): Record<string, string> {
  if (token !== undefined) return { authorization: `Token ${token}` };
  if (user === undefined) return {};
  const pair = Buffer.from(`${user}:${password ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

interface Answer {
  readonly results?: readonly {
    readonly series?: readonly InfluxSeries[];
    readonly error?: string;
  }[];
  readonly error?: string;
}

function seriesIn(response: Response, text: string): readonly InfluxSeries[] {
  const answer = parsed(text);
  const error = answer.error ?? answer.results?.find((one) => one.error !== undefined)?.error;
  if (error?.includes('database not found') || error?.includes('retention policy not found')) {
    // Nothing was ever written.
    return [];
  }
  if (!response.ok || error !== undefined) throw failureOf(response, error ?? text);
  return answer.results?.flatMap(({ series = [] }) => series) ?? [];
}

function parsed(text: string): Answer {
  try {
    // What the database says of itself; each part is looked at before it is used.
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  } catch (cause) {
    throw new JamzError('unavailable', 'What answers is no InfluxDB', { cause, retryAfterMs });
  }
}

function failureOf({ status }: Response, said: string): JamzError {
  const what = said.replaceAll(/\s+/g, ' ').slice(0, 200);
  if (status === 401 || status === 403) {
    const message = 'InfluxDB lets nobody in with these: check INFLUX_TOKEN, or INFLUX_USER';
    return new JamzError('unavailable', message, { retryAfterMs });
  }
  if (status === 413) return new JamzError('too-large', `InfluxDB takes no such batch: ${what}`);
  if (status === 507) return new JamzError('storage-full', 'InfluxDB has no room left');
  // Points that it will never take: of another type, or outside what it keeps.
  if (status === 400 || status === 422) return new JamzError('invalid', `InfluxDB: ${what}`);
  if (status === 200 || status === 405 || status === 501) {
    return new JamzError('forbidden', `InfluxDB does not do this: ${what}`);
  }
  return new JamzError('unavailable', `InfluxDB answers ${status}: ${what}`, { retryAfterMs });
}
