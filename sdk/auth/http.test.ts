import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { createHttp } from './http.ts';

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}

type Reply = (asked: Asked) => Response | Promise<Response>;

function json(value: unknown, status = 200, type = 'application/json; charset=utf-8'): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': type } });
}

function problem(status: number, code: string, more: object = {}): Response {
  const body = { type: 'about:blank', title: 'Wrong', status, code, detail: 'Do this.', ...more };
  return json(body, status, 'application/problem+json');
}

function backend(...replies: Reply[]): { asked: Asked[]; fetch: typeof fetch } {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (input, init = {}) => {
      asked.push({ url: String(input), init });
      const reply = replies[Math.min(asked.length, replies.length) - 1];
      if (!reply) throw new TypeError('fetch failed');
      return reply({ url: String(input), init });
    },
  };
}

const never = (): AbortSignal => new AbortController().signal;
const codeOf = (code: string) => (error: unknown) =>
  error instanceof JamzError && error.code === code;

describe('http', () => {
  it('posts JSON under /v1 with the bearer token and gives the JSON back', async () => {
    const { asked, fetch } = backend(() => json({ id: 'crew' }));
    const http = createHttp({
      server: 'https://jamz.example/',
      fetch,
      token: async () => 'tok',
      timeout: never,
    });

    deepEqual(await http('POST', 'groups', { name: 'Crew' }), { id: 'crew' });

    equal(asked[0]?.url, 'https://jamz.example/v1/groups');
    equal(asked[0]?.init.body, '{"name":"Crew"}');
    equal(asked[0]?.init.credentials, 'omit');
    equal(new Headers(asked[0]?.init.headers).get('authorization'), 'Bearer tok');
  });

  it('gives undefined where the server has nothing to say', async () => {
    const { fetch } = backend(() => new Response(null, { status: 204 }));
    const http = createHttp({ server: 'http://h', fetch, timeout: never });
    equal(await http('POST', 'auth/sign-out', {}), undefined);
  });

  it('throws the code, the sentence and the wait that a problem names', async () => {
    const { fetch } = backend(() => problem(429, 'rate-limited', { retryAfterMs: 1500 }));
    const http = createHttp({ server: 'http://h', fetch, timeout: never });
    await rejects(http('GET', 'me'), (error) => {
      equal(error instanceof JamzError && error.code, 'rate-limited');
      equal(error instanceof JamzError && error.message, 'Do this.');
      equal(error instanceof JamzError && error.retryAfterMs, 1500);
      return true;
    });
  });

  for (const [what, reply] of Object.entries<Reply>({
    'a captive portal answers with its page': () =>
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    'a proxy answers with an error page': () => new Response('Bad gateway', { status: 502 }),
    'the JSON is cut off': () =>
      new Response('{"id":', { headers: { 'content-type': 'application/json' } }),
    'the problem has no code of ours': () => problem(400, 'teapot'),
    'there is no network': () => {
      throw new TypeError('fetch failed');
    },
  })) {
    it(`throws unavailable when ${what}`, async () => {
      const { fetch } = backend(reply);
      const http = createHttp({ server: 'http://h', fetch, timeout: never });
      await rejects(http('GET', 'me'), codeOf('unavailable'));
    });
  }

  it('keeps how long a proxy asks to be left alone', async () => {
    const { fetch } = backend(
      () => new Response('busy', { status: 503, headers: { 'retry-after': '7' } }),
    );
    const http = createHttp({ server: 'http://h', fetch, timeout: never });
    await rejects(
      http('GET', 'me'),
      (error) => error instanceof JamzError && error.retryAfterMs === 7000,
    );
  });

  it('throws unavailable when the answer has another shape than expected', async () => {
    const { fetch } = backend(() => json({ wifi: 'welcome' }));
    const http = createHttp({ server: 'http://h', fetch, timeout: never });
    const isText = (value: unknown): value is string => typeof value === 'string';
    await rejects(http('GET', 'me', undefined, { expects: isText }), codeOf('unavailable'));
  });

  it('gives up after the time allowed', async () => {
    const clock = new AbortController();
    const allowed: number[] = [];
    const { fetch } = backend(({ init }) => hangs(init.signal));
    const http = createHttp({
      server: 'http://h',
      fetch,
      timeout: (ms) => {
        allowed.push(ms);
        return clock.signal;
      },
    });
    const answer = http('GET', 'me', undefined, { timeoutMs: 250 });
    clock.abort(new DOMException('late', 'TimeoutError'));
    await rejects(answer, codeOf('unavailable'));
    deepEqual(allowed, [250]);
  });

  it("throws the caller's own reason when the caller ends the request", async () => {
    const caller = new AbortController();
    const { fetch } = backend(({ init }) => hangs(init.signal));
    const http = createHttp({ server: 'http://h', fetch, timeout: never });
    const answer = http('GET', 'me', undefined, { signal: caller.signal });
    caller.abort(new Error('no longer wanted'));
    await rejects(answer, /no longer wanted/);
  });

  it('asks once more with a new token when the server rejects the one it had', async () => {
    const { asked, fetch } = backend(
      () => problem(401, 'token-expired'),
      () => json({ ok: true }),
    );
    const rejected: (string | undefined)[] = [];
    const http = createHttp({
      server: 'http://h',
      fetch,
      timeout: never,
      token: async (old) => {
        rejected.push(old);
        return old === undefined ? 'first' : 'second';
      },
    });

    deepEqual(await http('GET', 'me'), { ok: true });
    deepEqual(rejected, [undefined, 'first']);
    equal(new Headers(asked[1]?.init.headers).get('authorization'), 'Bearer second');
  });

  it('leaves it at two when the new token is rejected too', async () => {
    const { asked, fetch } = backend(() => problem(401, 'unauthenticated'));
    const http = createHttp({ server: 'http://h', fetch, timeout: never, token: async () => 't' });
    await rejects(http('GET', 'me'), codeOf('unauthenticated'));
    equal(asked.length, 2);
  });

  it('leaves the token out for public addresses', async () => {
    const { asked, fetch } = backend(() => json({}));
    const http = createHttp({ server: 'http://h', fetch, timeout: never, token: async () => 't' });
    await http('GET', 'sites/pk_demo', undefined, { bearer: false });
    equal(new Headers(asked[0]?.init.headers).has('authorization'), false);
  });
});

function hangs(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}
