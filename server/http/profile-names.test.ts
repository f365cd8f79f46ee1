import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { SignJWT } from 'jose';
import { foldVersion } from '../../sdk/merge/fold.ts';
import { decodeSnapshot } from '../../sdk/merge/snapshot.ts';
import { userScope } from '../../sdk/protocol/ids.ts';
import type { TestJson, TestServer } from '../test-server.ts';
import { testServer } from '../test-server.ts';

describe('what a person is called', () => {
  let server: TestServer;

  before(async () => {
    server = await testServer();
  });
  after(() => server.close());

  const auth = async (path: string, body: object): Promise<TestJson> =>
    (await server.ask(`/v1/auth/${path}`, { body: { site: 'pk_demo', via: 'body', ...body } }))
      .json;

  const signUp = (name: string) =>
    auth('sign-up', { email: `${name}@example.org`, password: 'a long enough phrase', name });

  /** What a replica of theirs writes into their own log, before it has read anything. */
  const writes = async ({ user, accessToken }: TestJson, payload: object) => {
    const replicaId = `${user.id}-phone`;
    const op = [1, 1, Date.now(), 0, 'profile.update', payload];
    const identity = { replicaId, authorId: user.id, stamperId: 's', version: 1 };
    const runs = [{ ...identity, base: [1, 0], ops: [op] }];
    const push = [{ scope: userScope(user.id), batch: 1, runs }];
    const body = { version: 1, replicaId, push, pull: [] };
    const { json } = await server.ask('/v1/sync', { token: accessToken, body });
    deepEqual(json.answers[0]?.applied, [[1, 1]]);
  };

  const logOf = async ({ user, accessToken }: TestJson) => {
    const scope = userScope(user.id);
    const pull = [{ scope, cursor: null, fold: foldVersion }];
    const body = { version: 1, replicaId: 'r', push: [], pull };
    const { json } = await server.ask('/v1/sync', { token: accessToken, body });
    const bytes = Buffer.from(String(Reflect.get(json.pulls[0] ?? {}, 'chunk')), 'base64');
    const state = decodeSnapshot(scope, JSON.parse(inflateRawSync(bytes).toString()));
    if (state.kind !== 'user') throw new Error('This scope is a person’s');
    return state;
  };

  it('is in their own log from the start, for guests and for accounts', async () => {
    for (const signedIn of [await auth('guest', { name: 'Ann' }), await signUp('Bo')]) {
      const { fields } = await logOf(signedIn);
      equal(fields.name?.value, signedIn.user.name);
    }
  });

  it('follows their profile, in answers and in later sign-ins', async () => {
    const cy = await signUp('Cy');
    await writes(cy, { name: 'Cyrus' });
    const me = await server.ask('/v1/me', { token: cy.accessToken });
    equal(me.json.user.name, 'Cyrus');
    const credentials = { email: 'Cy@example.org', password: 'a long enough phrase' };
    equal((await auth('sign-in', credentials)).user.name, 'Cyrus');
  });

  it('is no question when they choose another as soon as they have signed up', async () => {
    const di = await signUp('Di');
    await writes(di, { name: 'Diana' });
    const { fields, conflicts } = await logOf(di);
    equal(fields.name?.value, 'Diana');
    deepEqual(conflicts, []);
  });

  it('stays what they chose themselves, whatever their site says later', async () => {
    const site = 'pk_names';
    const secret = await server.addSite({ name: 'N', key: site, policy: 'signed', origins: ['*'] });
    const signedIn = async (name: string) => {
      const token = await new SignJWT({ sub: '7', name })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1m')
        .sign(new TextEncoder().encode(secret));
      return auth('host', { site, token });
    };
    await signedIn('Eva');
    const second = await signedIn('Eva M.');
    equal(second.user.name, 'Eva M.');
    await writes(second, { name: 'Evi' });
    equal((await signedIn('Eva Maria')).user.name, 'Evi');
  });
});
