import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ReportRecord } from '../ports/store.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestJson,
  type TestPerson,
  type TestServer,
  testServer,
} from '../test-server.ts';
import { silentWave, upload } from '../upload-fixture.ts';

const hundredDaysMs = 100 * 86_400_000;

describe('people’s safety over HTTP', () => {
  let server: TestServer;
  let secret: string;
  let nowMs = Date.now();
  let numbers = 0;
  before(async () => {
    server = await testServer({ clock: { nowMs: () => nowMs } });
    secret = await server.secretOf('pk_demo');
  });
  after(() => server.close());

  const groupOf = async ({ token }: TestPerson): Promise<string> =>
    (await server.ask('/v1/groups', { token, body: { name: 'Trip' } })).json.id;
  const codeOf = async ({ token }: TestPerson, groupId: string): Promise<string> =>
    (await server.ask(`/v1/groups/${groupId}/invitations`, { token, body: {} })).json.code;
  const join = ({ token }: TestPerson, code: string): Promise<TestAnswer> =>
    server.ask('/v1/groups/join', { token, body: { code } });
  async function push(
    { token, userId }: TestPerson,
    groupId: string,
    type: string,
    payload: object,
  ) {
    const id = `w${++numbers}`;
    const op = [1, 1, nowMs, 0, type, payload];
    const run = {
      replicaId: id,
      stamperId: id,
      authorId: userId,
      version: 1,
      base: [1, 5],
      ops: [op],
    };
    const body = {
      version: 1,
      replicaId: id,
      push: [{ scope: `g:${groupId}`, batch: 1, runs: [run] }],
      pull: [],
    };
    const { json } = await server.ask('/v1/sync', { token, body });
    deepEqual(json.answers[0]?.applied, [[1, 1]]);
  }
  /** A group with an owner, a moderator, a member and somebody outside. */
  async function group() {
    const [owner, moderator, member, outsider] = (await Promise.all(
      ['Ow', 'Mo', 'Me', 'Out'].map((name) => server.guest(name)),
    )) as [TestPerson, TestPerson, TestPerson, TestPerson];
    const id = await groupOf(owner);
    const code = await codeOf(owner, id);
    for (const one of [moderator, member]) equal((await join(one, code)).status, 200);
    await push(owner, id, 'members.role', { memberId: moderator.userId, role: 'moderator' });
    return { id, code, owner, moderator, member, outsider };
  }

  describe('a banned member', () => {
    it('[ID7] does not come back with the old code or a new one, and hears why', async () => {
      const { id, code, owner, member } = await group();
      await push(owner, id, 'members.remove', { memberId: member.userId, ban: true });
      for (const one of [code, await codeOf(owner, id)]) {
        const answer = await join(member, one);
        deepEqual(problem(answer), expected(403, 'removed'));
        match(answer.json.detail, /banned/);
      }
    });

    it('[ID7] does not come back as a new guest with the code they came by', async () => {
      const { id, code, owner, member } = await group();
      await push(owner, id, 'members.remove', { memberId: member.userId, ban: true });
      const again = await server.guest('Somebody else');
      deepEqual(problem(await join(again, code)), expected(410, 'gone'));
      deepEqual(problem(await server.ask(`/v1/invitations/${code}`)), expected(410, 'gone'));
      const guest = { site: 'pk_demo', name: 'New', via: 'body', inviteCode: code };
      deepEqual(
        problem(await server.ask('/v1/auth/guest', { body: guest })),
        expected(410, 'gone'),
      );
      // Who they were meant for is let in by a new one.
      equal((await join(again, await codeOf(owner, id))).status, 200);
    });

    it('[ID7] does not come back by a code that they had made', async () => {
      const { id, owner, member } = await group();
      const theirs = await codeOf(member, id);
      await push(owner, id, 'members.remove', { memberId: member.userId, ban: true });
      const again = await server.guest('Somebody else');
      deepEqual(problem(await join(again, theirs)), expected(410, 'gone'));
    });

    it('does not close the door to who is in already', async () => {
      const { id, code, owner, moderator, member } = await group();
      await push(owner, id, 'members.remove', { memberId: member.userId, ban: true });
      equal((await join(moderator, code)).status, 200);
    });

    it('is another thing than one who was removed or left: the code lives on for others', async () => {
      const { id, code, owner, member } = await group();
      await push(owner, id, 'members.remove', { memberId: member.userId });
      deepEqual(problem(await join(member, code)), expected(403, 'removed'));
      equal((await join(await server.guest('Friend'), code)).status, 200);
    });
  });

  describe('a report', () => {
    const report = ({ token }: TestPerson, groupId: string, body: object) =>
      server.ask(`/v1/groups/${groupId}/reports`, { token, body });
    const list = <Json = TestJson>(token: string, path = '/v1/sites/pk_demo/reports') =>
      server.ask<Json>(path, { token });

    it('[ID9] reaches the people of the site, whoever was in the group', async () => {
      const { id, owner, member, moderator } = await group();
      await push(owner, id, 'members.remove', { memberId: member.userId });
      const filed = [
        await report(member, id, { memberId: owner.userId, reason: ' Threw me out ' }),
        await report(moderator, id, { memberId: member.userId, reason: 'Sends threats' }),
      ];
      deepEqual(
        filed.map(({ status }) => status),
        [201, 201],
      );
      const reports = (await list<ReportRecord[]>(secret)).json;
      const mine = reports.filter(({ groupId }) => groupId === id);
      deepEqual(
        new Set(
          mine.map(({ memberId, reporterId, reason }) => [memberId, reporterId, reason].join()),
        ),
        new Set([
          [owner.userId, member.userId, 'Threw me out'].join(),
          [member.userId, moderator.userId, 'Sends threats'].join(),
        ]),
      );
    });

    it('is paged by time', async () => {
      const { json } = await list(secret, '/v1/sites/pk_demo/reports?before=1000');
      deepEqual(json, []);
      for (const before of ['x', '-1', '1e9', '9'.repeat(30)]) {
        const answer = await list(secret, `/v1/sites/pk_demo/reports?before=${before}`);
        deepEqual(problem(answer), expected(400, 'invalid'));
      }
    });

    it('[ID9] is read with the site’s own secret only, and not from a page', async () => {
      const others = await server.addSite({
        name: 'O',
        key: 'pk_o',
        policy: 'open',
        origins: ['*'],
      });
      deepEqual(problem(await list(others)), expected(404, 'not-found'));
      deepEqual((await list(others, '/v1/sites/pk_o/reports')).json, []);
      deepEqual(problem(await list('sk_made-up')), expected(401, 'unauthenticated'));
      deepEqual(problem(await list((await server.guest('Ana')).token)), expected(403, 'forbidden'));
      const page = await server.ask('/v1/sites/pk_o/reports', {
        token: others,
        headers: { origin: 'https://page.example' },
      });
      deepEqual(problem(page), expected(403, 'forbidden'));
    });

    it('is refused about oneself, a stranger, or nothing', async () => {
      const { id, member, outsider, owner } = await group();
      const cases = [
        [member, { memberId: member.userId, reason: 'x' }, 400],
        [member, { memberId: outsider.userId, reason: 'x' }, 404],
        [member, { memberId: owner.userId, reason: '   ' }, 400],
        [member, { memberId: owner.userId, reason: 'x'.repeat(2_001) }, 400],
        [member, { memberId: '../x', reason: 'x' }, 400],
        [member, { memberId: owner.userId }, 400],
        [outsider, { memberId: owner.userId, reason: 'x' }, 403],
      ] as const;
      for (const [who, body, status] of cases) {
        equal((await report(who, id, body)).status, status, JSON.stringify(body).slice(0, 80));
      }
    });

    it('is one of twenty an hour', async () => {
      const { id, member, owner } = await group();
      const statuses: number[] = [];
      for (let count = 0; count < 21; count++) {
        statuses.push((await report(member, id, { memberId: owner.userId, reason: 'x' })).status);
      }
      deepEqual([statuses.filter((status) => status === 201).length, statuses.at(-1)], [20, 429]);
    });
  });

  describe('a file', () => {
    async function withFile() {
      const people = await group();
      const { json } = await upload(server, people.member, people.id, silentWave());
      const { fileId } = json;
      const { url } = (await server.ask(`/v1/files/${fileId}/url`, { token: people.member.token }))
        .json;
      equal((await fetch(server.base + url)).status, 200);
      return { ...people, fileId, url };
    }
    const takeDown = (token: string, fileId: string) =>
      server.ask(`/v1/files/${fileId}`, { token, method: 'DELETE' });

    for (const who of ['owner', 'moderator', 'site-admin'] as const) {
      it(`[ID8] is taken down by the ${who}, and no address leads to it any more`, async () => {
        const { fileId, url, member, id, ...people } = await withFile();
        const token = who === 'site-admin' ? secret : people[who].token;
        equal((await takeDown(token, fileId)).status, 204);
        equal((await takeDown(token, fileId)).status, 204);
        equal((await fetch(server.base + url)).status, 410);
        for (const path of ['', '/url', '/peaks']) {
          const answer = await server.ask(`/v1/files/${fileId}${path}`, { token: member.token });
          deepEqual(problem(answer), expected(410, 'gone'), path);
          match(answer.json.detail, /taken down/);
        }
        const again = await upload(server, member, id, silentWave());
        deepEqual(problem(again), expected(410, 'gone'));
      });
    }

    it('is taken down by nobody else', async () => {
      const { fileId, url, member, outsider } = await withFile();
      const others = await server.addSite({
        name: 'P',
        key: 'pk_p',
        policy: 'open',
        origins: ['*'],
      });
      const away = await server.guest('Away', 'pk_p');
      deepEqual(
        [
          (await takeDown(member.token, fileId)).json.code,
          (await takeDown(outsider.token, fileId)).json.code,
          (await takeDown(away.token, fileId)).json.code,
          (await takeDown(others, fileId)).json.code,
          (await takeDown('', fileId)).json.code,
          (await takeDown(secret, 'nothing')).json.code,
        ],
        ['forbidden', 'forbidden', 'not-found', 'not-found', 'unauthenticated', 'not-found'],
      );
      equal((await fetch(server.base + url)).status, 200);
    });
  });

  it('makes the group of a place anew on the demo site once it lay still and was swept', async () => {
    const open = async (name: string) => {
      const { token } = await server.guest(name);
      return server.ask('/v1/groups/open', { token, body: { place: '/still' } });
    };
    const first = await open('Ana');
    nowMs += hundredDaysMs;
    await server.tidy();
    const second = await open('Bo');
    equal(second.status, 200);
    equal(first.json.id === second.json.id, false);
    equal(second.json.role, 'owner');
  });
});
