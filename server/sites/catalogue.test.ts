import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { type OutboundAnswer, OutboundError, type OutboundRequest } from '../ports/outbound.ts';
import type { Store } from '../ports/store.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { putSite, testReceiver } from './webhooks-fixture.ts';

describe('a site’s own catalogue', () => {
  let store: Store;
  let catalogue: Catalogue;
  let nowMs: number;
  let got: OutboundRequest[];
  let answer: () => Promise<Partial<OutboundAnswer>>;
  beforeEach(async () => {
    store = createSqliteStore({ path: ':memory:' });
    nowMs = 1_700_000_000_000;
    answer = async () => address('https://cdn.example/7?sig=1', 600_000);
    const receiver = testReceiver(() => answer());
    got = receiver.got;
    catalogue = createCatalogue({
      ...{ sites: store.sites, outbound: receiver.outbound, clock: { nowMs: () => nowMs } },
      secretsOf: () => ['whsec_b25l'],
      newId: () => 'q1',
    });
    await putSite(store, { resolveTrackUrl: 'https://a.example/resolve' });
  });
  afterEach(() => store.close());

  const address = (url: string, livesMs: number): Partial<OutboundAnswer> => ({
    body: JSON.stringify({ url, expiresAtMs: nowMs + livesMs }),
  });
  const resolve = (trackId = 'cat/7') => catalogue.resolve('s1', trackId);

  it('[SI7] asks the site’s backend, signed, and gives what it says', async () => {
    deepEqual(await resolve(), {
      url: 'https://cdn.example/7?sig=1',
      expiresAtMs: nowMs + 600_000,
    });
    const [request] = got;
    equal(request?.url, 'https://a.example/resolve');
    deepEqual(JSON.parse(request?.body ?? ''), {
      type: 'resolve.track',
      data: { trackId: 'cat/7' },
    });
    equal(request?.headers['webhook-id'], 'ask_q1');
    equal(request?.headers['webhook-signature']?.startsWith('v1,'), true);
  });

  it('[SI7] asks once for all who want it, and again a minute before the address ends', async () => {
    await Promise.all([resolve(), resolve(), resolve()]);
    equal(got.length, 1);
    nowMs += 539_000;
    await resolve();
    equal(got.length, 1);
    nowMs += 1_000;
    await resolve();
    equal(got.length, 2);
    await resolve('cat/8');
    equal(got.length, 3);
  });

  it('[SI7] keeps no address for longer than a day', async () => {
    answer = async () => address('https://cdn.example/7', 400 * 86_400_000);
    equal((await resolve()).expiresAtMs, nowMs + 86_400_000);
  });

  it('[SI7] says what cannot be used, and lets a backend that fails rest', async () => {
    const wrong: readonly (readonly [() => Promise<Partial<OutboundAnswer>>, string, RegExp])[] = [
      [async () => ({ status: 500 }), 'unavailable', /answered 500/],
      [async () => ({ status: 302 }), 'unavailable', /answered 302/],
      [async () => ({ body: 'no json' }), 'unavailable', /did not answer/],
      [async () => ({ body: 'null' }), 'unavailable', /did not answer/],
      [
        async () => ({ body: '{"url":"https://x.example","expiresAtMs":"soon"}' }),
        'unavailable',
        /did not/,
      ],
      [async () => address('javascript:alert(1)', 600_000), 'unavailable', /none of the web/],
      [async () => address('https://x.example', 1_000), 'unavailable', /within a minute/],
      [async () => ({ status: 404 }), 'not-found', /no longer has/],
      [() => Promise.reject(new OutboundError('It gave no answer')), 'unavailable', /no answer/],
    ];
    for (const [given, code, message] of wrong) {
      answer = given;
      await rejects(resolve(), { code, message });
      const before = got.length;
      await rejects(resolve(), { code });
      equal(got.length, before);
      nowMs += 5_000;
    }
  });

  it('is not asked where the site has none, and never for another site', async () => {
    await rejects(catalogue.resolve('s2', 'cat/7'), { code: 'not-found' });
    await store.sites.update('s1', { webhooks: null });
    await rejects(resolve(), { code: 'not-found' });
    equal(got.length, 0);
  });
});
