import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type Caller, callers } from '../access/caller.ts';
import { accessTable } from '../access/table.ts';
import { actor, road } from '../sync/sync-fixture.ts';
import {
  createGatewayBench,
  type GatewayBench,
  openSocket,
  type TestSocket,
} from './gateway-fixture.ts';

/** Tokens of one of each; who is anonymous has none. */
const tokens: Readonly<Record<Exclude<Caller, 'anonymous'>, string>> = {
  outsider: 'eve',
  'ex-member': 'ex',
  member: 'bo',
  moderator: 'mo',
  owner: 'ana',
  'other-site': 'ana-elsewhere',
  'site-admin': 'backend',
  operator: 'operator',
};

describe('Every socket event', () => {
  let bench: GatewayBench;
  const sockets = new Map<Caller, TestSocket>();
  const inputs = new Map<string, unknown>();

  before(async () => {
    bench = await createGatewayBench();
    const joins = (['mo', 'ex'] as const).map((memberId) => ({
      type: 'members.join' as const,
      payload: {
        memberId,
        name: memberId,
        role: memberId === 'mo' ? 'moderator' : 'member',
      } as const,
      authorId: memberId,
    }));
    await bench.logs.appendServerOps(road, [
      ...joins,
      { type: 'members.remove', payload: { memberId: 'ex' }, authorId: 'ana' },
    ]);
    bench.tokens.set('ex', actor('ex'));
    bench.tokens.set('mo', actor('mo'));
    bench.tokens.set('ana-elsewhere', actor('ana', { siteId: 's2' }));
    bench.tokens.set('backend', actor('backend', { siteAdmin: true }));
    bench.tokens.set('operator', actor('operator', { operator: true }));
    for (const caller of callers) {
      if (caller !== 'anonymous') sockets.set(caller, await bench.open(tokens[caller]));
    }
    const { snapshot } = await bench.pulls.pull(actor('ana'), { scope: road, cursor: null });
    const fix = { lat: 1, lng: 1, accuracyM: 1, atMs: 0 };
    inputs.set('time', 0);
    inputs.set('hello', { version: 1, replicaId: 'r', scopes: [] });
    inputs.set('follow', { scope: road, cursor: null });
    inputs.set('unfollow', { scope: road });
    inputs.set('push', { scope: road, batch: 1, runs: [] });
    inputs.set('pull', { scope: road, cursor: null });
    inputs.set('chunk', { scope: road, cursor: snapshot?.cursor, offset: 0 });
    inputs.set('live', { scope: road, deviceId: 'd', mode: 'precise', fix });
  });
  after(() => bench.close());

  const answerTo = async (caller: Caller, name: string): Promise<string> => {
    const token = caller === 'anonymous' ? '' : tokens[caller];
    const input = name === 'token' ? { token } : inputs.get(name);
    try {
      const open = sockets.get(caller);
      if (open) await open.ask(name, input);
      else await openSocket(bench.url, { version: 1, site: 'pk_demo', token });
      return 'yes';
    } catch (error) {
      return error instanceof JamzError ? error.code : String(error);
    }
  };

  const rows = accessTable.filter(({ name }) => name.startsWith('socket '));
  it('is in the walk', () => equal(rows.length, inputs.size + 1));

  for (const { name, verdicts } of rows) {
    it(`answers each caller as the table says: ${name}`, async () => {
      const got: Partial<Record<Caller, string>> = {};
      for (const caller of callers)
        got[caller] = await answerTo(caller, name.slice('socket '.length));
      deepEqual(got, verdicts);
    });
  }
});
