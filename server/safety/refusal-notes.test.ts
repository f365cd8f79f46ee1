import { deepEqual } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ErrorCode, JamzError } from '../../sdk/protocol/errors.ts';
import { memoryCounters } from '../adapters/counters/memory-counters.ts';
import { createRateLimits, defaultRateLimits } from '../http/rate-limits.ts';
import { type TestServer, testServer } from '../test-server.ts';
import { createRefusalNotes } from './refusal-notes.ts';

const hourMs = 3_600_000;

describe('refusals in the audit log', () => {
  const noting = () => {
    const noted: string[] = [];
    let nowMs = hourMs;
    const refuse = createRefusalNotes(
      (kind, { actorId, subjectId }) => noted.push(`${kind} ${actorId} ${subjectId}`),
      { nowMs: () => nowMs },
    );
    return {
      noted,
      later: () => {
        nowMs += hourMs;
      },
      refuse: (code: ErrorCode, actorId: string, subjectId = 'GET /v1/x') =>
        refuse(new JamzError(code, 'No'), { siteId: 's1', actorId, subjectId }),
      again: refuse,
    };
  };

  it('[ID22] stand there once an hour for a caller and a door', () => {
    const { noted, later, refuse } = noting();
    for (const actorId of ['ana', 'ana', 'bo']) refuse('forbidden', actorId);
    refuse('forbidden', 'ana', 'GET /v1/y');
    refuse('rate-limited', 'ana');
    later();
    refuse('removed', 'ana');
    deepEqual(noted, [
      'access-refused ana GET /v1/x',
      'access-refused bo GET /v1/x',
      'access-refused ana GET /v1/y',
      'limit-reached ana GET /v1/x',
      'access-refused ana GET /v1/x',
    ]);
  });

  it('[ID22] are no more than a thousand in an hour, whoever knocks wherever', () => {
    const { noted, later, refuse } = noting();
    for (let doors = 0; doors < 5_000; doors++) refuse('forbidden', 'eve', `GET /v1/${doors}`);
    deepEqual(noted.length, 1_000);
    later();
    refuse('forbidden', 'eve');
    deepEqual(noted.length, 1_001);
  });

  it('are none of what is merely wrong, and one where an error passes two doors', () => {
    const { noted, refuse, again } = noting();
    for (const code of ['invalid', 'not-found', 'internal', 'token-expired'] as const) {
      refuse(code, 'ana');
    }
    const error = new JamzError('forbidden', 'No');
    again(error, { actorId: 'ana', subjectId: 'g:road' });
    again(error, { actorId: 'ana', subjectId: 'GET /v1/x' });
    again(new Error('a bug'), { actorId: 'ana', subjectId: 'GET /v1/x' });
    deepEqual(noted, ['access-refused ana g:road']);
  });
});

describe('refusals of a server', () => {
  let server: TestServer;
  before(async () => {
    const rateLimits = createRateLimits(memoryCounters(), {
      ...defaultRateLimits,
      code: { times: 2, withinS: 60 },
    });
    server = await testServer({ rateLimits });
  });
  after(() => server.close());

  /** What is noted is written behind the answers: one more change that is answered comes after it. */
  async function notedBy(actorId: string): Promise<readonly string[]> {
    await server.guest('One more');
    return (await server.audit())
      .filter((entry) => entry.actorId === actorId)
      .map(({ kind, subjectId }) => `${kind} ${subjectId}`);
  }

  it('[ID22] name who was refused at a route, and which', async () => {
    const { token, userId } = await server.guest('Eve');
    for (const path of ['/v1/admin/sites', '/v1/admin/sites', '/v1/sites/pk_demo/settings']) {
      deepEqual((await server.ask(path, { token })).status, 403);
    }
    deepEqual((await notedBy(userId)).toSorted(), [
      'access-refused GET /v1/admin/sites',
      'access-refused GET /v1/sites/:key/settings',
    ]);
  });

  it('[ID22] name who was refused a scope, and which', async () => {
    const ana = await server.guest('Ana');
    const opened = await server.ask('/v1/groups/open', { token: ana.token, body: { place: '/a' } });
    const { token, userId } = await server.guest('Eve');
    const scope = `g:${opened.json.id}`;
    const body = { version: 1, replicaId: 'r', push: [], pull: [{ scope, cursor: null }] };
    await server.ask('/v1/sync', { token, body });
    deepEqual(await notedBy(userId), [`access-refused ${scope}`]);
  });

  it('[ID22] name a limit that was reached, without an address', async () => {
    for (let tries = 0; tries < 4; tries++) await server.ask('/v1/invitations/xxxxxxxxxxxx');
    await server.guest('One more');
    const reached = (await server.audit()).filter(({ kind }) => kind === 'limit-reached');
    deepEqual(
      reached.map(({ siteId, actorId, subjectId }) => [siteId, actorId, subjectId]),
      [['', null, 'GET /v1/invitations/:code']],
    );
  });
});
