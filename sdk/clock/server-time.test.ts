import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FineOffset } from './fine-offset.ts';
import { type Probe, probesPerBurst, ServerTime, type ServerTimeOptions } from './server-time.ts';

/** A device and a server with clocks of their own, and a link that takes its time. */
class World {
  monotonicMs = 0;
  /** The server's clock less the device's monotonic one. */
  offsetMs = 1_700_000_000_000;
  /** How much faster the server's clock runs. */
  drift = 0;
  wallErrorMs = 3_600_000;
  roundTripMs = 40;
  jitterMs = 20;
  readonly time: ServerTime;
  #random = 7;

  constructor(refine?: ServerTimeOptions['refine']) {
    this.time = new ServerTime({
      monotonicMs: () => this.monotonicMs,
      wallMs: () => this.serverMs + this.wallErrorMs,
      refine,
    });
  }

  get serverMs(): number {
    return this.offsetMs + this.monotonicMs * (1 + this.drift);
  }

  get errorMs(): number {
    return this.time.nowMs() - this.serverMs;
  }

  burst(count: number = probesPerBurst): this {
    this.time.addBurst(Array.from({ length: count }, () => this.#probe()));
    return this;
  }

  /** Bursts ten seconds apart. */
  run(bursts: number): this {
    for (let burst = 0; burst < bursts; burst++) {
      this.burst();
      this.monotonicMs += 10_000;
    }
    return this;
  }

  #probe(): Probe {
    const sentMs = this.monotonicMs;
    this.#travel();
    const serverReceivedMs = this.serverMs;
    this.monotonicMs += 0.3;
    const serverSentMs = this.serverMs;
    this.#travel();
    return { sentMs, serverReceivedMs, serverSentMs, receivedMs: this.monotonicMs };
  }

  /** Half a round trip, and now and then a retransmission. */
  #travel(): void {
    this.#random = (Math.imul(this.#random, 1_103_515_245) + 12_345) & 0x7fffffff;
    const random = this.#random / 0x7fffffff;
    const delayMs = random > 0.9 ? 300 : random * this.jitterMs;
    this.monotonicMs += this.roundTripMs / 2 + delayMs;
  }
}

describe("the server's time", () => {
  it("is the device's own until the server was asked", () => {
    const { time, serverMs, wallErrorMs } = new World();
    equal(time.nowMs(), serverMs + wallErrorMs);
    equal(time.known, false);
    equal(time.offsetMs, null);
    equal(time.roundTripMs, null);
    equal(time.uncertaintyMs, Number.POSITIVE_INFINITY);
  });

  it('[CK1] is known from one burst within a fraction of its round trip, an hour of wrong wall clock or not', () => {
    const world = new World().burst();
    ok(Math.abs(world.errorMs) < 8, `${world.errorMs}`);
    equal(Math.round((world.time.offsetMs ?? 0) / 1_000), -3_600);
    ok((world.time.roundTripMs ?? 0) >= 40);
  });

  it('[CK1] is known from a single probe', () => {
    const world = new World();
    world.jitterMs = 1;
    world.burst(1);
    ok(Math.abs(world.errorMs) < 3, `${world.errorMs}`);
  });

  it('[CK1] closes in to a millisecond or two with every burst', () => {
    const world = new World().run(60);
    ok(Math.abs(world.errorMs) < 2, `${world.errorMs}`);
  });

  it('[CK8] learns the drift and holds it through ten minutes without an answer', () => {
    const world = new World();
    world.drift = 40e-6;
    world.run(60);
    world.monotonicMs += 600_000;
    // Without the drift it would be 24 ms off.
    ok(Math.abs(world.errorMs) < 6, `${world.errorMs}`);
    ok(world.time.uncertaintyMs > 1);
  });

  it('[CK8] never runs backwards over a small correction', () => {
    const world = new World().run(3);
    let last = world.time.nowMs();
    world.offsetMs -= 200;
    for (let step = 0; step < 100; step++) {
      world.monotonicMs += 5;
      if (step % 10 === 0) world.burst();
      const now = world.time.nowMs();
      ok(now >= last);
      last = now;
    }
    ok(Math.abs(world.errorMs) < 10, `${world.errorMs}`);
  });

  it('[CK8] takes over at once when the device has slept or the server clock was set', () => {
    const world = new World().run(30);
    world.offsetMs += 120_000;
    world.burst();
    ok(Math.abs(world.errorMs) < 10, `${world.errorMs}`);
    world.offsetMs -= 120_000;
    world.burst();
    ok(Math.abs(world.errorMs) < 10, `${world.errorMs}`);
  });

  it('[CK10] is finer once what sees through jitter is there, and asks for that again where it does not come', async () => {
    let asked = 0;
    const world = new World(async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('Failed to fetch');
      return new FineOffset();
    });
    world.burst(2);
    equal(asked, 0);
    world.burst().burst().burst();
    await new Promise(setImmediate);
    const coarseMs = world.time.uncertaintyMs;
    world.burst();
    await new Promise(setImmediate);
    equal(asked, 2);
    world.run(30);
    ok(Math.abs(world.errorMs) < 0.7, `${world.errorMs}`);
    ok(world.time.uncertaintyMs < coarseMs);
    world.burst();
    equal(asked, 2);
  });

  it('[CK8] leaves out probes that cannot be true', () => {
    const world = new World().run(5);
    const before = world.errorMs;
    world.time.addBurst([
      { sentMs: 10, serverReceivedMs: 1, serverSentMs: 500, receivedMs: 20 },
      { sentMs: 10, serverReceivedMs: Number.NaN, serverSentMs: 1, receivedMs: 20 },
    ]);
    world.time.addBurst([]);
    equal(world.errorMs, before);
  });
});
