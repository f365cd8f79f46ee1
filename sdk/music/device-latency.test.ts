import { equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import './buffer-engine.ts';
import './element-engine.ts';
import { type ListenBench, listenBench, rain, road } from './listen-bench.ts';
import type { EngineKind } from './listener.ts';

describe('a device that is heard later than its browser says', () => {
  let time: VirtualScheduler;
  let bench: ListenBench;

  beforeEach(() => {
    time = virtualScheduler();
    bench = listenBench(time);
  });

  for (const engine of ['buffer', 'element'] satisfies readonly EngineKind[]) {
    it(`[SD1] sounds so much earlier, as it starts: ${engine}`, async () => {
      const { listener, audio } = bench.listen();
      listener.preferredEngine = engine;
      listener.latencyMs = 150;
      bench.play(road, 0);
      await time.advance(8_000);
      const driftMs = bench.realDriftMs(audio);
      ok(Math.abs(driftMs - 150) < 1, `${driftMs} ms ahead`);
      ok(Math.abs(listener.driftMs$.value ?? 9) < 1, 'is in step by its own word');
    });

    it(`[SD1] sounds so much earlier when it is nudged, at no more than half a percent: ${engine}`, async () => {
      const { listener, audio } = bench.listen();
      listener.preferredEngine = engine;
      bench.play(road, 0);
      await time.advance(8_000);
      const starts = audio.starts.length;
      listener.latencyMs = 10;
      await time.advance(8_000);
      const driftMs = bench.realDriftMs(audio);
      ok(Math.abs(driftMs - 10) < 1, `${driftMs} ms ahead`);
      equal(audio.starts.length, starts);
      ok(audio.rates.every((rate) => Math.abs(rate - 1) <= 0.005 + 1e-9));
    });
  }

  it('[SD1] is there within two seconds after a long way', async () => {
    const { listener, audio } = bench.listen();
    bench.play(road, 0);
    await time.advance(8_000);
    listener.latencyMs = 180;
    await time.advance(2_000);
    const driftMs = bench.realDriftMs(audio);
    ok(Math.abs(driftMs - 180) < 1, `${driftMs} ms ahead`);
  });

  it('[SD1] changes tracks so much earlier, too', async () => {
    const { listener, audio } = bench.listen();
    listener.latencyMs = 150;
    const endsIn = 12_000;
    bench.play(road, 200_000 - endsIn, { nextItem: rain });
    await time.advance(endsIn - 50);
    // The group is at the end of one track, this loudspeaker already in the other.
    const heardMs = audio.heardMs() ?? Number.NaN;
    ok(Math.abs(heardMs - 100) < 2, `${heardMs} ms into the next track`);
    bench.play(rain, 0, { atServerMs: bench.serverNow() + 50 });
    await time.advance(5_000);
    const driftMs = bench.realDriftMs(audio);
    ok(Math.abs(driftMs - 150) < 1, `${driftMs} ms ahead`);
  });
});
