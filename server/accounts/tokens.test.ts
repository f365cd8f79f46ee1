import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { Site } from '../ports/store.ts';
import { createAccessTokens, createDrainTokens } from './access-token.ts';
import { verifyHostToken } from './host-token.ts';
import { authSecretOf, keysFrom } from './keys.ts';
import { newSiteSecret, openSealed } from './site-secret.ts';

let nowMs = Date.UTC(2026, 0, 1);
const clock = { nowMs: () => nowMs };
const claims = { userId: 'ann', siteId: 'site', guest: true, familyId: 'f' };

describe('access tokens', () => {
  const tokens = createAccessTokens(randomBytes(32), clock);

  it('say who, of which site, whether a guest, and of which sign-in', async () => {
    const issuedMs = nowMs;
    const { expiresAtMs, ...said } = await tokens.verify(await tokens.issue(claims));
    deepEqual(said, claims);
    equal(expiresAtMs, issuedMs + 600_000);
  });

  it('expire after ten minutes', async () => {
    const token = await tokens.issue(claims);
    nowMs += 600_000;
    await rejects(tokens.verify(token), { code: 'token-expired' });
  });

  it('are refused when another server signed them', async () => {
    const foreign = createAccessTokens(randomBytes(32), clock);
    await rejects(tokens.verify(await foreign.issue(claims)), { code: 'unauthenticated' });
  });

  it('are refused when they are not signed at all', async () => {
    const unsigned = new UnsecuredJWT({ site: 'site', guest: false, family: 'f' })
      .setSubject('ann')
      .setIssuer('trafficjamz')
      .setAudience('trafficjamz-access')
      .setExpirationTime(nowMs / 1000 + 600)
      .encode();
    await rejects(tokens.verify(unsigned), { code: 'unauthenticated' });
    await rejects(tokens.verify('nonsense'), { code: 'unauthenticated' });
  });
});

describe('tokens of service workers', () => {
  const key = randomBytes(32);
  const tokens = createDrainTokens(key, clock);

  it('last for as long as they are given, thirty days where nothing is said', async () => {
    const month = await tokens.verify(await tokens.issue(claims));
    equal(month.expiresAtMs, nowMs + 30 * 86_400_000);
    const short = await tokens.issue(claims, 43_200_000);
    nowMs += 43_200_000;
    await rejects(tokens.verify(short), { code: 'token-expired' });
  });

  it('are no access tokens, and access tokens none of them, even under one key', async () => {
    const access = createAccessTokens(key, clock);
    await rejects(access.verify(await tokens.issue(claims)), { code: 'unauthenticated' });
    await rejects(tokens.verify(await access.issue(claims)), { code: 'unauthenticated' });
  });
});

describe('the secret of a site', () => {
  const key = randomBytes(32);

  it('is opened with the key that sealed it, and with no other', () => {
    const { secret, sealedSecret, secretHash } = newSiteSecret(key, randomBytes);
    match(secret, /^sk_[\w-]{43}$/);
    match(secretHash, /^[0-9a-f]{64}$/);
    equal(openSealed(sealedSecret, key), secret);
    equal(openSealed(sealedSecret, randomBytes(32)), undefined);
    equal(openSealed('damaged', key), undefined);
  });
});

describe('identities signed by a site', () => {
  const sealingKey = randomBytes(32);
  const { secret, ...kept } = newSiteSecret(sealingKey, randomBytes);
  const site: Site = {
    siteId: 'site',
    key: 'pk_a',
    name: 'A',
    policy: 'signed',
    origins: ['https://a.example'],
    createdAtMs: 0,
    ...kept,
  };
  const sign = (payload: Record<string, unknown>, by = secret, livesS = 60): Promise<string> =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(nowMs / 1000 + livesS)
      .sign(new TextEncoder().encode(by));
  const verify = (token: string, of = site) => verifyHostToken(token, of, sealingKey, clock);

  it('are taken with the id and the name that the site gives', async () => {
    deepEqual(await verify(await sign({ sub: 'u 7', name: ' Ann ', aud: 'pk_a' })), {
      externalId: 'u 7',
      name: 'Ann',
    });
  });

  it('are refused when somebody else signed them', async () => {
    const token = await sign({ sub: 'u7', name: 'Ann' }, 'sk_somebody-else-with-a-long-secret');
    await rejects(verify(token), { code: 'unauthenticated' });
  });

  it('are refused when they are meant for another site', async () => {
    await rejects(verify(await sign({ sub: 'u7', name: 'Ann', aud: 'pk_b' })), {
      code: 'unauthenticated',
    });
  });

  it('are refused without a name or a subject', async () => {
    await rejects(verify(await sign({ sub: 'u7' })), { code: 'unauthenticated' });
    await rejects(verify(await sign({ name: 'Ann' })), { code: 'unauthenticated' });
  });

  it('are refused as expired once their time is over, so that the page asks for a new one', async () => {
    await rejects(verify(await sign({ sub: 'u7', name: 'Ann' }, secret, -60)), {
      code: 'token-expired',
    });
  });

  it('are refused without an end', async () => {
    const endless = await new SignJWT({ sub: 'u7', name: 'Ann' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret));
    await rejects(verify(endless), { code: 'unauthenticated' });
  });

  it('cannot be checked for a site without a secret, and the message says what to do', async () => {
    const bare = { ...site, secretHash: null, sealedSecret: null };
    await rejects(verify(await sign({ sub: 'u7', name: 'Ann' }), bare), {
      code: 'forbidden',
      message: /sites rotate pk_a/,
    });
  });
});

describe('the secret of an installation', () => {
  const meta = () => {
    const facts = new Map<string, string>();
    return {
      get: async (key: string) => facts.get(key),
      putIfAbsent: async (key: string, value: string) => {
        if (!facts.has(key)) facts.set(key, value);
        return facts.get(key) ?? value;
      },
    };
  };

  it('is made once and stays', async () => {
    const facts = meta();
    const made = await authSecretOf(facts, undefined, randomBytes);
    equal(made.length, 43);
    equal(await authSecretOf(facts, undefined, randomBytes), made);
  });

  it('is the given one where there is one', async () => {
    equal(await authSecretOf(meta(), 'given', randomBytes), 'given');
  });

  it('leads to a different key for each purpose', () => {
    const { accessTokens, refreshTokens, siteSecrets } = keysFrom('secret');
    const distinct = new Set(
      [accessTokens, refreshTokens, siteSecrets].map((key) => Buffer.from(key).toString('hex')),
    );
    equal(distinct.size, 3);
  });
});
