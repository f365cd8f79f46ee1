import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import type { AuthAnswer } from './auth-answer.ts';
import { createFakeBackend, type FakeBackend, fakeTabs, settled } from './fake-backend.ts';
import { createIdentity, type Identity, type IdentityDeps } from './identity.ts';

const ana = { id: 'u-ana', name: 'Ana', guest: false, email: 'ana@jamz.example' };
const bo = { id: 'u-bo', name: 'Bo', guest: true };
const credentials = { email: 'ana@jamz.example', password: 'road-song-1' };
const minuteMs = 60_000;

const answer = (accessToken: string, more: Partial<AuthAnswer> = {}): AuthAnswer => ({
  accessToken,
  expiresInMs: 10 * minuteMs,
  user: ana,
  groups: [],
  ...more,
});
const codeOf = (code: string) => (error: unknown) =>
  error instanceof JamzError && error.code === code;

describe('identity', () => {
  let nowMs: number;
  let backend: FakeBackend;

  const open = (more: Partial<IdentityDeps> = {}): Identity =>
    createIdentity({
      http: backend.http,
      server: 'http://h',
      site: 'pk_demo',
      via: 'cookie',
      storage: backend.storage,
      nowMs: () => nowMs,
      ...more,
    });

  beforeEach(() => {
    nowMs = 1_000_000;
    backend = createFakeBackend();
  });

  it('starts signed out and says so', async () => {
    const identity = open();
    await identity.ready;
    equal(identity.user$.value, null);
    await rejects(identity.token(), codeOf('unauthenticated'));
    deepEqual(backend.asked, []);
  });

  it('signs in and has a token at hand without asking again', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    const identity = open();
    deepEqual(await identity.signIn(credentials), ana);
    deepEqual(identity.user$.value, ana);
    equal(await identity.token(), 't1');
    deepEqual(
      backend.asked.map(({ path }) => path),
      ['auth/sign-in'],
    );
    deepEqual(backend.asked[0]?.body, { site: 'pk_demo', via: 'cookie', ...credentials });
  });

  it('passes on the groups that come with a sign-in', async () => {
    const group = { id: 'crew', name: 'Crew', role: 'owner', memberCount: 1 } as const;
    backend.answers['auth/guest'] = () => answer('t1', { groups: [group] });
    const seen: unknown[] = [];
    await open({ onGroups: (groups) => seen.push(groups) }).signInAsGuest({ name: 'Bo' });
    deepEqual(seen, [[group]]);
  });

  it('knows the last user after a reload, with no network', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    await open().signIn(credentials);
    backend.online = false;
    const reloaded = open();
    await reloaded.ready;
    deepEqual(reloaded.user$.value, ana);
    equal(await reloaded.token(), 't1');
  });

  it('keeps two namespaces of one site apart', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    await open({ namespace: 'left' }).signIn(credentials);
    const other = open({ namespace: 'right' });
    await other.ready;
    equal(other.user$.value, null);
  });

  it('[AC8] renews a token that has less than a minute left, once for all who ask', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    backend.answers['auth/refresh'] = () => answer('t2');
    const identity = open();
    await identity.signIn(credentials);
    nowMs += 9 * minuteMs + 1;
    deepEqual(await Promise.all([identity.token(), identity.token()]), ['t2', 't2']);
    equal(backend.asked.filter(({ path }) => path === 'auth/refresh').length, 1);
  });

  it('gives the old token while it lasts when the renewal finds no network', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    const identity = open();
    await identity.signIn(credentials);
    backend.online = false;
    nowMs += 9.5 * minuteMs;
    equal(await identity.token(), 't1');
    nowMs += minuteMs;
    await rejects(identity.token(), codeOf('unavailable'));
    deepEqual(identity.user$.value, ana);
    equal(identity.status$.value, 'signed-in');
  });

  it('never gives a token again that the server rejected', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    backend.answers['auth/refresh'] = () => answer('t2');
    const identity = open();
    await identity.signIn(credentials);
    equal(await identity.token('t1'), 't2');
  });

  it('renews at the next ask after expired()', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    backend.answers['auth/refresh'] = () => answer('t2');
    const identity = open();
    await identity.signIn(credentials);
    identity.expired();
    equal(await identity.token(), 't2');
  });

  it('keeps the user but says expired when the sign-in has ended on the server', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    backend.answers['auth/refresh'] = () => {
      throw new JamzError('unauthenticated', 'Family revoked');
    };
    const identity = open();
    await identity.signIn(credentials);
    await rejects(identity.token('t1'), codeOf('unauthenticated'));
    deepEqual(identity.user$.value, ana);
    equal(identity.status$.value, 'expired');
    await rejects(identity.token(), codeOf('unauthenticated'));
    equal(backend.asked.filter(({ path }) => path === 'auth/refresh').length, 1);
  });

  it('sends the refresh token in the body where there are no cookies, and keeps it from storage', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1', { refreshToken: 'r1' });
    backend.answers['auth/refresh'] = () => answer('t2', { refreshToken: 'r2' });
    const identity = open({ via: 'body' });
    await identity.signIn(credentials);
    equal(await identity.token('t1'), 't2');
    deepEqual(backend.asked[1]?.body, { site: 'pk_demo', via: 'body', refreshToken: 'r1' });
    equal(JSON.stringify([...backend.records.values()]).includes('"r2"'), false);
  });

  it('[TB9] takes the token that another tab has just renewed', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    backend.answers['auth/refresh'] = () => answer('t2');
    const first = open();
    await first.signIn(credentials);
    const second = open();
    await second.ready;
    equal(await first.token('t1'), 't2');
    equal(await second.token('t1'), 't2');
    equal(backend.asked.filter(({ path }) => path === 'auth/refresh').length, 1);
  });

  describe('with a host that vouches for its users', () => {
    const reasons: string[] = [];
    const getToken = async (reason: string): Promise<string> => {
      reasons.push(reason);
      return `host-${reasons.length}`;
    };

    beforeEach(() => {
      reasons.length = 0;
      backend.answers['auth/host'] = ({ body }) => answer(`for ${JSON.stringify(body)}`.slice(-8));
    });

    it('signs in by itself at the start and asks the host again when that has expired', async () => {
      const identity = open({ getToken });
      await identity.token();
      deepEqual(identity.user$.value, ana);
      identity.expired();
      await identity.token();
      deepEqual(reasons, ['start', 'expired']);
    });

    it('stays away after the person signed out', async () => {
      backend.answers['auth/sign-out'] = () => undefined;
      const identity = open({ getToken });
      await identity.token();
      await identity.signOut();
      await rejects(identity.token(), codeOf('unauthenticated'));
    });

    it('takes a host that does not answer for a lost network', async () => {
      const identity = open({ getToken: () => Promise.reject(new Error('backend down')) });
      await rejects(identity.token(), codeOf('unavailable'));
    });
  });

  describe('sign-out', () => {
    beforeEach(() => {
      backend.answers['auth/sign-in'] = () => answer('t1');
      backend.answers['auth/sign-out'] = () => undefined;
    });

    it('[AC10] [TB9] clears this tab, the storage and every other tab', async () => {
      const [here, there] = fakeTabs();
      const identity = open({ tabs: here });
      await identity.signIn(credentials);
      const other = open({ tabs: there });
      await other.ready;
      await identity.signOut();
      equal(identity.user$.value, null);
      equal(other.user$.value, null);
      equal(backend.records.size, 0);
    });

    it('[AC10] tells the server at the next start when it could not be reached', async () => {
      const identity = open();
      await identity.signIn(credentials);
      backend.online = false;
      await identity.signOut();
      equal(identity.user$.value, null);
      backend.online = true;
      backend.asked.length = 0;
      await open().ready;
      await settled();
      deepEqual(
        backend.asked.map(({ path }) => path),
        ['auth/sign-out'],
      );
      equal(backend.records.size, 0);
    });

    it('drops the answer of a renewal that was under way', async () => {
      const identity = open();
      await identity.signIn(credentials);
      const late = Promise.withResolvers<AuthAnswer>();
      backend.answers['auth/refresh'] = () => late.promise;
      const token = identity.token('t1');
      await settled();
      const out = identity.signOut();
      late.resolve(answer('t2', { user: bo }));
      await rejects(token, codeOf('unauthenticated'));
      await out;
      equal(identity.user$.value, null);
      equal(identity.status$.value, 'signed-out');
    });
  });

  it('[TB9] follows a sign-in made in another tab', async () => {
    backend.answers['auth/sign-in'] = () => answer('t1');
    const [here, there] = fakeTabs();
    const other = open({ tabs: there });
    await other.ready;
    await open({ tabs: here }).signIn(credentials);
    await settled();
    deepEqual(other.user$.value, ana);
  });
});
