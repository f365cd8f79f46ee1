import { ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../testing/seeded-random.ts';
import { FineOffset, type OffsetBounds } from './fine-offset.ts';

interface LinkOptions {
  /** How much faster the other clock runs, parts in a million. */
  readonly ppm?: number;
  /** One way, ms: at least, and how much more at most. */
  readonly leastMs?: number;
  readonly jitterMs?: number;
  /** Share of the ways that take up to 300 ms longer. */
  readonly lost?: number;
}

/** Two clocks and a link whose two ways jitter each for itself. */
class Link {
  atMs = 0;
  shiftMs = 1_700_000_000_000;
  ppm: number;
  readonly fine = new FineOffset();
  readonly #leastMs: number;
  readonly #jitterMs: number;
  readonly #lost: number;
  readonly #random: () => number;

  constructor(seed: number, { ppm = 0, leastMs = 20, jitterMs = 40, lost = 0 }: LinkOptions = {}) {
    this.#random = seededRandom(seed);
    this.ppm = ppm;
    this.#leastMs = leastMs;
    this.#jitterMs = jitterMs;
    this.#lost = lost;
  }

  get errorMs(): number {
    return this.fine.offsetAt(this.atMs) - this.#offsetMs;
  }

  get #offsetMs(): number {
    return this.shiftMs + (this.atMs * this.ppm) / 1e6;
  }

  /** Three bursts of eight, as on a new link. */
  join(): this {
    for (let burst = 0; burst < 3; burst++)
      this.fine.add(Array.from({ length: 8 }, () => this.#ask()));
    return this;
  }

  /** A probe each 0.9 s, told eight at a time. */
  run(seconds: number): this {
    const untilMs = this.atMs + seconds * 1_000;
    while (this.atMs < untilMs) {
      this.fine.add(
        Array.from({ length: 8 }, () => {
          this.atMs += 900;
          return this.#ask();
        }),
      );
    }
    return this;
  }

  /** The errors over some time to come, of which the run's are looked at after each burst. */
  errorsOver(seconds: number): readonly number[] {
    const errors: number[] = [];
    const untilMs = this.atMs + seconds * 1_000;
    while (this.atMs < untilMs) errors.push(Math.abs(this.run(7).errorMs));
    return errors;
  }

  #ask(): OffsetBounds {
    const sentMs = this.atMs;
    this.#travel();
    const serverMs = this.atMs + this.#offsetMs;
    this.#travel();
    return {
      atMs: (sentMs + this.atMs) / 2,
      leastMs: serverMs - this.atMs,
      mostMs: serverMs - sentMs,
    };
  }

  #travel(): void {
    const isLost = this.#random() < this.#lost;
    this.atMs += this.#leastMs + this.#random() * (isLost ? 300 : this.#jitterMs);
  }
}

/** Of links with many seeds: where chance decides, one of them proves nothing. */
function ofMany(options: LinkOptions, look: (link: Link) => readonly number[]): readonly number[] {
  return Array.from({ length: 20 }, (_, seed) => look(new Link(seed + 1, options)))
    .flat()
    .map(Math.abs)
    .sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

describe('the fine offset', () => {
  it('[CK10] sees through 80 ± 40 ms of jitter, each way for itself: to a millisecond after joining', () => {
    const errors = ofMany({}, (link) => [link.join().errorMs]);
    ok(quantile(errors, 0.5) < 1.2, `${quantile(errors, 0.5)}`);
    ok(quantile(errors, 0.95) < 4, `${quantile(errors, 0.95)}`);
  });

  for (const ppm of [0, 100, -100]) {
    it(`[CK10] and to a fifth of one after two minutes, with crystals ${ppm} ppm apart`, () => {
      const errors = ofMany({ ppm }, (link) => link.join().run(120).errorsOver(300));
      ok(quantile(errors, 0.5) < 0.3, `${quantile(errors, 0.5)}`);
      ok(quantile(errors, 0.95) < 1.2, `${quantile(errors, 0.95)}`);
    });
  }

  it('[CK10] nor do packets that are lost now and then spoil it', () => {
    const errors = ofMany({ ppm: 30, lost: 0.1 }, (link) => link.join().run(120).errorsOver(300));
    ok(quantile(errors, 0.5) < 0.3, `${quantile(errors, 0.5)}`);
    ok(quantile(errors, 0.95) < 1.5, `${quantile(errors, 0.95)}`);
  });

  it('[CK10] knows a still link to hundredths', () => {
    const errors = ofMany({ ppm: 100, leastMs: 0.2, jitterMs: 0.8 }, (link) =>
      link.join().run(60).errorsOver(120),
    );
    ok(quantile(errors, 0.95) < 0.06, `${quantile(errors, 0.95)}`);
  });

  it('[CK10] holds the drift through ten minutes without an answer, and says how unsure it has become', () => {
    const errors = ofMany({ ppm: 100 }, (link) => {
      link.join().run(240);
      link.atMs += 600_000;
      ok(link.fine.deviationMs(link.atMs) > Math.abs(link.errorMs) / 8);
      return [link.errorMs];
    });
    ok(quantile(errors, 0.5) < 3, `${quantile(errors, 0.5)}`);
    ok((errors.at(-1) ?? 0) < 12, `${errors.at(-1)}`);
  });

  for (const stepMs of [120_000, -120_000, 60, -60]) {
    it(`[CK8] takes a clock that was set by ${stepMs} ms over with the next burst, and keeps the drift`, () => {
      const errors = ofMany({ ppm: 50 }, (link) => {
        link.join().run(240);
        link.shiftMs += stepMs;
        return [link.run(7).errorMs, link.run(30).errorMs];
      });
      ok((errors.at(-1) ?? 0) < 16, `${errors.at(-1)}`);
      ok(quantile(errors, 0.5) < 2, `${quantile(errors, 0.5)}`);
    });
  }

  it('[CK8] follows a server whose clock is slewed', () => {
    const errors = ofMany({ leastMs: 0.3, jitterMs: 1 }, (link) => {
      link.join().run(200);
      // From here on 400 ppm faster, as a time daemon does it.
      link.shiftMs -= (link.atMs * 400) / 1e6;
      link.ppm = 400;
      return link.errorsOver(60).slice(2);
    });
    ok((errors.at(-1) ?? 0) < 5, `${errors.at(-1)}`);
  });

  it('[CK10] a way that becomes shorter is no clock that was set: what was proved stays', () => {
    const link = new Link(5, { leastMs: 40, jitterMs: 60 }).join().run(60);
    const near = { atMs: link.atMs, leastMs: link.shiftMs - 5, mostMs: link.shiftMs + 5 };
    link.fine.add(Array.from({ length: 8 }, () => near));
    ok(Math.abs(link.errorMs) < 5.1, `${link.errorMs}`);
    ok(Math.abs(link.run(7).errorMs) < 5.1, `${link.errorMs}`);
  });
});
