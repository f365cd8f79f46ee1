import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { graceMs } from '../accounts/refresh-tokens.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestPerson,
  type TestServer,
  testServer,
} from '../test-server.ts';

describe('one refresh token, asked for many times at once', () => {
  let server: TestServer;
  let nowMs = Date.now();
  before(async () => {
    server = await testServer({ clock: { nowMs: () => nowMs } });
  });
  after(() => server.close());

  const refresh = (refreshToken: string): Promise<TestAnswer> =>
    server.ask('/v1/auth/refresh', { body: { site: 'pk_demo', via: 'body', refreshToken } });
  const storm = (refreshToken: string): Promise<TestAnswer[]> =>
    Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
  const isIn = async (token: string): Promise<boolean> =>
    (await server.ask('/v1/me', { token })).status === 200;
  const successorsOf = (answers: readonly TestAnswer[]): ReadonlySet<string> =>
    new Set(answers.map(({ json }) => json.refreshToken));

  it('[ID5] leads all of fifty to one live successor', async () => {
    const { refreshToken } = await server.guest('Ana');
    const answers = await storm(refreshToken);
    deepEqual(
      answers.map(({ status }) => status),
      answers.map(() => 200),
    );
    const [successor = '', ...others] = successorsOf(answers);
    deepEqual(others, []);
    notEqual(successor, refreshToken);
    for (const { json } of answers) equal(await isIn(json.accessToken), true);
    // It is alive, and works once as well.
    equal(successorsOf(await storm(successor)).size, 1);
  });

  it('[ID5] gives the same successor for ten seconds', async () => {
    const { refreshToken } = await server.guest('Ana');
    const first = await refresh(refreshToken);
    nowMs += graceMs;
    equal(graceMs <= 10_000, true);
    equal((await refresh(refreshToken)).json.refreshToken, first.json.refreshToken);
  });

  it('[ID5] ends the family when it is replayed after that, with all that descends from it', async () => {
    const { token, refreshToken }: TestPerson = await server.guest('Ana');
    const { json: second } = await refresh(refreshToken);
    const { json: third } = await refresh(second.refreshToken);
    nowMs += graceMs + 1;
    const replays = await storm(refreshToken);
    for (const replay of replays) deepEqual(problem(replay), expected(401, 'unauthenticated'));
    for (const live of [second.refreshToken, third.refreshToken]) {
      deepEqual(problem(await refresh(live)), expected(401, 'unauthenticated'));
    }
    for (const access of [token, second.accessToken, third.accessToken]) {
      equal(await isIn(access), false);
    }
  });

  it('leads a storm that holds replays and the live token to a dead family, whoever is first', async () => {
    const { refreshToken } = await server.guest('Ana');
    const { json: second } = await refresh(refreshToken);
    nowMs += graceMs + 1;
    const tokens = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? refreshToken : second.refreshToken,
    );
    const answers = await Promise.all(tokens.map(refresh));
    const given = [...successorsOf(answers.filter(({ status }) => status === 200))];
    for (const live of [second.refreshToken, ...given]) {
      deepEqual(problem(await refresh(live)), expected(401, 'unauthenticated'));
    }
  });
});
