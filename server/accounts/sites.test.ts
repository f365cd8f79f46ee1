import { deepEqual, equal, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { AuditKind, Store } from '../ports/store.ts';
import { createAuthenticateSite } from './authenticate-site.ts';
import { verifyHostToken } from './host-token.ts';
import { parseOrigin } from './origin.ts';
import { createSites, type Sites } from './sites.ts';

const dayMs = 86_400_000;

describe('sites', () => {
  let store: Store;
  let sites: Sites;
  let nowMs: number;
  let noted: (readonly [AuditKind, string | undefined])[];
  const sealingKey = randomBytes(32);
  const clock = { nowMs: () => nowMs };
  beforeEach(() => {
    store = createSqliteStore({ path: ':memory:' });
    nowMs = 1_000_000;
    noted = [];
    sites = createSites({
      ...{ sites: store.sites, clock, sealingKey, random: Math.random, randomBytes },
      note: (kind, { actorId }) => noted.push([kind, actorId]),
    });
  });
  afterEach(() => store.close());

  const add = () => sites.add({ name: 'Rides', policy: 'signed', origins: ['https://a.example'] });
  const opens = (secret: string) =>
    createAuthenticateSite(store.sites, clock)(secret, undefined).then(
      ({ siteId }) => siteId,
      ({ code }) => code,
    );
  const signs = async (key: string, secret: string): Promise<string> => {
    const token = await new SignJWT({ sub: 'u1', name: 'Ana' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(nowMs / 1_000 + 60)
      .sign(new TextEncoder().encode(secret));
    return verifyHostToken(token, await sites.get(key), sealingKey, clock).then(
      ({ externalId }) => externalId,
      ({ code }) => code,
    );
  };

  it('[SI1] keep the secret before the last good for a day, for both that it is for', async () => {
    const { site, secret: first } = await add();
    const { secret: second } = await sites.rotate(site.key);
    for (const secret of [first, second]) {
      deepEqual([await opens(secret), await signs(site.key, secret)], [site.siteId, 'u1']);
    }
    nowMs += dayMs;
    deepEqual(
      [await opens(first), await signs(site.key, first)],
      ['unauthenticated', 'unauthenticated'],
    );
    deepEqual([await opens(second), await signs(site.key, second)], [site.siteId, 'u1']);
  });

  it('[SI1] end a secret at once when asked, and any that is older than the one before', async () => {
    const { site, secret: first } = await add();
    const { secret: second } = await sites.rotate(site.key, { overlapMs: 0 });
    equal(await opens(first), 'unauthenticated');
    await sites.rotate(site.key);
    equal(await opens(second), site.siteId);
    await sites.rotate(site.key);
    equal(await opens(second), 'unauthenticated');
    equal(await signs(site.key, second), 'unauthenticated');
  });

  it('[SI1] give two that rotate at once a secret each, and both work', async () => {
    const { site, secret: first } = await add();
    const both = await Promise.all([sites.rotate(site.key), sites.rotate(site.key)]);
    for (const { secret } of both) equal(await opens(secret), site.siteId);
    equal(await opens(first), 'unauthenticated');
  });

  it('change what is named, and note who changed what', async () => {
    const { site } = await add();
    noted = [];
    await sites.change(site.key, { origins: ['https://b.example'], policy: 'signed' }, 'ana');
    await sites.change(site.key, { quotas: { groups: 3 } });
    deepEqual(noted, [
      ['site-origins-changed', 'ana'],
      ['site-quotas-changed', undefined],
    ]);
    const { origins, policy, quotas, name } = await sites.get(site.key);
    deepEqual(
      [name, policy, origins, quotas],
      ['Rides', 'signed', ['https://b.example'], { groups: 3 }],
    );
    await rejects(sites.change(site.key, { origins: [] }), { code: 'invalid' });
    await rejects(sites.change('pk_none', { name: 'x' }), { code: 'not-found' });
  });
});

describe('an origin', () => {
  it('is what a browser would send, and nothing else', () => {
    deepEqual(['https://A.example/', 'http://localhost:3000', ' * '].map(parseOrigin), [
      'https://a.example',
      'http://localhost:3000',
      '*',
    ]);
    for (const typed of [
      'a.example',
      'https://a.example/x',
      'ftp://a.example',
      'https://u@a.example',
      '',
      'null',
    ]) {
      equal(parseOrigin(typed), undefined, typed);
    }
  });
});
