import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import { isErrorCode, JamzError } from '../protocol/errors.ts';

/**
 * How tus talks: by our `fetch`, so that the host's offline switch holds here too and an answer that is not our
 * server's (a captive portal, a proxy) is a lost link rather than a refusal. Whatever is not a success is thrown as
 * a JamzError; only "no such upload" to a HEAD goes back to tus, which then begins anew.
 */
export function tusOverFetch(deps: {
  readonly fetch: typeof fetch;
  readonly token: () => Promise<string>;
}): HttpStack {
  return {
    getName: () => 'fetch',
    createRequest(method, url) {
      const headers: Record<string, string> = {};
      const end = new AbortController();
      const request: HttpRequest = {
        getMethod: () => method,
        getURL: () => url,
        setHeader(name, value) {
          headers[name.toLowerCase()] = value;
        },
        getHeader: (name) => headers[name.toLowerCase()],
        // fetch tells nothing of a body under way: progress comes with each piece's answer.
        setProgressHandler: () => {},
        async send(body: Blob | null) {
          headers['authorization'] = `Bearer ${await deps.token()}`;
          const { fetch } = deps;
          try {
            const response = await fetch(url, {
              method,
              headers,
              credentials: 'omit',
              signal: end.signal,
              ...(body ? { body } : {}),
            });
            return asTusResponse(response, await checked(method, response));
          } catch (cause) {
            if (cause instanceof JamzError) throw cause;
            throw new JamzError('unavailable', 'The server cannot be reached', { cause });
          }
        },
        abort: async () => end.abort(),
        getUnderlyingObject: () => undefined,
      };
      return request;
    },
  };
}

/** @returns the body */
async function checked(method: string, response: Response): Promise<string> {
  const text = await response.text();
  const { status } = response;
  const fromTus = response.headers.has('tus-resumable');
  if (fromTus && response.ok) return text;
  if (fromTus && method === 'HEAD' && (status === 404 || status === 410)) return text;
  const problem = problemOf(text);
  if (problem) throw problem;
  if (!fromTus || status >= 500 || retried.has(status)) {
    throw new JamzError('unavailable', `The upload was answered ${status} on the way`);
  }
  if (status === 401) throw new JamzError('token-expired', 'The token is no longer good');
  if (status === 413) throw new JamzError('too-large', 'The server takes no file of this size');
  throw new JamzError('invalid', `The server refused the upload: ${text.trim() || status}`);
}

/** Offset taken by an earlier attempt, upload gone, locked by one: the next attempt asks where it stands. */
const retried: ReadonlySet<number> = new Set([404, 408, 409, 410, 423, 429]);

function problemOf(text: string): JamzError | undefined {
  let problem: { code?: unknown; detail?: unknown; retryAfterMs?: unknown } | null;
  try {
    problem = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isErrorCode(problem?.code)) return undefined;
  const { code, detail, retryAfterMs } = problem;
  return new JamzError(code, typeof detail === 'string' ? detail : code, {
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
  });
}

function asTusResponse(response: Response, text: string): HttpResponse {
  return {
    getStatus: () => response.status,
    getHeader: (name) => response.headers.get(name) ?? undefined,
    getBody: () => text,
    getUnderlyingObject: () => response,
  };
}
