import { equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import './buffer-engine.ts';
import { numberedFile } from './fake-buffer.ts';
import { type ListenBench, listenBench, rain, road } from './listen-bench.ts';

describe('a track that is decoded in pieces', () => {
  let time: VirtualScheduler;
  let bench: ListenBench;

  beforeEach(() => {
    time = virtualScheduler();
    bench = listenBench(time);
  });

  it('decodes a long file in pieces, and stays in step across their joints on an audio clock that is off', async () => {
    const { listener, audio } = bench.listen({ skewPpm: 100 });
    audio.answer = () => new Response(numberedFile(180));
    bench.play({ ...road, durationMs: 180_000 }, 0);
    await time.advance(2_000);
    let worst = 0;
    for (let ms = 2_000; ms < 170_000; ms += 730) {
      await time.advance(730);
      worst = Math.max(worst, Math.abs(bench.realDriftMs(audio)));
    }
    equal(listener.engine, 'buffer');
    ok(worst < 1, `${worst} ms`);
    ok(audio.decodedSeconds < 190, `${audio.decodedSeconds} s decoded`);
    ok(audio.starts.length >= 17);
    ok(audio.rates.every((rate) => Math.abs(rate - 1) <= 0.005));
  });

  it('works a hitch of an eighth of a second off within 35 s, by no more than half a percent, and says how far it is', async () => {
    const { listener, audio } = bench.listen();
    audio.answer = () => new Response(numberedFile(180));
    bench.play({ ...road, durationMs: 180_000 }, 0);
    await time.advance(20_000);
    const starts = audio.starts.filter(({ position }) => position > 0).length;
    audio.jumpMs(-125);
    await time.advance(10_000);
    const toldMs = listener.driftMs$.value ?? 0;
    ok(Math.abs(toldMs - bench.realDriftMs(audio)) < 5, `${toldMs} ms told`);
    await time.advance(25_000);
    ok(Math.abs(bench.realDriftMs(audio)) < 1, `${bench.realDriftMs(audio)} ms left`);
    equal(audio.starts.filter(({ position }) => position > 0).length, starts);
    ok(audio.rates.every((rate) => Math.abs(rate - 1) <= 0.005));
  });

  it('joins a long file late by decoding what sounds there, and little else', async () => {
    const { listener, audio } = bench.listen();
    audio.answer = () => new Response(numberedFile(600));
    bench.play({ ...road, durationMs: 600_000 }, 300_000);
    await time.advance(1_000);
    equal(listener.state$.value.kind, 'playing');
    ok(Math.abs(bench.realDriftMs(audio)) < 1, `${bench.realDriftMs(audio)} ms`);
    ok(audio.decodedSeconds < 25, `${audio.decodedSeconds} s decoded`);
    bench.play({ ...road, durationMs: 600_000 }, 120_000, { atServerMs: bench.serverNow() + 250 });
    await time.advance(1_000);
    ok(Math.abs(bench.realDriftMs(audio)) < 1, `${bench.realDriftMs(audio)} ms`);
  });

  it('begins the next track on the sample where this one ends, in pieces too, and so one that is repeated', async () => {
    for (const next of [rain, road]) {
      const { listener, audio } = bench.listen();
      audio.answer = () => new Response(numberedFile(200));
      bench.play(road, 175_000, next === rain ? { nextItem: rain } : { repeat: 'one' });
      const endsAtMs = bench.serverNow() + 25_000;
      await time.advance(24_900);
      const starts = audio.starts.length;
      await time.advance(endsAtMs - bench.serverNow());
      bench.play(next, 0, { atServerMs: endsAtMs });
      for (let ms = 20; ms < 2_000; ms += 20) {
        await time.advance(20);
        ok(Math.abs(bench.realDriftMs(audio)) < 1, `${bench.realDriftMs(audio)} ms after ${ms} ms`);
      }
      // One more piece of it at most; it was not started anew.
      ok(audio.starts.length <= starts + 1);
      listener.stop();
    }
  });

  it('is silent where decoding comes too late, and in step again once it is there', async () => {
    const { listener, audio } = bench.listen();
    audio.answer = () => new Response(numberedFile(600));
    bench.play({ ...road, durationMs: 600_000 }, 0);
    await time.advance(3_000);
    const release = audio.holdDecoding();
    await time.advance(40_000);
    equal(audio.heardMs(), undefined);
    equal(listener.state$.value.kind, 'buffering');
    release();
    await time.advance(2_000);
    equal(listener.state$.value.kind, 'playing');
    ok(Math.abs(bench.realDriftMs(audio)) < 1, `${bench.realDriftMs(audio)} ms`);
  });

  it('is decoded as a whole where a browser does not give the same in pieces', async () => {
    const { listener, audio } = bench.listen();
    audio.answer = () => new Response(numberedFile(100));
    audio.spoilStretches();
    bench.play({ ...road, durationMs: 100_000 }, 0);
    await time.advance(20_000);
    equal(listener.state$.value.kind, 'playing');
    equal(listener.engine, 'buffer');
    ok(Math.abs(bench.realDriftMs(audio)) < 1, `${bench.realDriftMs(audio)} ms`);
    ok(audio.decodedSeconds > 100, `${audio.decodedSeconds} s decoded`);
  });
});
