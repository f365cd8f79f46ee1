import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  expected,
  problem,
  type TestAnswer,
  type TestJson,
  type TestRequest,
  type TestServer,
  testServer,
} from '../test-server.ts';

interface Item {
  readonly id: string;
  readonly itemId: string;
  readonly name: string;
  readonly role: string;
  readonly title: string;
  readonly secret: string;
}

interface Shown extends Item {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly memberCount: number;
  readonly code: TestJson['code'];
  readonly detail: string;
  readonly externalId: string;
  readonly groups: readonly { readonly id: string; readonly role: string }[];
  readonly origins: readonly string[];
}

/** The JSON of a success, as these tests look at it. */
function shown({ status, json }: TestAnswer<Shown>): Shown {
  if (status >= 300) throw new Error(JSON.stringify(json));
  return json;
}

describe('the API for a site’s own backend', () => {
  let server: TestServer;
  let secret: string;
  let otherSecret: string;
  before(async () => {
    server = await testServer();
    const site = { policy: 'invite', origins: ['https://a.example'] } as const;
    secret = await server.addSite({ ...site, name: 'A', key: 'pk_a' });
    otherSecret = await server.addSite({ ...site, name: 'B', key: 'pk_b' });
  });
  after(() => server.close());

  const ask = (path: string, request: TestRequest = {}): Promise<TestAnswer<Shown>> =>
    server.ask<Shown>(`/v1/sites/pk_a${path}`, { token: secret, ...request });
  const makeGroup = async (name = 'Trip', key?: string): Promise<Shown> => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const body = { name, owner: { person: 'external:u1', name: 'Ana' } };
    return shown(await ask('/groups', { body, headers }));
  };

  it('makes a group for one of the site’s own people, shows, changes and deletes it', async () => {
    const made = await makeGroup();
    deepEqual([made.name, made.memberCount], ['Trip', 1]);
    const path = `/groups/${made.id}`;
    const policies = { join: 'open' };
    const changed = shown(await ask(path, { method: 'PATCH', body: { name: 'Road', policies } }));
    equal(changed.name, 'Road');
    deepEqual(shown(await ask(path)), changed);
    equal((await ask(path, { method: 'DELETE' })).status, 204);
    equal((await ask(path, { method: 'DELETE' })).status, 204);
    deepEqual(problem(await ask(path)), expected(410, 'gone'));
    const kinds = (await server.audit('pk_a')).map(({ kind }) => kind);
    deepEqual(
      ['group-created', 'group-changed', 'group-deleted'].filter((kind) =>
        kinds.includes(kind as 'group-created'),
      ),
      ['group-created', 'group-changed', 'group-deleted'],
    );
    equal(kinds.filter((kind) => kind === 'group-deleted').length, 1);
  });

  it('[SI4] makes one group of a request that is sent again, and refuses its key to another', async () => {
    const [one, other] = [await makeGroup('Once', 'k1'), await makeGroup('Once', 'k1')];
    deepEqual(one, other);
    const body = { name: 'Else', owner: { person: 'external:u1' } };
    const reused = await ask('/groups', { body, headers: { 'idempotency-key': 'k1' } });
    deepEqual(problem(reused), expected(400, 'invalid'));
    const many = await Promise.all(
      Array.from({ length: 5 }, () =>
        ask('/groups', {
          body: { name: 'Race', owner: { person: 'external:u1', name: 'Ana' } },
          headers: { 'idempotency-key': 'k2' },
        }),
      ),
    );
    const made = new Set(many.filter(({ status }) => status === 201).map(({ json }) => json.id));
    equal(made.size, 1);
    for (const { status, json } of many) if (status !== 201) equal(json.code, 'unavailable');
  });

  it('lists groups page by page', async () => {
    const made = [];
    for (const name of ['p1', 'p2', 'p3']) made.push((await makeGroup(name)).id);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Shown = shown(await ask(`/groups?limit=2${next && `&after=${next}`}`));
      equal(page.items.length <= 2, true);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    deepEqual(
      made.filter((id) => !seen.includes(id)),
      [],
    );
    equal(new Set(seen).size, seen.length);
    for (const query of ['limit=0', 'limit=1001', 'limit=x', 'after=%20']) {
      deepEqual(problem(await ask(`/groups?${query}`)), expected(400, 'invalid'), query);
    }
  });

  it('adds members, gives them roles, removes and bans them, and does nothing twice', async () => {
    const { id } = await makeGroup();
    const member = (person: string) => `/groups/${id}/members/${encodeURIComponent(person)}`;
    const put = (person: string, body: object) => ask(member(person), { method: 'PUT', body });
    const bo = shown(await put('external:u 2', { name: 'Bo' }));
    deepEqual([bo.name, bo.role], ['Bo', 'member']);
    equal(shown(await put(bo.id, { role: 'moderator' })).role, 'moderator');
    equal(shown(await put(bo.id, { role: 'moderator' })).role, 'moderator');
    deepEqual(problem(await put('external:u3', {})), expected(400, 'invalid'));
    deepEqual(problem(await put('nobody', { name: 'N' })), expected(404, 'not-found'));
    equal(shown(await ask(`/groups/${id}/members`)).items.length, 2);
    for (let twice = 0; twice < 2; twice++) {
      equal((await ask(member(bo.id), { method: 'DELETE' })).status, 204);
    }
    // Removed people come back when the site says so; banned ones do not.
    equal(shown(await put(bo.id, {})).role, 'member');
    equal((await ask(`${member(bo.id)}?ban=1`, { method: 'DELETE' })).status, 204);
    deepEqual(problem(await put(bo.id, {})), expected(403, 'removed'));
    const ana = await ask(member('external:u1'), { method: 'DELETE' });
    deepEqual(problem(ana), expected(400, 'invalid'));
    match(ana.json.detail, /needs an owner/);
    const roles = (await server.audit('pk_a')).filter(({ kind }) => kind === 'role-changed');
    deepEqual(
      roles.map(({ subjectId }) => subjectId),
      [bo.id],
    );
  });

  it('adds tracks of the site’s catalogue once, lists them in their order, removes them', async () => {
    const { id } = await makeGroup();
    const path = `/groups/${id}/tracks`;
    const tracks = [1, 2, 3].map((n) => ({ title: `T${n}`, trackId: `cat/${n}` }));
    const add = () => ask(path, { body: { tracks }, headers: { 'idempotency-key': `t-${id}` } });
    const added = shown(await add());
    deepEqual(shown(await add()), added);
    const [first, second] = added.items;
    const late = { tracks: [{ title: 'Front', url: 'https://a.example/x.mp3' }], after: null };
    shown(await ask(path, { body: late }));
    const titles = async (query = '') =>
      shown(await ask(path + query)).items.map(({ title }) => title);
    deepEqual(await titles(), ['Front', 'T1', 'T2', 'T3']);
    deepEqual(await titles(`?limit=2&after=${first?.itemId}`), ['T2', 'T3']);
    for (let twice = 0; twice < 2; twice++) {
      equal((await ask(`${path}/${second?.itemId}`, { method: 'DELETE' })).status, 204);
    }
    deepEqual(await titles(), ['Front', 'T1', 'T3']);
    deepEqual(problem(await ask(`${path}?after=${second?.itemId}`)), expected(404, 'not-found'));
    const neither = { tracks: [{ title: 'x' }] };
    deepEqual(problem(await ask(path, { body: neither })), expected(400, 'invalid'));
  });

  it('shows a person by the site’s own id, and erases them', async () => {
    const { id } = await makeGroup();
    const cy = shown(
      await ask(`/groups/${id}/members/external:u9`, { method: 'PUT', body: { name: 'Cy' } }),
    );
    const person = shown(await ask('/users/external:u9'));
    deepEqual(
      [person.id, person.externalId, person.groups],
      [cy.id, 'u9', [{ id, role: 'member' }]],
    );
    for (let twice = 0; twice < 2; twice++) {
      equal((await ask('/users/external:u9', { method: 'DELETE' })).status, 204);
    }
    deepEqual(problem(await ask(`/users/${cy.id}`)), expected(404, 'not-found'));
    equal(
      shown(await ask(`/groups/${id}/members`)).items.some(({ name }) => name === 'Cy'),
      false,
    );
  });

  it('[SI2] reaches nothing of another site, by no id and under no key', async () => {
    const { id } = await makeGroup();
    const person = shown(await ask('/users/external:u1'));
    const foreign = (path: string, request: TestRequest = {}) =>
      server.ask(path, { token: otherSecret, ...request });
    const answers = await Promise.all([
      foreign(`/v1/sites/pk_a/groups`),
      foreign(`/v1/sites/pk_a/settings`),
      foreign(`/v1/sites/pk_b/groups/${id}`),
      foreign(`/v1/sites/pk_a/groups/${id}`),
      foreign(`/v1/sites/pk_b/groups/${id}`, { method: 'DELETE' }),
      foreign(`/v1/sites/pk_b/groups/${id}/tracks`, {
        body: { tracks: [{ title: 'x', trackId: 'x' }] },
      }),
      foreign(`/v1/sites/pk_b/users/${person.id}`),
      foreign(`/v1/sites/pk_none/groups`),
      // The group is of the secret’s site, and the path is not.
      server.ask(`/v1/sites/pk_b/groups/${id}`, { token: secret }),
    ]);
    for (const answer of answers) deepEqual(problem(answer), expected(404, 'not-found'));
    equal((await foreign(`/v1/sites/pk_b/users/${person.id}`, { method: 'DELETE' })).status, 204);
    equal((await ask('/users/external:u1')).status, 200);
  });

  it('refuses a secret that comes from a page', async () => {
    const headers = { origin: 'https://a.example' };
    deepEqual(problem(await ask('/groups', { headers })), expected(403, 'forbidden'));
  });

  it('changes settings, and the origins count at once where they are asked', async () => {
    const body = { origins: ['https://new.example'], name: 'A2' };
    const changed = shown(await ask('/settings', { method: 'PATCH', body }));
    deepEqual([changed.name, changed.origins], ['A2', ['https://new.example']]);
    const bad = [{}, { origins: [] }, { origins: ['nowhere'] }, { policy: 'closed' }, { key: 'x' }];
    for (const wrong of bad) {
      const answer = await ask('/settings', { method: 'PATCH', body: wrong });
      deepEqual(problem(answer), expected(400, 'invalid'), JSON.stringify(wrong));
    }
    deepEqual(shown(await ask('/settings')), changed);
  });

  it('[SI1] gives a new secret, the same to who asks again under a key, and the old one works yet', async () => {
    const headers = { 'idempotency-key': 'rotate-1' };
    const once = shown(await ask('/secret', { body: {}, headers })).secret;
    equal(shown(await ask('/secret', { body: {}, headers })).secret, once);
    equal((await ask('/usage', { token: once })).status, 200);
    equal((await ask('/usage')).status, 200);
    const now = shown(await ask('/secret', { token: once, body: { overlapMs: 0 } })).secret;
    deepEqual(problem(await ask('/usage', { token: once })), expected(401, 'unauthenticated'));
    secret = now;
  });
});

describe('the API for who operates the server', () => {
  const token = 'operator-token-that-is-long-enough';
  let server: TestServer;
  before(async () => {
    server = await testServer({ env: { ADMIN_TOKEN: token } });
  });
  after(() => server.close());

  it('registers a site, changes it, gives it a new secret, and writes down who did', async () => {
    const body = { name: 'Rides', origins: ['https://rides.example'], key: 'pk_rides' };
    const made = shown(await server.ask<Shown>('/v1/admin/sites', { token, body }));
    match(made.secret, /^sk_/);
    equal((await server.ask('/v1/sites/pk_rides/usage', { token: made.secret })).status, 200);
    const path = '/v1/admin/sites/pk_rides';
    const changed = await server.ask(path, {
      token,
      method: 'PATCH',
      body: { quotas: { groups: 1 } },
    });
    equal(changed.status, 200);
    const next = shown(await server.ask<Shown>(`${path}/secret`, { token, body: {} })).secret;
    equal((await server.ask('/v1/sites/pk_rides/usage', { token: next })).status, 200);
    const twice = await server.ask('/v1/admin/sites', { token, body });
    deepEqual(problem(twice), expected(400, 'invalid'));
    const list = (await server.ask('/v1/admin/sites', { token })).json;
    equal(
      JSON.stringify(list).includes('sk_') || JSON.stringify(list).includes('ecretHash'),
      false,
    );
    const audit = await server.ask<{ kind: string; actorId: string }[]>(
      '/v1/admin/audit?site=pk_rides',
      { token },
    );
    deepEqual(
      audit.json.map(({ kind, actorId }) => [kind, actorId]),
      [
        ['site-secret-rotated', 'operator'],
        ['site-quotas-changed', 'operator'],
        ['site-added', 'operator'],
      ],
    );
  });

  it('opens to no other token, to no page, and to nobody where none is set', async () => {
    const ask = (request: TestRequest) => server.ask('/v1/admin/sites', request);
    deepEqual(problem(await ask({ token: `${token}x` })), expected(401, 'unauthenticated'));
    const headers = { origin: server.base };
    deepEqual(problem(await ask({ token, headers })), expected(403, 'forbidden'));
    deepEqual(problem(await server.ask('/v1/me', { token })), expected(403, 'forbidden'));
    const plain = await testServer();
    deepEqual(
      problem(await plain.ask('/v1/admin/sites', { token })),
      expected(401, 'unauthenticated'),
    );
    await plain.close();
  });
});
