import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareHlc, formatHlc, parseHlc, zeroHlc } from './hlc.ts';
import { HlcClock } from './hlc-clock.ts';

function clockAt(start: number, resumeAbove = zeroHlc): { clock: HlcClock; set(ms: number): void } {
  let wallMs = start;
  const clock = new HlcClock({ stamperId: 'tab', nowMs: () => wallMs, resumeAbove });
  return {
    clock,
    set: (ms) => {
      wallMs = ms;
    },
  };
}

describe('hybrid logical clock', () => {
  it('[OP11] rises with every tick and above all it received, whatever the wall clock does', () => {
    const step = fc.record({ wallMs: fc.nat(1e6), heardMs: fc.option(fc.nat(1e6)) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { clock, set } = clockAt(0);
        let highest = zeroHlc;
        for (const { wallMs, heardMs } of steps) {
          set(wallMs);
          if (heardMs !== null) {
            const heard = formatHlc(heardMs, 3, 'zzz');
            clock.receive(heard);
            if (compareHlc(heard, highest) > 0) highest = heard;
          }
          const tick = clock.tick();
          equal(compareHlc(tick, highest), 1);
          highest = tick;
        }
      }),
    );
  });

  it('carries the wall time while that runs ahead', () => {
    const { clock, set } = clockAt(5_000);
    equal(clock.tick(), formatHlc(5_000, 0, 'tab'));
    equal(clock.tick(), formatHlc(5_000, 1, 'tab'));
    set(5_001);
    equal(clock.tick(), formatHlc(5_001, 0, 'tab'));
  });

  it('[OP11] moves its wall on when the counter is full', () => {
    const { clock } = clockAt(5_000);
    clock.receive(formatHlc(5_000, 36 ** 4 - 1, 'other'));
    const { wallMs, counter } = parseHlc(clock.tick());
    equal(`${wallMs}.${counter}`, '5001.0');
  });

  it('[CK6] resumes above the reading that it is given', () => {
    const { clock } = clockAt(1_000, formatHlc(9_000, 7, 'zzz'));
    equal(clock.tick(), formatHlc(9_000, 8, 'tab'));
  });

  it('goes back to a floor when provisional stamps are made anew', () => {
    const { clock, set } = clockAt(3_600_000);
    clock.tick();
    set(1_000);
    clock.rebase(formatHlc(500, 0, 'other'));
    equal(clock.tick(), formatHlc(1_000, 0, 'tab'));
  });

  it('has no last reading before the first', () => {
    const { clock } = clockAt(1_000);
    equal(clock.last, zeroHlc);
    const tick = clock.tick();
    ok(clock.last === tick);
  });
});
