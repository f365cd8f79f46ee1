import { deepEqual, equal, partialDeepStrictEqual } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Cursor, HelloAnswer, HelloMessage, PullAnswer } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import { Greeter } from './greeter.ts';

const crew: Scope = 'g:crew';
const band: Scope = 'g:band';
const head: Cursor = [1, 4, 'hash'];

interface Asked {
  readonly event: string;
  readonly payload: unknown;
  readonly answer: (value: unknown) => Promise<void>;
  readonly fail: (error: unknown) => Promise<void>;
}

describe('the greeter', () => {
  let greeter: Greeter;
  let told: string[];
  let asked: Asked[];

  const openLink = (): Link => ({
    request: <T>(event: string, payload: unknown) =>
      new Promise<T>((resolve, reject) => {
        const turn = () => new Promise<void>((done) => setImmediate(done));
        asked.push({
          event,
          payload,
          answer(value) {
            resolve(value as T);
            return turn();
          },
          fail(error) {
            reject(error);
            return turn();
          },
        });
      }),
    close() {},
  });
  const pulled = (scope: Scope): PullAnswer => ({ scope, head, commits: [] });
  const hello = (more: Partial<HelloAnswer> = {}): HelloAnswer => ({
    serverVersion: protocolVersion,
    user: { id: 'ana', name: 'Ana', guest: true },
    groups: [],
    pulls: [],
    ended: [],
    live: [],
    ...more,
  });
  const events = (): readonly string[] => asked.map(({ event }) => event);

  beforeEach(() => {
    told = [];
    asked = [];
    greeter = new Greeter({
      replicaId: () => 'phone',
      cursorOf: (scope) => (scope === crew ? head : null),
      greeted: () => told.push('greeted'),
      pulled: ({ scope }) => told.push(`pulled ${scope}`),
      ended: ({ scope, code }) => told.push(`ended ${scope} ${code}`),
      live: ({ scope, whole }) => told.push(`live ${scope} ${whole}`),
      groups: (groups) => told.push(`groups ${groups.length}`),
      scopeFailed: (scope, { code }) => told.push(`failed ${scope} ${code}`),
      linkFailed: ({ code }) => told.push(`link ${code}`),
    });
  });

  it('[WR5] says who is here and what is followed, each with its cursor', () => {
    for (const scope of [crew, band, crew]) greeter.follow(scope);
    greeter.use(openLink());
    partialDeepStrictEqual(asked[0]?.payload, {
      version: protocolVersion,
      replicaId: 'phone',
      scopes: [
        { scope: crew, cursor: head },
        { scope: band, cursor: null },
      ],
    });
    equal(greeter.greeted, false);
  });

  it('[WR5] hands on what the answer brings, ends included, and asks again for what it left out', async () => {
    for (const scope of [crew, band, 'u:ana'] as const) greeter.follow(scope);
    greeter.use(openLink());
    const ended = [{ scope: band, code: 'gone', message: 'Deleted.' }] as const;
    await asked[0]?.answer(hello({ pulls: [pulled(crew)], ended }));
    deepEqual(told, [
      'greeted',
      'groups 0',
      `pulled ${crew}`,
      `ended ${band} gone`,
      `live ${crew} true`,
    ]);
    deepEqual(events(), ['hello', 'follow']);
    partialDeepStrictEqual(asked[1]?.payload, { scope: 'u:ana', cursor: null });
  });

  it('follows more as it is asked for, once each', async () => {
    greeter.use(openLink());
    greeter.follow(crew);
    deepEqual(events(), ['hello'], 'before it was greeted nothing is answered');
    await asked[0]?.answer(hello());
    deepEqual(events(), ['hello', 'follow']);
    greeter.follow(crew);
    greeter.follow(band);
    deepEqual(events(), ['hello', 'follow', 'follow']);
    await asked[2]?.answer({ ...pulled(band), live: { scope: band, entries: [] } });
    deepEqual(told.slice(2), [`pulled ${band}`, `live ${band} true`]);
  });

  it('[AC12] tells nothing of a scope that was given up meanwhile', async () => {
    greeter.use(openLink());
    await asked[0]?.answer(hello());
    greeter.follow(crew);
    greeter.unfollow(crew);
    told.length = 0;
    await asked[1]?.answer({ ...pulled(crew), live: { scope: crew, entries: [] } });
    deepEqual(told, []);
    greeter.use(openLink());
    equal((asked[2]?.payload as HelloMessage | undefined)?.scopes.length, 0);
  });

  it('tells a scope that fails from a link that does', async () => {
    greeter.follow(crew);
    greeter.use(openLink());
    await asked[0]?.answer(hello());
    await asked[1]?.fail(new JamzError('forbidden', 'Not yours.'));
    deepEqual(told.at(-1), `failed ${crew} forbidden`);
    greeter.use(openLink());
    await asked[2]?.fail(new JamzError('unavailable', 'No answer.'));
    deepEqual(told.at(-1), 'link unavailable');
    greeter.use(openLink());
    await asked[3]?.fail(new TypeError('A bug.'));
    deepEqual(told.at(-1), 'link internal');
  });

  it('[WR15] believes nothing that comes over a link that was given up', async () => {
    greeter.follow(crew);
    greeter.use(openLink());
    greeter.use(undefined);
    await asked[0]?.answer(hello({ pulls: [pulled(crew)] }));
    deepEqual([told, greeter.greeted], [[], false]);
    greeter.use(openLink());
    greeter.use(openLink());
    await asked[1]?.fail(new JamzError('unavailable', 'Late.'));
    deepEqual(told, []);
  });
});
