import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { memoryCounters } from '../adapters/counters/memory-counters.ts';
import { expected, problem, type TestPerson, type TestServer, testServer } from '../test-server.ts';
import { createRateLimits, defaultRateLimits } from './rate-limits.ts';

describe('the routes of trips', () => {
  let server: TestServer;
  let ana: TestPerson;
  let path: string;
  before(async () => {
    const limits = { ...defaultRateLimits, trip: { times: 30, withinS: 3_600 } };
    server = await testServer({ rateLimits: createRateLimits(memoryCounters(), limits) });
    ana = await server.guest('Ana');
    const made = await server.ask('/v1/groups', { token: ana.token, body: { name: 'Crew' } });
    path = `/v1/groups/${made.json.id}`;
  });
  after(() => server.close());

  const ask = (route: string, body?: object, method?: string) =>
    server.ask(path + route, {
      token: ana.token,
      ...(body && { body }),
      ...(method !== undefined && { method }),
    });

  it('refuse what is malformed, and keep nothing of it', async () => {
    const span = { fromMs: Date.now() - 60_000, untilMs: Date.now() };
    for (const body of [
      {},
      { fromMs: span.fromMs },
      { fromMs: span.untilMs, untilMs: span.fromMs },
      { fromMs: 0, untilMs: span.untilMs },
      { ...span, untilMs: 'now' },
      { ...span, title: '   ' },
      { ...span, title: 'x'.repeat(121) },
      { ...span, expiresAtMs: 1 },
      { ...span, consents: [{ userId: 'bo', answer: 'yes' }] },
    ]) {
      deepEqual(problem(await ask('/trips', body)), expected(400, 'invalid'), JSON.stringify(body));
    }
    for (const query of ['', '?from=1', '?from=1&until=x', '?from=2&until=1', '?from=-1&until=1']) {
      deepEqual(problem(await ask(`/trip${query}`)), expected(400, 'invalid'), query);
    }
    for (const body of [{}, { answer: 'maybe' }, { answer: 'yes', userId: 'bo' }]) {
      const answered = await ask('/trips/t1/answer', body, 'PUT');
      deepEqual(problem(answered), expected(400, 'invalid'));
    }
    deepEqual((await ask('/trips')).json, []);
  });

  it('[TR6] tell who was not there that nothing of theirs is known', async () => {
    const span = { fromMs: Date.now() - 60_000, untilMs: Date.now() };
    deepEqual(problem(await ask('/trips', span)), expected(403, 'forbidden'));
    deepEqual(
      problem(await ask('/trips/t1/answer', { answer: 'yes' }, 'PUT')),
      expected(404, 'not-found'),
    );
    deepEqual(problem(await ask('/trips/t1', undefined, 'DELETE')), expected(404, 'not-found'));
  });

  it('[TR8] count the tries of who looks for a link', async () => {
    const tries = Array.from({ length: 30 }, (_, index) =>
      server.ask(`/v1/trips/${String(index).padStart(32, 'A')}`),
    );
    for (const answer of await Promise.all(tries)) equal(answer.json.code, 'not-found');
    const stopped = await server.ask(`/v1/trips/${'B'.repeat(32)}`);
    deepEqual(problem(stopped), expected(429, 'rate-limited'));
    equal(stopped.json.retryAfterMs > 0, true);
  });
});
