import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { BusListener } from '../ports/bus.ts';
import type { SiteQuotas, Store } from '../ports/store.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  type SyncBench,
  testReplica,
} from '../sync/sync-fixture.ts';
import { quotaLogs } from './quota-logs.ts';
import { createQuotas, type Quotas, type QuotasDeps } from './quotas.ts';
import { type HandTimers, handTimers, putSite } from './webhooks-fixture.ts';

const few: SiteQuotas = { groups: 2, members: 3, opsPerDay: 10, storageBytes: 100, sockets: 5 };

describe('the quotas of a site', () => {
  let store: Store;
  let bench: SyncBench;
  let timers: HandTimers;
  let near: string[];
  const open: Quotas[] = [];
  beforeEach(async () => {
    store = createSqliteStore({ path: ':memory:' });
    bench = createSyncBench(store);
    timers = handTimers();
    near = [];
    await putSite(store);
  });
  afterEach(async () => {
    for (const quotas of open.splice(0)) await quotas.close();
    deepEqual(bench.bugs, []);
    await store.close();
  });

  const quotasOf = (defaults = few, bus: QuotasDeps['bus'] = bench.bus): Quotas => {
    const quotas = createQuotas({
      ...{ sites: store.sites, usage: store.usage, clock: bench.clock, timers, defaults, bus },
      processId: `p${open.length}`,
      onNear: (siteId, day, name, { used, limit }) =>
        near.push(`${siteId} ${day} ${name} ${used}/${limit}`),
      onBug: (error) => bench.bugs.push(error),
    });
    open.push(quotas);
    return quotas;
  };
  const known = async (quotas = quotasOf()): Promise<Quotas> => {
    const site = await store.sites.byId('s1');
    if (site) await quotas.usageOf(site);
    return quotas;
  };

  it('[SI6] refuse what is beyond them, as of what the store has', async () => {
    await makeGroup(bench);
    const quotas = quotasOf();
    await quotas.admit('s1', 'groups', 1);
    await rejects(quotas.admit('s1', 'groups', 1), { code: 'quota-exceeded', message: /2 groups/ });
    await quotas.admit('s1', 'members', 1);
    await rejects(quotas.admit('s1', 'members', 1), { code: 'quota-exceeded' });
    await rejects(quotas.admit('s1', 'storageBytes', 101), { code: 'quota-exceeded' });
    await quotas.admit('s2', 'groups', 1);
  });

  it('[SI6] are the site’s own where it has some, within seconds', async () => {
    await makeGroup(bench);
    const quotas = await known();
    await store.sites.update('s1', { quotas: { groups: 50, sockets: 0 } });
    (await quotas.openSocket('s1'))();
    bench.clock.advance(6_000);
    // The first is let in while the limits are read anew.
    (await quotas.openSocket('s1'))();
    await quotas.admit('s1', 'groups', 20);
    await rejects(quotas.openSocket('s1'), { code: 'quota-exceeded' });
  });

  it('[SI6] are told when four fifths are used, once a day', async () => {
    const quotas = await known();
    for (let count = 0; count < 5; count++) await quotas.openSocket('s1');
    deepEqual(near, ['s1 2023-11-14 sockets 4/5']);
    bench.clock.advance(86_400_000);
    await rejects(quotas.openSocket('s1'), { code: 'quota-exceeded' });
    equal(near.length, 1);
  });

  it('[SI6] count open sockets, each once', async () => {
    const quotas = await known(quotasOf({ ...few, sockets: 1 }));
    const close = await quotas.openSocket('s1');
    await rejects(quotas.openSocket('s1'), (error: object) => {
      equal('retryAfterMs' in error && error.retryAfterMs, 30_000);
      return true;
    });
    close();
    close();
    const again = await quotas.openSocket('s1');
    await rejects(quotas.openSocket('s1'), { code: 'quota-exceeded' });
    again();
  });

  it('[SI6] count the first socket after a start', async () => {
    const quotas = quotasOf({ ...few, sockets: 0 });
    await rejects(quotas.openSocket('s1'), { code: 'quota-exceeded' });
  });

  it('[SI6] count the sockets of all processes, until one closes or falls silent', async () => {
    const listeners: BusListener[] = [];
    /** What one process publishes the others hear from elsewhere. */
    const bus = (): QuotasDeps['bus'] => {
      const own: BusListener[] = [];
      return {
        subscribe(listener) {
          own.push(listener);
          listeners.push(listener);
          return () => {};
        },
        publish: (message) => {
          for (const hear of listeners) hear(message, own.includes(hear) ? 'here' : 'elsewhere');
        },
      };
    };
    const limits = { ...few, sockets: 3 };
    const [one, two] = [quotasOf(limits, bus()), quotasOf(limits, bus())];
    for (const quotas of [one, two]) await quotas.openSocket('s1');
    const close = await one.openSocket('s1');
    timers.fire();
    await rejects(two.openSocket('s1'), { code: 'quota-exceeded' });
    close();
    timers.fire();
    (await two.openSocket('s1'))();
    const three = quotasOf({ ...limits, sockets: 1 }, bus());
    for (let second = 0; second < 5; second++) timers.fire();
    await rejects(three.openSocket('s1'), { code: 'quota-exceeded' });
    await one.close();
    await two.close();
    (await three.openSocket('s1'))();
  });

  it('[SI6] refuse ops beyond the day’s, which changes nothing and asks the device to wait; tomorrow is another day', async () => {
    await makeGroup(bench);
    const quotas = await known();
    const logs = quotaLogs(bench.logs, quotas);
    const phone = testReplica('ana');
    const say = (messageId: string) => phone.op('messages.send', { messageId, text: 'x' });
    const ten = Array.from({ length: 10 }, (_, index) => say(`m${index}`));
    await logs.push(actor('ana'), phone.push(...ten));
    const before = (await bench.logs.viewOf('g:road')).seq;
    const late = phone.push(say('late'));
    await rejects(logs.push(actor('ana'), late), (error: object) => {
      equal('code' in error && error.code, 'quota-exceeded');
      equal('retryAfterMs' in error && error.retryAfterMs, 600_000);
      return true;
    });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    logs.submit(actor('ana'), late, resolve);
    equal(JSON.stringify(await promise).includes('quota-exceeded'), true);
    equal((await bench.logs.viewOf('g:road')).seq, before);
    bench.clock.advance(86_400_000);
    await logs.push(actor('ana'), late);
  });

  it('[SI5] are one for all processes, within seconds', async () => {
    const [one, other] = [await known(), await known()];
    one.wroteOps('s1', 6);
    other.wroteOps('s1', 4);
    one.admitOps('s1', 4);
    await one.share();
    await other.share();
    await rejects(async () => other.admitOps('s1', 1), { code: 'quota-exceeded' });
    const site = await store.sites.byId('s1');
    equal(site && (await one.usageOf(site)).opsPerDay.used, 10);
    await rejects(async () => one.admitOps('s1', 1), { code: 'quota-exceeded' });
  });
});
