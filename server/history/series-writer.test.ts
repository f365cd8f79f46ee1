import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { virtualScheduler } from '../../sdk/testing/virtual-scheduler.ts';
import type { Point } from '../ports/time-series.ts';
import { createSeriesWriter } from './series-writer.ts';

const play = (atMs: number): Point => ({
  ...{ series: 'plays', tags: { site: 's1', group: 'road' }, atMs },
  fields: { plays: 1, heardMs: 5 },
});

function atWork(maxWaiting?: number) {
  const time = virtualScheduler();
  const written: Point[][] = [];
  const states: string[] = [];
  const refused: unknown[] = [];
  /** What the next writes come to; none left: they succeed. */
  const fate: { answer: (points: readonly Point[]) => Promise<void> | undefined } = {
    answer: () => undefined,
  };
  const writer = createSeriesWriter({
    series: {
      async write(points) {
        await fate.answer(points);
        written.push([...points]);
      },
    },
    timers: time,
    random: () => 0.5,
    processId: 'p1',
    onState: (state) => states.push(state),
    onRefused: (error) => refused.push(error),
    ...(maxWaiting === undefined ? {} : { maxWaiting }),
  });
  const times = () =>
    written
      .flat()
      .filter(({ series }) => series === 'plays')
      .map(({ atMs }) => atMs);
  return { ...time, writer, written, states, refused, fate, times };
}

const away = async (): Promise<void> => {
  throw new JamzError('unavailable', 'It does not answer');
};

describe('the writer of time series', () => {
  it('gathers points for a second and writes them together', async () => {
    const { writer, written, advance } = atWork();
    for (let at = 0; at < 5; at++) writer.add(play(at));
    await advance(999);
    equal(written.length, 0);
    await advance(1);
    deepEqual(
      written.map((batch) => batch.length),
      [5],
    );
    equal(writer.waiting, 0);
  });

  it('writes at once what is a whole batch, a thousand at a time', async () => {
    const { writer, written, advance } = atWork();
    for (let at = 0; at < 2_500; at++) writer.add(play(at));
    await advance(1_000);
    await advance(1_000);
    deepEqual(
      written.map((batch) => batch.length),
      [1_000, 1_000, 500],
    );
  });

  it('[PS17] keeps what cannot be written, in its order, and asks less and less often', async () => {
    const { writer, fate, states, times, advance } = atWork();
    let tries = 0;
    fate.answer = () => {
      tries += 1;
      return away();
    };
    writer.add(play(1));
    await advance(60_000);
    const inAMinute = tries;
    await advance(600_000);
    equal(inAMinute <= 8, true, `${inAMinute} tries`);
    equal(tries - inAMinute <= 42, true, `${tries} tries`);
    writer.add(play(2));
    fate.answer = () => undefined;
    await advance(60_000);
    deepEqual(times(), [1, 2]);
    deepEqual(states, ['away', 'back']);
  });

  it('[PS17] holds no more than it may, and tells from when to when points are missing', async () => {
    const { writer, fate, written, times, advance } = atWork(100);
    fate.answer = away;
    for (let at = 0; at < 250; at++) writer.add(play(at));
    await advance(10_000);
    equal(writer.waiting, 100);
    deepEqual(writer.openGaps(), [{ series: 'plays', fromMs: 100, untilMs: 249, missing: 150 }]);
    fate.answer = () => undefined;
    await advance(60_000);
    writer.add(play(300));
    await advance(2_000);
    deepEqual(times(), [...Array.from({ length: 100 }, (_, at) => at), 300]);
    deepEqual(
      written.flat().filter(({ series }) => series === 'gaps'),
      [
        {
          ...{ series: 'gaps', tags: { of: 'plays', process: 'p1' }, atMs: 100 },
          fields: { untilMs: 249, missing: 150 },
        },
      ],
    );
    deepEqual(writer.openGaps(), []);
  });

  it('[PS17] drops one point that is never taken, tells it, and writes the others of its batch', async () => {
    const { writer, fate, refused, times, advance } = atWork();
    fate.answer = async (points) => {
      if (points.some(({ atMs }) => atMs === 3)) throw new JamzError('invalid', 'No such time');
    };
    for (let at = 0; at < 8; at++) writer.add(play(at));
    await advance(1_000);
    await advance(5_000);
    deepEqual(times(), [0, 1, 2, 4, 5, 6, 7]);
    equal(refused.length, 1);
  });

  it('[PS17] keeps what is left where the series go away while a batch is taken apart', async () => {
    const { writer, fate, times, advance } = atWork();
    let writes = 0;
    fate.answer = async () => {
      writes += 1;
      if (writes === 1) throw new JamzError('invalid', 'Not these');
      if (writes < 4) await away();
    };
    for (let at = 0; at < 4; at++) writer.add(play(at));
    await advance(60_000);
    deepEqual(times().sort(), [0, 1, 2, 3]);
  });

  it('[PS16] drops what waits and what is on its way before it is forgotten', async () => {
    const { writer, fate, times, advance, after } = atWork();
    fate.answer = () => new Promise((resolve) => after(500, () => resolve()));
    writer.add(play(1));
    await advance(1_000);
    writer.add(play(2));
    let dropped = false;
    const dropping = writer
      .drop(({ atMs }) => atMs === 2)
      .then(() => {
        dropped = true;
      });
    await advance(0);
    equal(dropped, false, 'the batch is on its way still');
    await advance(600);
    await dropping;
    await advance(5_000);
    deepEqual(times(), [1]);
  });

  it('writes what waits when it is closed, and waits two seconds at most', async () => {
    const { writer, times, advance } = atWork();
    writer.add(play(1));
    await writer.close();
    deepEqual(times(), [1]);
    writer.add(play(2));
    await advance(5_000);
    deepEqual(times(), [1]);

    const slow = atWork();
    slow.fate.answer = () => new Promise(() => {});
    slow.writer.add(play(1));
    let over = false;
    const closing = slow.writer.close().then(() => {
      over = true;
    });
    await slow.advance(1_999);
    equal(over, false);
    await slow.advance(1);
    await closing;
  });
});
