import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as v from 'valibot';
import { expected, problem, type TestPerson, type TestServer, testServer } from '../test-server.ts';
import { groupAnswer, invitationAnswer, invitedToAnswer, siteAnswer } from './answers.ts';

describe('groups over HTTP', () => {
  let server: TestServer;
  let ann: TestPerson;
  let bo: TestPerson;

  before(async () => {
    server = await testServer();
    ann = await server.guest('Ann');
    bo = await server.guest('Bo');
  });
  after(() => server.close());

  const post = (path: string, { token }: TestPerson, body: unknown) =>
    server.ask(path, { token, body });
  const madeBy = async (person: TestPerson, name = 'Crew') =>
    (await post('/v1/groups', person, { name })).json.id;
  const invitedTo = async (groupId: string, terms: object = {}) =>
    (await post(`/v1/groups/${groupId}/invitations`, ann, terms)).json.code;
  const groupsOf = async ({ token }: TestPerson) =>
    (await server.ask<{ id: string; role: string; memberCount: number }[]>('/v1/groups', { token }))
      .json;

  it('makes a group that its founder owns and finds again', async () => {
    const { status, json } = await post('/v1/groups', ann, { name: ' Road trip ' });
    equal(status, 201);
    equal(v.is(groupAnswer, json as unknown), true);
    deepEqual([json.name, json.role, json.memberCount], ['Road trip', 'owner', 1]);
    const mine = await groupsOf(ann);
    deepEqual(
      mine.filter(({ id }) => id === json.id).map(({ role, memberCount }) => [role, memberCount]),
      [['owner', 1]],
    );
  });

  it('opens one group for a place, however many come at once: the first owns it', async () => {
    const people = await Promise.all(['C', 'D', 'E', 'F'].map((name) => server.guest(name)));
    const answers = await Promise.all(
      people.map((person) => post('/v1/groups/open', person, { place: '/race' })),
    );
    deepEqual(new Set(answers.map(({ json }) => json.id)).size, 1);
    equal(answers.filter(({ json }) => json.role === 'owner').length, 1);
    const again = await post('/v1/groups/open', people[0] ?? ann, { place: '/race' });
    equal(again.json.memberCount, 4);
    equal(again.json.name, 'race');
  });

  it('names the group of the bare page after the site', async () => {
    const { json } = await post('/v1/groups/open', ann, { place: '/' });
    equal(json.name, 'Demo');
  });

  it('lets people in by an invitation, and tells beforehand where it leads', async () => {
    const groupId = await madeBy(ann, 'Coast');
    const made = await post(`/v1/groups/${groupId}/invitations`, ann, {});
    equal(made.status, 201);
    equal(v.is(invitationAnswer, made.json as unknown), true);
    equal(made.json.url, `${server.base}/?join=${made.json.code}`);

    const shown = await server.ask(`/v1/invitations/${made.json.code}`);
    equal(v.is(invitedToAnswer, shown.json as unknown), true);
    deepEqual(shown.json as unknown, { groupName: 'Coast', site: 'pk_demo' });

    const joined = await post('/v1/groups/join', bo, { code: made.json.code });
    deepEqual([joined.json.id, joined.json.role, joined.json.memberCount], [groupId, 'member', 2]);
  });

  it('spends a use of an invitation once for each person, however often they come', async () => {
    const groupId = await madeBy(ann);
    const code = await invitedTo(groupId, { uses: 1 });
    equal((await post('/v1/groups/join', bo, { code })).status, 200);
    equal((await post('/v1/groups/join', bo, { code })).status, 200);
    const third = await server.guest('Cy');
    deepEqual(problem(await post('/v1/groups/join', third, { code })), expected(410, 'gone'));
  });

  it('lets no more people in than an invitation has uses, when they come at once', async () => {
    const groupId = await madeBy(ann);
    const code = await invitedTo(groupId, { uses: 2 });
    const people = await Promise.all(['1', '2', '3', '4', '5'].map((name) => server.guest(name)));
    const answers = await Promise.all(
      people.map((person) => post('/v1/groups/join', person, { code })),
    );
    deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 410, 410, 410]);
  });

  it('signs a guest in straight into the group that a code leads to', async () => {
    const groupId = await madeBy(ann, 'Hills');
    const body = { site: 'pk_demo', name: 'Di', via: 'body', inviteCode: await invitedTo(groupId) };
    const { json } = await server.ask('/v1/auth/guest', { body });
    deepEqual(json.groups, [{ id: groupId, name: 'Hills', role: 'member', memberCount: 2 }]);
  });

  it('tells a page about its site', async () => {
    const { json } = await server.ask('/v1/sites/pk_demo');
    equal(v.is(siteAnswer, json as unknown), true);
    deepEqual(json as unknown, { key: 'pk_demo', name: 'Demo', policy: 'open' });
  });

  describe('on a site that invites its guests', () => {
    const site = 'pk_club';
    let owner: TestPerson;

    before(async () => {
      await server.addSite({ name: 'Club', key: site, policy: 'invite', origins: ['*'] });
      const body = {
        site,
        email: 'o@club.example',
        password: 'long enough',
        name: 'O',
        via: 'body',
      };
      const { json } = await server.ask('/v1/auth/sign-up', { body });
      owner = { userId: json.user.id, token: json.accessToken, refreshToken: json.refreshToken };
    });

    const enter = (inviteCode?: string) =>
      server.ask('/v1/auth/guest', { body: { site, name: 'Guest', via: 'body', inviteCode } });

    it('keeps out who has no code, or a wrong one', async () => {
      deepEqual(problem(await enter()), expected(403, 'forbidden'));
      deepEqual(problem(await enter('no-such-code')), expected(404, 'not-found'));
    });

    it('keeps out who has a code of another site', async () => {
      const code = await invitedTo(await madeBy(ann));
      deepEqual(problem(await enter(code)), expected(404, 'not-found'));
    });

    it('lets in who has a code that works', async () => {
      const groupId = await madeBy(owner, 'Members');
      const made = await post(`/v1/groups/${groupId}/invitations`, owner, { uses: 1 });
      const { json } = await enter(made.json.code);
      equal(json.user.guest, true);
      equal(json.groups.length, 1);
      deepEqual(problem(await enter(made.json.code)), expected(410, 'gone'));
    });

    it('opens no groups by itself', async () => {
      const answer = await post('/v1/groups/open', owner, { place: '/' });
      deepEqual(problem(answer), expected(403, 'forbidden'));
    });

    it('does not see the groups of other sites', async () => {
      const groupId = await madeBy(ann);
      const answer = await post(`/v1/groups/${groupId}/invitations`, owner, {});
      deepEqual(problem(answer), expected(404, 'not-found'));
    });
  });

  describe('with bad input', () => {
    it('answers not-found to an unknown code, wherever it is used', async () => {
      const unknown = expected(404, 'not-found');
      deepEqual(problem(await post('/v1/groups/join', bo, { code: 'nope' })), unknown);
      deepEqual(problem(await server.ask('/v1/invitations/nope')), unknown);
    });

    const annDoes = (groupId: string, type: string, payload: object) =>
      does(ann, groupId, type, payload);

    /** One op, as a replica of this person's for this group alone would send it first. */
    const does = async (person: TestPerson, groupId: string, type: string, payload: object) => {
      const replicaId = `${person.userId}-${groupId}`;
      const op = [1, 1, Date.now(), 0, type, payload];
      const identity = { replicaId, authorId: person.userId, stamperId: 's', version: 1 };
      const runs = [{ ...identity, base: [1, 3], ops: [op] }];
      const push = [{ scope: `g:${groupId}`, batch: 1, runs }];
      const { json } = await post('/v1/sync', person, { version: 1, replicaId, push, pull: [] });
      deepEqual(json.answers[0]?.applied, [[1, 1]]);
    };

    it('answers removed to who was removed, until they have an invitation made since', async () => {
      const groupId = await madeBy(ann);
      const code = await invitedTo(groupId);
      const rude = await server.guest('Rude');
      await post('/v1/groups/join', rude, { code });
      await annDoes(groupId, 'members.remove', { memberId: rude.userId });
      deepEqual(problem(await post('/v1/groups/join', rude, { code })), expected(403, 'removed'));
      deepEqual(await groupsOf(rude), []);
      const since = await invitedTo(groupId);
      equal((await post('/v1/groups/join', rude, { code: since })).status, 200);
      equal((await groupsOf(rude)).length, 1);
    });

    it('lets who left by himself come back by the old code', async () => {
      const groupId = await madeBy(ann);
      const code = await invitedTo(groupId);
      const shy = await server.guest('Shy');
      await post('/v1/groups/join', shy, { code });
      await does(shy, groupId, 'members.leave', {});
      deepEqual(await groupsOf(shy), []);
      equal((await post('/v1/groups/join', shy, { code })).status, 200);
    });

    for (const ban of [false, true]) {
      it(`answers removed to who was ${ban ? 'banned' : 'removed'} from a place that is open`, async () => {
        const place = { place: `/removed-${ban}` };
        const { json } = await post('/v1/groups/open', ann, place);
        const rude = await server.guest('Rude');
        equal((await post('/v1/groups/open', rude, place)).status, 200);
        await annDoes(json.id, 'members.remove', { memberId: rude.userId, ban });
        const again = await post('/v1/groups/open', rude, place);
        deepEqual(problem(again), expected(403, 'removed'));
        deepEqual(await groupsOf(rude), []);
      });
    }

    it('opens no place to strangers once its owner asks for invitations', async () => {
      const place = { place: '/by-invitation' };
      const { json } = await post('/v1/groups/open', ann, place);
      await annDoes(json.id, 'group.update', { policies: { join: 'invited' } });
      deepEqual(problem(await post('/v1/groups/open', bo, place)), expected(403, 'forbidden'));
      const code = await invitedTo(json.id);
      equal((await post('/v1/groups/join', bo, { code })).status, 200);
      equal((await post('/v1/groups/open', bo, place)).status, 200);
    });

    it('answers removed to who was banned, whatever code they have', async () => {
      const groupId = await madeBy(ann);
      const code = await invitedTo(groupId);
      const rude = await server.guest('Rude');
      await post('/v1/groups/join', rude, { code });
      await annDoes(groupId, 'members.remove', { memberId: rude.userId, ban: true });
      const since = await invitedTo(groupId);
      for (const old of [code, since]) {
        const answer = await post('/v1/groups/join', rude, { code: old });
        deepEqual(problem(answer), expected(403, 'removed'));
      }
      deepEqual(await groupsOf(rude), []);
    });

    it('answers gone to the code of a group that was deleted', async () => {
      const groupId = await madeBy(ann);
      const code = await invitedTo(groupId);
      await annDoes(groupId, 'group.delete', {});
      deepEqual(problem(await post('/v1/groups/join', bo, { code })), expected(410, 'gone'));
      deepEqual(problem(await server.ask(`/v1/invitations/${code}`)), expected(410, 'gone'));
    });

    it('answers gone to an invitation that was revoked', async () => {
      const groupId = await madeBy(ann);
      const code = await invitedTo(groupId);
      await annDoes(groupId, 'invitations.revoke', { code });
      deepEqual(problem(await post('/v1/groups/join', bo, { code })), expected(410, 'gone'));
      deepEqual(problem(await server.ask(`/v1/invitations/${code}`)), expected(410, 'gone'));
    });

    it('answers invalid to an invitation that ends before it begins', async () => {
      const groupId = await madeBy(ann);
      const answer = await post(`/v1/groups/${groupId}/invitations`, ann, { expiresAtMs: 1 });
      deepEqual(problem(answer), expected(400, 'invalid'));
    });

    it('lets nobody invite who is not in the group', async () => {
      const groupId = await madeBy(ann);
      const answer = await post(`/v1/groups/${groupId}/invitations`, bo, {});
      deepEqual(problem(answer), expected(403, 'forbidden'));
    });

    for (const [what, path, body] of [
      ['a group without a name', '/v1/groups', {}],
      ['a group with a name of blanks', '/v1/groups', { name: ' ' }],
      ['a code that is none', '/v1/groups/join', { code: '../etc' }],
      ['no place', '/v1/groups/open', { place: '' }],
      ['a number for a place', '/v1/groups/open', { place: 7 }],
    ] as const) {
      it(`answers invalid to ${what}, and makes nothing`, async () => {
        const before = (await groupsOf(ann)).length;
        deepEqual(problem(await post(path, ann, body)), expected(400, 'invalid'));
        equal((await groupsOf(ann)).length, before);
      });
    }

    it('answers not-found to a group that does not exist, and says what to check', async () => {
      const answer = await post('/v1/groups/nowhere/invitations', ann, {});
      deepEqual(problem(answer), expected(404, 'not-found'));
      match(answer.json.detail, /check its id/);
    });
  });
});
