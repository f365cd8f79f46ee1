import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Link } from '../transport/link.ts';
import { httpLink } from './http-link.ts';

const nothing = { answers: [], pulls: [], ended: [], errors: [], time: [5_000, 5_000] };

describe('a link over single requests', () => {
  let answers: (object | Promise<object>)[];
  let bodies: { push: unknown[]; pull: unknown[]; replicaId: string }[];
  let status: number;
  let link: Link;
  let opened: Promise<void>;

  beforeEach(() => {
    answers = [];
    bodies = [];
    status = 200;
    const open = httpLink({
      monotonicMs: () => 1_000,
      async fetch(_url, init) {
        bodies.push(JSON.parse(String(init?.body)));
        const body = await (answers.shift() ?? nothing);
        const headers = { 'content-type': 'application/json' };
        return new Response(JSON.stringify(body), { status, headers });
      },
    });
    const options = { server: 'https://jamz.example', site: 'pk', token: 't', version: 1 };
    let isHere = false;
    opened = new Promise((resolve, reject) => {
      link = open(options, {
        opened: () => (isHere ? resolve() : reject(new Error('Its owner does not have it yet.'))),
        closed() {},
        message() {},
      });
      isHere = true;
    });
  });
  const push = (batch: number) => link.request('push', { scope: 'g:a', batch, runs: [] }, 1_000);

  it('is open in a moment, and not before its owner has it', async () => {
    await opened;
  });

  it('[WR12] has one request under way at a time, in the order asked', async () => {
    const first = Promise.withResolvers<object>();
    answers.push(first.promise, { ...nothing, answers: [{ batch: 2 }] });
    const one = push(1);
    const two = push(2);
    await new Promise((resolve) => setImmediate(resolve));
    equal(bodies.length, 1);
    first.resolve({ ...nothing, answers: [{ batch: 1 }] });
    deepEqual([await one, await two], [{ batch: 1 }, { batch: 2 }]);
  });

  it('tells the server’s time for all probes from the first answer', async () => {
    const probes = [link.request('time', 0, 1_000), link.request('time', 0, 1_000)];
    await link.request('hello', { version: 1, replicaId: 'r', scopes: [] }, 1_000);
    deepEqual(await Promise.all(probes), [
      [5_000, 5_000],
      [5_000, 5_000],
    ]);
    equal(bodies.length, 1);
    equal(bodies[0]?.replicaId, 'r');
  });

  it('throws what the server says of a scope, with its code', async () => {
    const gone = { scope: 'g:a', code: 'gone', message: 'Deleted.' };
    answers.push({ ...nothing, ended: [gone] });
    await rejects(push(1), { code: 'gone' });
    const failed = { scope: 'g:a', code: 'rate-limited', message: 'Wait.', retryAfterMs: 7 };
    answers.push({ ...nothing, errors: [failed] });
    await rejects(push(2), { code: 'rate-limited', retryAfterMs: 7 });
  });

  it('takes an answer that is not ours for none, also to who wants the time', async () => {
    answers.push({ welcome: 'to the hotel' });
    const time = link.request('time', 0, 1_000);
    await rejects(push(1), { code: 'unavailable' });
    await rejects(time, { code: 'unavailable' });
  });

  it('[SW7] asks no second time where its one token is refused', async () => {
    status = 401;
    answers.push({ code: 'token-expired', title: 'Expired' });
    await rejects(push(1), { code: 'unauthenticated' });
    equal(bodies.length, 1);
  });

  it('says nothing more once it is closed', async () => {
    link.close();
    await rejects(push(1), { code: 'unavailable' });
    deepEqual(bodies, []);
  });
});
