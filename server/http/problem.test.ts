import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { pino } from 'pino';
import * as v from 'valibot';
import { errorCodes, JamzError } from '../../sdk/protocol/errors.ts';
import { createInProcessBus } from '../adapters/bus/in-process.ts';
import { problemAnswer } from './answers.ts';
import { healthRoutes } from './health-routes.ts';
import { problemHandler, statusOf } from './problem.ts';
import { requestLog } from './request-log.ts';

describe('problems', () => {
  const lines: { level: number; msg: string; requestId?: string }[] = [];
  let text = '';
  let server: Server;
  let base: string;

  before(async () => {
    const log = pino(
      { base: null },
      {
        write(line: string) {
          text += line;
          lines.push(JSON.parse(line));
        },
      },
    );
    const app = express();
    app.use(requestLog({ log, newRequestId: () => 'request-1', nowMs: () => 0 }));
    app.get('/invitations/:code', () => {
      throw new JamzError('gone', 'This invitation is used up');
    });
    app.get('/busy', () => {
      throw new JamzError('rate-limited', 'Wait', { retryAfterMs: 1_500 });
    });
    app.get('/bug', () => {
      throw new Error('password=hunter2 at /home/jamz/server.ts');
    });
    app.use(problemHandler(log));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  after(() => server.close());

  it('carry the code, the status and what to do', async () => {
    const response = await fetch(`${base}/invitations/abc`);
    equal(response.status, 410);
    equal(response.headers.get('content-type'), 'application/problem+json');
    const problem: unknown = await response.json();
    equal(v.is(problemAnswer, problem), true);
    deepEqual(problem, {
      type: 'urn:trafficjamz:problem:gone',
      title: 'No longer there',
      status: 410,
      code: 'gone',
      detail: 'This invitation is used up',
    });
  });

  it('say how long to wait, in whole seconds for HTTP and exactly for us', async () => {
    const response = await fetch(`${base}/busy`);
    equal(response.headers.get('retry-after'), '2');
    match(await response.text(), /"retryAfterMs":1500/);
  });

  it('tell nothing of a bug but that it is ours; the log has it, with the id of the request', async () => {
    const response = await fetch(`${base}/bug`);
    equal(response.status, 500);
    equal((await response.text()).includes('hunter2'), false);
    const logged = lines.find(({ level }) => level === 50);
    deepEqual([logged?.msg, logged?.requestId], ['a request failed', 'request-1']);
  });

  it('leave codes of invitations out of the log', async () => {
    await fetch(`${base}/invitations/s3cr3t?sig=s1gn3d`);
    match(text, /"route":"\/invitations\/:code","status":410/);
    equal(/s3cr3t|s1gn3d/.test(text), false);
  });

  it('have a status of 4xx or 5xx for every code', () => {
    for (const code of errorCodes) equal(statusOf[code] >= 400 && statusOf[code] < 600, true, code);
  });

  it('answer unavailable while the store does not', async () => {
    const ready = healthRoutes(
      () => Promise.reject(new Error('disk gone')),
      () => createInProcessBus(() => {}).health(),
    ).at(-1);
    const call = { req: {}, res: {} } as Parameters<NonNullable<typeof ready>['run']>[0];
    await rejects(async () => ready?.run(call), { code: 'unavailable' });
  });
});
