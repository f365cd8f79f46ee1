import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import type { Jamz } from '../sdk/api.ts';
import { connect } from '../sdk/connect.ts';
import { memoryCounters } from './adapters/counters/memory-counters.ts';
import { createRateLimits, defaultRateLimits } from './http/rate-limits.ts';
import { type TestServer, testServer } from './test-server.ts';

describe('the history of positions, from the SDK', () => {
  let server: TestServer;
  const open: Jamz[] = [];
  before(async () => {
    // A quick machine asks more often than people do until the writer has written.
    const limits = { ...defaultRateLimits, history: { times: 100_000, withinS: 60 } };
    server = await testServer({ rateLimits: createRateLimits(memoryCounters(), limits) });
  });
  after(async () => {
    for (const jamz of open) await jamz.close();
    await server.close();
  });

  const person = async (name: string) => {
    const jamz = connect({ server: server.base, site: 'pk_demo', storage: 'memory' });
    open.push(jamz);
    await jamz.session.signInAsGuest({ name });
    return { jamz, group: await jamz.openGroup('/history') };
  };

  it('[PS13] [PS14] [PS16] is one’s own, then the group’s, then nobody’s', async () => {
    const ana = await person('Ana');
    const bo = await person('Bo');
    await ana.jamz.syncNow();
    const span = { from: ana.jamz.serverNow() - 60_000, to: ana.jamz.serverNow() + 60_000 };
    const seenBy = async ({ group }: typeof ana) => (await group.positionHistory(span)).length;
    ana.group.sharing('precise');
    ana.group.reportPosition({ lat: 48.2, lng: 16.4, accuracyM: 5 });
    // The server writes a second after it heard, and tells nobody.
    await until(async () => (await seenBy(ana)) > 0, 'the position is written');
    const [fix] = await ana.group.positionHistory(span);
    deepEqual([fix?.lat, fix?.lng, fix?.mode], [48.2, 16.4, 'precise']);
    equal(await seenBy(bo), 0);
    await ana.jamz.positionHistoryChoice({ seenBy: 'group' });
    equal(await seenBy(bo), 1);
    await ana.jamz.deletePositionHistory();
    deepEqual([await seenBy(ana), await seenBy(bo)], [0, 0]);
  });
});
