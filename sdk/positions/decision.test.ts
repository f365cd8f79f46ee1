import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import {
  type Decision,
  decided,
  ended,
  isOver,
  isSame,
  keptDecision,
  merged,
  overrules,
  undecided,
} from './decision.ts';

const nowMs = 1_700_000_000_000;
const said = (number: number, more: Partial<Decision> = {}): Decision => ({
  ...{ mode: 'precise', untilMs: null, number, sinceMs: nowMs, heldAtMs: nowMs },
  ...more,
});

describe('what was decided about sharing', () => {
  it('[PS24] is what was said last', () => {
    equal(overrules(said(2), said(1, { mode: 'off' })), true);
    equal(overrules(said(1, { mode: 'off' }), said(2)), false);
    equal(overrules(said(1), undecided), true);
    equal(overrules(said(1), said(1)), false);
  });

  it('[PS24] is the one that shows less, or for less long, of two said at once', () => {
    const coarse = said(3, { mode: 'coarse' });
    const brief = said(3, { untilMs: nowMs + 60_000 });
    deepEqual([overrules(coarse, said(3)), overrules(said(3), coarse)], [true, false]);
    deepEqual(
      [overrules(said(3, { mode: 'off' }), coarse), overrules(brief, said(3))],
      [true, true],
    );
    equal(overrules(said(3), brief), false);
  });

  it('[PS25] is over at its time, and where no page held to it for a quarter of an hour', () => {
    equal(isOver(said(1), nowMs + 14 * 60_000), false);
    equal(isOver(said(1), nowMs + 16 * 60_000), true);
    // A clock that was set back does not keep it for ever.
    equal(isOver(said(1), nowMs - 16 * 60_000), true);
    equal(isOver(said(1, { untilMs: nowMs + 1 }), nowMs), false);
    equal(isOver(said(1, { untilMs: nowMs }), nowMs), true);
    equal(isOver(undecided, nowMs), true);
  });

  it('[PS12] [PS3] keeps when off and coarse were said, whichever tab knows it', () => {
    const clocks = { serverNowMs: nowMs, nowMs };
    const off = decided(said(1), { mode: 'off', untilMs: null }, clocks);
    const stale = said(off.number + 1);
    deepEqual(
      [off.offAtMs, merged(stale, off).mode, merged(stale, off).offAtMs],
      [nowMs, 'precise', nowMs],
    );
    equal(isSame(merged(stale, off), stale), false);
    const later = decided(off, { mode: 'coarse', untilMs: null }, clocks);
    deepEqual([later.number > off.number, later.offAtMs, later.coarseAtMs], [true, nowMs, nowMs]);
    equal(overrules(ended(later), later), true);
    equal(overrules(said(later.number + 1), ended(later)), true);
  });

  it('is kept for each person and group, and anything else that lies there is none', async () => {
    const marks = memoryKeyValue();
    const kept = keptDecision(marks, 'ana', 'crew');
    equal(await kept.read(), undefined);
    await kept.keep(said(1));
    deepEqual(await kept.read(), said(1));
    equal(await keptDecision(marks, 'bo', 'crew').read(), undefined);
    for (const other of [
      null,
      7,
      {},
      { ...said(1), mode: 'toString' },
      { ...said(1), number: '1' },
    ]) {
      await marks.set('sharing:ana:crew', other);
      equal(await kept.read(), undefined);
    }
  });
});
