import { equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Caller } from '../access/caller.ts';
import { type AccessRow, accessTable } from '../access/table.ts';
import { type TestAnswer, type TestServer, testServer } from '../test-server.ts';

/** Files have doors of their own, walked in their own tests. */
const walked = accessTable.filter(({ name }) => {
  const [, path = ''] = name.split(' ');
  return path.startsWith('/v1/') && !path.startsWith('/v1/files/');
});

const bodies: Readonly<Record<string, object>> = {
  // Wrong on purpose: who may would be gone for the rest of the walk.
  'DELETE /v1/me': { alsoFiles: 'x' },
  'POST /v1/sites/:key/secret': { overlapMs: 'x' },
  'POST /v1/admin/sites/:key/secret': { overlapMs: 'x' },
  'POST /v1/auth/guest': { site: 'pk_demo', name: 'New', via: 'body' },
  'POST /v1/groups': { name: 'New' },
  'PUT /v1/sites/:key/history': { days: 30 },
  'POST /v1/groups/open': { place: '/elsewhere' },
  'POST /v1/sync': { version: 1, replicaId: 'r', push: [], pull: [] },
};

describe('the access table, walked over HTTP', () => {
  let server: TestServer;
  let groupId: string;
  const tokens = new Map<Caller, string>();

  before(async () => {
    const adminToken = 'operator-token-that-is-long-enough';
    server = await testServer({ env: { ADMIN_TOKEN: adminToken } });
    tokens.set('operator', adminToken);
    tokens.set('site-admin', await server.secretOf('pk_demo'));
    await server.addSite({ name: 'Other', key: 'pk_other', policy: 'open', origins: ['*'] });
    const people = new Map<Caller, string>();
    for (const caller of ['owner', 'moderator', 'member', 'ex-member', 'outsider'] as const) {
      const { userId, token } = await server.guest(caller);
      people.set(caller, userId);
      tokens.set(caller, token);
      if (caller === 'outsider') continue;
      const opened = await server.ask('/v1/groups/open', { token, body: { place: '/walk' } });
      groupId = opened.json.id;
    }
    tokens.set('other-site', (await server.guest('other', 'pk_other')).token);
    await push('owner', [
      ['members.role', { memberId: people.get('moderator'), role: 'moderator' }],
      ['members.remove', { memberId: people.get('ex-member') }],
    ]);

    async function push(caller: Caller, ops: readonly (readonly [string, object])[]) {
      const replica = { replicaId: 'walk', stamperId: 'walk', version: 1, base: [1, 5] };
      const wires = ops.map(([type, payload], index) => {
        return [index + 1, index + 1, Date.now(), index, type, payload];
      });
      const runs = [{ ...replica, authorId: people.get(caller), ops: wires }];
      const token = tokens.get(caller) ?? '';
      const body = {
        version: 1,
        replicaId: 'walk',
        push: [{ scope: `g:${groupId}`, batch: 1, runs }],
        pull: [],
      };
      const { json } = await server.ask('/v1/sync', { token, body });
      equal(JSON.stringify(json.answers[0]?.applied), '[[1,2]]');
    }
  });
  after(() => server.close());

  const knock = ({ name }: AccessRow, caller: Caller): Promise<TestAnswer> => {
    const [method = '', path = ''] = name.split(' ');
    const token = tokens.get(caller);
    return server.ask(path.replace(':groupId', groupId).replace(':key', 'pk_demo'), {
      method,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: bodies[name] ?? {} }),
      ...(token === undefined ? {} : { token }),
    });
  };

  for (const row of walked) {
    for (const [caller, verdict] of Object.entries(row.verdicts)) {
      // Only a row about a group can tell what its callers are to that group.
      const aboutGroup = row.name.includes(':groupId');
      if (!aboutGroup && ['ex-member', 'moderator', 'owner'].includes(caller)) continue;
      it(`${row.name} answers ${verdict} to ${caller}`, async () => {
        const { json } = await knock(row, caller as Caller);
        if (verdict !== 'yes') return equal(json.code, verdict);
        // Behind the door a request may still lack something; then it is not the caller who is wrong.
        const turnedAway = ['unauthenticated', 'forbidden', 'removed'].includes(json.code);
        return equal(turnedAway, false, json.code);
      });
    }
  }
});
