import { deepEqual, equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from './actor.ts';
import { type Caller, callerOf, callers } from './caller.ts';
import { accessTable, authorise, rowFor, rowForEvent } from './table.ts';

const member = { memberId: 'x', name: 'X', photoFileId: null, joinedAtMs: 0, incarnation: 1 };
const present = new Map(
  (['member', 'moderator', 'owner'] as const).map((role) => [role, { ...member, role }]),
);
const former = new Map([['ex-member', { seq: 4, how: 'left', name: 'X' }]]);
const group = { siteId: 's1', state: { members: { present, former } } };

function actor(userId: string, over: Partial<Actor> = {}): Actor {
  return {
    userId,
    siteId: 's1',
    name: userId,
    guest: false,
    siteAdmin: false,
    familyId: 'f1',
    expiresAtMs: 0,
    ...over,
  };
}

const who: Readonly<Record<Caller, Actor | undefined>> = {
  anonymous: undefined,
  outsider: actor('outsider'),
  'ex-member': actor('ex-member'),
  member: actor('member'),
  moderator: actor('moderator'),
  owner: actor('owner'),
  'other-site': actor('owner', { siteId: 's2' }),
  'site-admin': actor('backend', { siteAdmin: true }),
  operator: actor('operator', { siteId: '', operator: true }),
};

describe('The access table', () => {
  for (const caller of callers) {
    it(`knows the ${caller} for what they are`, () => equal(callerOf(who[caller], group), caller));
  }

  it('has one row per door', () => {
    const names = accessTable.map(({ name }) => name);
    equal(new Set(names).size, names.length);
  });

  it('says of every caller what they get at every door', () => {
    for (const row of accessTable) {
      deepEqual(Object.keys(row.verdicts), [...callers], row.name);
    }
  });

  it('lets nobody but members near what is a group’s own', () => {
    for (const name of ['push', 'pull', 'follow', 'chunk', 'live']) {
      const { verdicts } = rowForEvent(name);
      deepEqual(
        callers.filter((caller) => verdicts[caller] === 'yes'),
        ['member', 'moderator', 'owner'],
        name,
      );
    }
  });

  it('tells an ex-member that they were removed, and another site nothing at all', () => {
    const row = rowForEvent('pull');
    const codeFor = (caller: Caller) => {
      try {
        authorise(row, caller);
        return 'yes';
      } catch (error) {
        return error instanceof JamzError ? error.code : error;
      }
    };
    deepEqual(Object.fromEntries(callers.map((caller) => [caller, codeFor(caller)])), row.verdicts);
    equal(codeFor('ex-member'), 'removed');
    equal(codeFor('other-site'), 'not-found');
  });

  it('lets the anonymous only where the table says so by name', () => {
    const open = accessTable.filter(({ verdicts }) => verdicts.anonymous === 'yes');
    for (const { name } of open) {
      equal(
        /auth|(?:GET|POST) \/(?:reset|verify)$|(?:account|sites)\.(?:css|js)$| \/sites(?:$|\/)|sites\/:key|invitations\/:code|healthz|readyz|openapi|metrics|cdn|GET \/$|OPTIONS|audio|artwork|photos\/:fileId\/:size|\/v1\/trips\/:code/.test(
          name,
        ),
        true,
        name,
      );
    }
  });

  it('fails a route that has no row', () => {
    throws(() => rowFor('POST', '/v1/secrets'), /has no row/);
    throws(() => rowForEvent('shout'), /has no row/);
    equal(rowFor('GET', '/v1/me').name, 'GET /v1/me');
  });
});
