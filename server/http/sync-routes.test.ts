import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
import { expected, problem, type TestPerson, type TestServer, testServer } from '../test-server.ts';
import { syncAnswer } from './answers.ts';

describe('POST /v1/sync', () => {
  let server: TestServer;
  let ann: TestPerson;
  let groupId: string;
  let head: Cursor;
  let replicaCount = 0;

  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const sync = (body: object, { token } = ann) =>
    server.ask('/v1/sync', {
      token,
      body: { version: 1, replicaId: 'r', push: [], pull: [], ...body },
    });
  const pull = (cursor: Cursor | null, person = ann, scope = `g:${groupId}`) =>
    sync({ pull: [{ scope, cursor }] }, person);

  /** A push of text messages, each an op of a replica of its own. */
  const messages = (texts: readonly unknown[], { wallMs = Date.now(), author = ann } = {}) => {
    const id = `r${++replicaCount}`;
    const ops = texts.map((text, index) => [
      index + 1,
      index + 1,
      wallMs,
      index,
      'messages.send',
      { messageId: `${id}-${index}`, text },
    ]);
    const identity = { replicaId: id, authorId: author.userId, stamperId: id, version: 1 };
    return { scope: `g:${groupId}`, batch: 7, runs: [{ ...identity, base: [1, 2], ops }] };
  };

  before(async () => {
    ann = await server.guest('Ann');
    const opened = await server.ask('/v1/groups/open', { token: ann.token, body: { place: '/s' } });
    groupId = opened.json.id;
    head = (await pull(null)).json.pulls[0]?.head ?? [0, 0, ''];
  });

  it('takes ops, says where they stand, and shows them to others', async () => {
    const pushed = await sync({ push: [messages(['hello', 'again'])] });
    equal(pushed.status, 200);
    equal(v.is(syncAnswer, pushed.json as unknown), true);
    const [answer] = pushed.json.answers;
    deepEqual([answer?.batch, answer?.applied, answer?.refused], [7, [[1, 2]], []]);

    const bo = await server.guest('Bo');
    await server.ask('/v1/groups/open', { token: bo.token, body: { place: '/s' } });
    const { json } = await pull(null, bo);
    const [first] = json.pulls;
    if (!first?.snapshot) throw new Error('A newcomer gets a snapshot');
    const bytes = Buffer.from(String(first.chunk), 'base64');
    equal(bytes.byteLength, first.snapshot.totalBytes);
    const seen = inflateRawSync(bytes).toString() + JSON.stringify(first.commits);
    equal(seen.includes('again'), true);
  });

  it('gives the tail to who was here before', async () => {
    await sync({ push: [messages(['later'])] });
    const { json } = await pull(head);
    equal(json.pulls[0]?.snapshot, undefined);
    equal(JSON.stringify(json.pulls[0]?.commits).includes('later'), true);
  });

  it('gives an op that is sent twice the same answer and one effect', async () => {
    const push = messages(['once']);
    const first = await sync({ push: [push] });
    const second = await sync({ push: [push] });
    deepEqual(second.json.answers[0]?.applied, first.json.answers[0]?.applied);
    deepEqual(second.json.answers[0]?.commits, []);
    deepEqual(second.json.answers[0]?.head, first.json.answers[0]?.head);
  });

  it('sends before it receives, so that the answer has what was brought', async () => {
    const body = { push: [messages(['mine'])], pull: [{ scope: `g:${groupId}`, cursor: head }] };
    const { json } = await sync(body);
    equal(JSON.stringify(json.pulls).includes('mine'), true);
  });

  it('lets one scope fail and the others pass', async () => {
    const { status, json } = await sync({
      pull: [
        { scope: 'g:nowhere', cursor: null },
        { scope: `g:${groupId}`, cursor: head },
      ],
    });
    equal(status, 200);
    deepEqual(
      json.ended.map(({ scope, code }) => [scope, code]),
      [['g:nowhere', 'not-found']],
    );
    equal(json.pulls.length, 1);
  });

  it('tells a person that another’s own scope is not theirs', async () => {
    const bo = await server.guest('Bo');
    const { json } = await pull(null, bo, `u:${ann.userId}`);
    deepEqual(json.ended[0]?.code, 'forbidden');
  });

  describe('with bad input', () => {
    /** The log's end, which nothing here may move. */
    const headNow = async () => (await pull(null)).json.pulls[0]?.head;

    it('refuses an op whose payload is broken, takes the one beside it, and names it', async () => {
      const { json } = await sync({ push: [messages(['good', 42])] });
      deepEqual(json.answers[0]?.applied, [[1, 1]]);
      deepEqual(
        json.answers[0]?.refused.map(([number, code]) => [number, code]),
        [[2, 'invalid']],
      );
    });

    it('puts off an op from the future', async () => {
      const before = await headNow();
      const wallMs = Date.now() + limits.maxClockAheadMs + 60_000;
      const { json } = await sync({ push: [messages(['soon'], { wallMs })] });
      deepEqual(
        json.answers[0]?.retry.map(([number, code]) => [number, code]),
        [[1, 'clock-ahead']],
      );
      deepEqual(await headNow(), before);
    });

    it('takes nothing from who is not in the group', async () => {
      const before = await headNow();
      const eve = await server.guest('Eve');
      const { json } = await sync({ push: [messages(['let me in'], { author: eve })] }, eve);
      deepEqual(
        json.ended.map(({ code }) => code),
        ['forbidden'],
      );
      deepEqual(await headNow(), before);
    });

    it('takes nothing that is signed with another’s name', async () => {
      const before = await headNow();
      const bo = await server.guest('Bo');
      await server.ask('/v1/groups/open', { token: bo.token, body: { place: '/t' } });
      const { json } = await sync({ push: [messages(['as Bo'], { author: bo })] });
      deepEqual(json.answers[0]?.applied, []);
      deepEqual(await headNow(), before);
    });

    for (const [what, body, status, code] of [
      ['a version from the future', { version: 99 }, 409, 'update-needed'],
      ['no replica', { replicaId: '' }, 400, 'invalid'],
      ['a scope that is none', { pull: [{ scope: 'x', cursor: null }] }, 400, 'invalid'],
      ['a push that is no list', { push: {} }, 400, 'invalid'],
      ['runs that are none', { push: [{ scope: 'g:a', batch: 1, runs: 'x' }] }, 400, 'invalid'],
    ] as const) {
      it(`answers ${code} to ${what}`, async () => {
        deepEqual(problem(await sync(body)), expected(status, code));
      });
    }

    it('answers too-large to more ops than a push may have', async () => {
      const texts = Array.from({ length: limits.maxBatchOps + 1 }, () => 'x');
      deepEqual(problem(await sync({ push: [messages(texts)] })), expected(413, 'too-large'));
    });

    it('answers too-large to a body above the limit', async () => {
      const body = { padding: 'x'.repeat(limits.maxMessageBytes) };
      deepEqual(problem(await sync(body)), expected(413, 'too-large'));
    });

    it('answers unauthenticated without a token, before it reads the body', async () => {
      const answer = await server.ask('/v1/sync', { body: '{"not json' });
      deepEqual(problem(answer), expected(401, 'unauthenticated'));
    });
  });
});
