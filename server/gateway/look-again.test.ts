import { deepEqual } from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { HeadsMessage } from '../../sdk/protocol/wire.ts';
import { road } from '../sync/sync-fixture.ts';
import { createGatewayBench, type GatewayBench } from './gateway-fixture.ts';

describe('a process that does not hear the others', { timeout: 300_000 }, () => {
  let bench: GatewayBench;
  afterEach(() => bench.close());

  it('[WR20] tells where the logs end each time it looks again, behind the list of groups', async () => {
    let gaps = 0;
    bench = await createGatewayBench({
      health: () => ({
        ...{ isWhole: false, others: 1, sent: 0, received: 0 },
        ...{ dropped: 0, gaps, roundTripMs: 0 },
      }),
    });
    const ana = await bench.open('ana');
    const scopes = [{ scope: road, cursor: null }];
    await ana.ask('hello', { version: 1, replicaId: 'any', scopes });
    gaps = 1;
    for (let time = 0; time < 5; time++) {
      // Half of all sockets in each.
      bench.seconds(2);
      const [, heads] = await Promise.all([ana.next('groups'), ana.next<HeadsMessage>('heads')]);
      const { generation, seq } = await bench.logs.viewOf(road);
      deepEqual(heads, [[road, generation, seq]]);
    }
  });
});
