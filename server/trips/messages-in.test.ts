import { deepEqual } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { road } from '../sync/sync-fixture.ts';
import { messagesIn } from './messages-in.ts';
import { minuteMs, type TripBench, tripBench } from './trips-fixture.ts';

describe('the messages of a past drive', () => {
  let bench: TripBench;
  let startMs: number;
  beforeEach(async () => {
    bench = await tripBench();
    startMs = bench.clock.nowMs();
  });
  afterEach(() => bench.close());

  const texts = async (fromMinute: number, untilMinute: number) => {
    const [fromMs, untilMs] = [startMs + fromMinute * minuteMs, startMs + untilMinute * minuteMs];
    const found = await messagesIn(bench.store, road, fromMs, untilMs);
    return found.map(({ text }) => text);
  };

  it('[TR1] are found wherever they lie in the archive, both ends included', async () => {
    deepEqual(await texts(0, 9), []);
    for (let minute = 0; minute < 500; minute++) {
      await bench.says('bo', `at ${minute}`);
      // Other ops lie in between.
      const payload = { placeId: `p${minute}`, name: 'Inn', lat: 1, lng: 2 };
      await bench.does('ana', { type: 'places.save', payload });
      bench.clock.advance(minuteMs);
    }
    deepEqual(await texts(3, 5), ['at 3', 'at 4', 'at 5']);
    deepEqual(await texts(497.5, 900), ['at 498', 'at 499']);
    deepEqual(await texts(-9, 0), ['at 0']);
    deepEqual([await texts(-9, -1), await texts(600, 700)], [[], []]);
    const all = await texts(0, 499);
    deepEqual([all.length, all[0], all.at(-1)], [500, 'at 0', 'at 499']);
  });

  it('[TR1] are as their authors last left them', async () => {
    await bench.says('bo', 'Slwoer');
    const [message] = await messagesIn(bench.store, road, startMs, startMs);
    const payload = { messageId: message?.messageId ?? '', text: 'Slower' };
    bench.clock.advance(minuteMs);
    await bench.does('bo', { type: 'messages.edit', payload });
    deepEqual(await texts(0, 0), ['Slower']);
  });
});
