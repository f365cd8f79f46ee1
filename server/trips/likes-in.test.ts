import { deepEqual } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { actor, groupState, testReplica } from '../sync/sync-fixture.ts';
import { likesIn } from './likes-in.ts';
import { minuteMs, type TripBench, tripBench } from './trips-fixture.ts';

describe('the likes of a past drive', () => {
  let bench: TripBench;
  let startMs: number;
  beforeEach(async () => {
    bench = await tripBench();
    startMs = bench.clock.nowMs();
    const items = ['one', 'two'].map((itemId) => {
      return { itemId, title: `Song ${itemId}`, url: `https://x.example/${itemId}` };
    });
    await bench.does('ana', { type: 'playlist.add', payload: { items } });
  });
  afterEach(() => bench.close());

  const likes = async (minutes: number) => {
    const found = likesIn(await groupState(bench), startMs, startMs + minutes * minuteMs);
    return found.map(({ userId, title, atMs }) => `${userId} ${title} ${atMs - startMs}`);
  };
  const like = (userId: string, itemId: string, is = true) =>
    bench.does(userId, { type: 'reactions.set', payload: { itemId, like: is } });

  it('[TR1] are those that still stand, each when it was last given', async () => {
    await like('bo', 'one');
    await like('cem', 'two');
    bench.clock.advance(minuteMs);
    await like('bo', 'two');
    await like('cem', 'two', false);
    deepEqual(await likes(0), ['bo Song one 0']);
    deepEqual(await likes(5), ['bo Song one 0', `bo Song two ${minuteMs}`]);
    await bench.does('ana', { type: 'playlist.remove', payload: { itemId: 'one' } });
    // Nobody ever played it: its title is gone with it.
    deepEqual(await likes(5), [`bo Song two ${minuteMs}`]);
  });

  it('[TR1] stand where they were given, though that was in a tunnel', async () => {
    const bo = testReplica('bo', { stampMs: startMs + 2 * minuteMs });
    bench.clock.advance(30 * minuteMs);
    const op = bo.op('reactions.set', { itemId: 'one', like: true });
    await bench.logs.push(actor('bo'), bo.push(op));
    deepEqual(await likes(5), [`bo Song one ${2 * minuteMs}`]);
  });
});
