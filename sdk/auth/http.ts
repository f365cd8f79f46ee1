import { isErrorCode, JamzError } from '../protocol/errors.ts';

export interface HttpDeps {
  /** Base URL of the backend; `/v1/` is put behind it. */
  readonly server: string;
  readonly fetch: typeof fetch;
  /**
   * The bearer token. Called again with the token that the server rejected, once per request, for a newer one.
   * Absent: requests go out without one.
   */
  readonly token?: (rejected?: string) => Promise<string>;
  /** A signal that aborts after so many ms; default `AbortSignal.timeout`. */
  readonly timeout?: (ms: number) => AbortSignal;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  /** Ends the request; its reason is thrown as it is. */
  readonly signal?: AbortSignal;
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** `include` sends and takes the server's cookies: only the identity asks for it. Default `omit`. */
  readonly credentials?: RequestCredentials;
  /** False leaves the bearer token out, for public addresses. */
  readonly bearer?: boolean;
}

/** The answer must pass this check, or it is taken for somebody else's and thrown as `unavailable`. */
export interface CheckedOptions<T> extends RequestOptions {
  readonly expects: (json: unknown) => json is T;
}

/**
 * One request to the backend: JSON in, JSON out. `path` stands under `/v1/`, as `groups/join`. An answer without
 * content is undefined.
 *
 * @throws {JamzError} the server's own code where it named one; `unavailable` when no answer of ours came: no
 * network, a timeout, a captive portal, a proxy's error page
 */
export interface Http {
  <T>(method: HttpMethod, path: string, body: unknown, options: CheckedOptions<T>): Promise<T>;
  (method: HttpMethod, path: string, body?: unknown, options?: RequestOptions): Promise<unknown>;
}

const defaultTimeoutMs = 10_000;

/** Makes the {@link Http} of one backend. */
export function createHttp(deps: HttpDeps): Http {
  const base = `${deps.server.replace(/\/+$/, '')}/v1/`;

  async function once(
    method: HttpMethod,
    path: string,
    body: unknown,
    options: RequestOptions,
    token: string | undefined,
  ): Promise<unknown> {
    const signals = [(deps.timeout ?? AbortSignal.timeout)(options.timeoutMs ?? defaultTimeoutMs)];
    if (options.signal) signals.push(options.signal);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    try {
      const { fetch } = deps;
      const response = await fetch(base + path, {
        method,
        headers,
        credentials: options.credentials ?? 'omit',
        signal: AbortSignal.any(signals),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return await answerOf(response);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof JamzError) throw error;
      throw new JamzError('unavailable', 'The server cannot be reached. Check the network.', {
        cause: error,
      });
    }
  }

  async function request(
    method: HttpMethod,
    path: string,
    body?: unknown,
    options: RequestOptions | CheckedOptions<unknown> = {},
  ): Promise<unknown> {
    const bearer = options.bearer === false ? undefined : deps.token;
    const token = await bearer?.();
    let json: unknown;
    try {
      json = await once(method, path, body, options, token);
    } catch (error) {
      if (!bearer || !isRejection(error)) throw error;
      json = await once(method, path, body, options, await bearer(token));
    }
    if ('expects' in options && !options.expects(json)) throw notOurs();
    return json;
  }

  // The overloads differ only in what `expects` has proved about the answer.
  return request as Http;
}

/** What an answer carries. @throws {JamzError} what it failed with, `unavailable` for one that is not the server's */
export async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const json = await jsonOf(response);
  if (response.ok) {
    if (json === undefined) throw notOurs();
    return json;
  }
  throw problemOf(json) ?? notOurs(retryAfterOf(response));
}

async function jsonOf(response: Response): Promise<unknown> {
  const mediaType = response.headers.get('content-type') ?? '';
  if (!/^application\/(problem\+)?json\b/i.test(mediaType)) return undefined;
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(json: unknown): JamzError | undefined {
  if (typeof json !== 'object' || json === null || !('code' in json)) return undefined;
  if (!isErrorCode(json.code)) return undefined;
  const detail = 'detail' in json && typeof json.detail === 'string' ? json.detail : undefined;
  const title = 'title' in json && typeof json.title === 'string' ? json.title : undefined;
  const retryAfterMs = 'retryAfterMs' in json ? json.retryAfterMs : undefined;
  return new JamzError(json.code, detail ?? title ?? json.code, {
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
  });
}

function notOurs(retryAfterMs?: number): JamzError {
  return new JamzError(
    'unavailable',
    'Something between here and the server answered in its place, perhaps a sign-in page of this network.',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

/** Whole seconds only (RFC 9110, 10.2.3): a date would need a clock that we do not trust. */
function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function isRejection(error: unknown): boolean {
  return (
    error instanceof JamzError &&
    (error.code === 'token-expired' || error.code === 'unauthenticated')
  );
}
