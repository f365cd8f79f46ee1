import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate as turnOver } from 'node:timers/promises';
import { nodeCodec } from '../adapters/codec/node.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  road,
  type SyncBench,
  testReplica,
} from './sync-fixture.ts';

const ana = actor('ana');

describe('A snapshot that nobody asks for', () => {
  let bench: SyncBench;
  let phone: ReturnType<typeof testReplica>;
  let counter: number;
  let encoded: number;
  let snapshots: Snapshots;
  let encoding: Promise<Uint8Array>;

  const push = (count: number) =>
    bench.logs.push(
      ana,
      phone.push(
        ...Array.from({ length: count }, () =>
          phone.op('places.save', { placeId: `p${counter++}`, name: 'x', lat: 1, lng: 1 }),
        ),
      ),
    );
  /** A replica's pushes do not share a commit, so behind each but the last more is waiting. */
  const drain = (pushes: number) => Promise.all(Array.from({ length: pushes }, () => push(500)));

  beforeEach(async () => {
    bench = createSyncBench();
    await makeGroup(bench);
    phone = testReplica('ana');
    counter = 0;
    encoded = 0;
    const deflate = (text: string) => {
      encoded++;
      encoding = nodeCodec.deflate(text);
      return encoding;
    };
    const codec = { ...nodeCodec, deflate };
    snapshots = createSnapshots({ ...bench, codec, onBug: bench.bugs.push });
  });

  it('[SN10] is not made for a few ops', async () => {
    await drain(9);
    equal(encoded, 0);
  });

  it('[SN10] is made once, at the end of a long drain', async () => {
    const during: number[] = [];
    bench.bus.subscribe(() => during.push(encoded));
    await drain(24);
    await turnOver();
    equal(encoded, 1);
    deepEqual(new Set(during), new Set([0]));
  });

  it('[SN10] is kept before its server stops', async () => {
    await drain(24);
    await snapshots.close();
    ok(((await bench.store.snapshots.get(road))?.cursor[1] ?? 0) > 12_000);
  });

  it('[SN10] is made all the same of a log that never rests', async () => {
    const during: number[] = [];
    bench.bus.subscribe(() => during.push(encoded));
    await drain(45);
    ok(during.includes(1));
  });

  it('[SN10] follows in time where a little is said now and then', async () => {
    await drain(24);
    await turnOver();
    equal(encoded, 1);
    await encoding;
    await push(500);
    equal(encoded, 1);
    bench.clock.advance(20_000);
    await push(1);
    await turnOver();
    equal(encoded, 2);
  });
});
