import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { ServerTime } from '../clock/server-time.ts';
import { toRuns } from '../protocol/codec.ts';
import { formatHlc, type Hlc, parseHlc, zeroHlc } from '../protocol/hlc.ts';
import type { Commit } from '../protocol/wire.ts';
import type { PendingOp } from './pending-op.ts';
import { Stamps } from './stamps.ts';
import { pendingAdd, pendingOp } from './test-pending.ts';

const serverStartMs = 1_700_000_000_000;

describe('stamps', () => {
  let passedMs: number;
  /** How wrong the device’s own clock is, ms. */
  let wrongMs: number;
  let time: ServerTime;
  let stamps: Stamps;

  beforeEach(() => {
    passedMs = 1_000;
    wrongMs = 0;
    open();
  });

  function open(): void {
    time = new ServerTime({
      monotonicMs: () => passedMs,
      wallMs: () => serverStartMs + passedMs + wrongMs,
    });
    stamps = new Stamps('tab', time);
  }
  const serverMs = (): number => serverStartMs + passedMs;
  const learnTime = (): void => {
    const nowMs = serverMs();
    time.addBurst([
      { sentMs: passedMs, serverReceivedMs: nowMs, serverSentMs: nowMs, receivedMs: passedMs },
    ]);
  };
  const tap = (): PendingOp => {
    const { opId, ...stamped } = stamps.next();
    return pendingAdd(opId, stamped);
  };
  const rebase = (ops: readonly PendingOp[]): PendingOp[] => stamps.rebase(ops, time.offsetMs ?? 0);
  const logged = (...made: Hlc[]): Commit => ({
    generation: 1,
    seq: 1,
    count: made.length,
    atMs: 0,
    hash: '',
    runs: made.flatMap((stamp, index) =>
      toRuns([pendingAdd(`x-${index}`, { number: index + 1, stamp }).op]),
    ),
  });
  const wall = ({ op }: PendingOp): number => parseHlc(op.stamp).wallMs;
  const rises = (ops: readonly PendingOp[]): boolean =>
    ops.every(({ op }, index) => index === 0 || (ops[index - 1]?.op.stamp ?? '') < op.stamp);

  it('[LG17] knows about when it is by what came from a log, before it has asked, and then by the server', () => {
    wrongMs = -110 * 24 * 3_600_000;
    open();
    equal(stamps.heardMs, 0);
    stamps.confirm(logged(formatHlc(serverMs() - 5_000, 0, 'other')));
    stamps.confirm(logged(formatHlc(serverMs() - 9_000, 0, 'other')));
    equal(stamps.heardMs, serverMs() - 5_000);
    learnTime();
    equal(stamps.heardMs, serverMs());
  });

  it('[OP1] names ops of one tab one after the other', () => {
    deepEqual([stamps.next().opId, stamps.next().opId], ['tab-1', 'tab-2']);
  });

  it('[OP11] rise even within one millisecond', () => {
    ok(rises([tap(), tap(), tap()]));
  });

  it('[CK2] are provisional until the server’s clock is known', () => {
    equal(tap().provisional, true);
    learnTime();
    equal(tap().provisional, false);
  });

  it('[CK2] move by the offset once it is known, in their order', () => {
    wrongMs = -3_600_000;
    open();
    const early = tap();
    passedMs += 500;
    const late = tap();
    learnTime();
    deepEqual(rebase([early, late]), [early, late]);
    deepEqual([wall(early), wall(late)], [serverMs() - 500, serverMs()]);
    equal(early.provisional, false);
  });

  it('[CK2] move once, not again with each measurement', () => {
    wrongMs = 5_000;
    open();
    const op = tap();
    learnTime();
    rebase([op]);
    const { stamp } = op.op;
    passedMs += 10_000;
    learnTime();
    deepEqual(rebase([op]), []);
    equal(op.op.stamp, stamp);
  });

  it('[CK4] never come below what was confirmed when the op was made', () => {
    const confirmed = formatHlc(serverMs() + 400, 3, 'other');
    stamps.confirm(logged(confirmed));
    const op = tap();
    learnTime();
    rebase([op]);
    ok(op.op.stamp > confirmed);
    equal(op.madeAfter, confirmed);
  });

  it('[CK4] never come above the server’s now, though the device’s clock jumped', () => {
    const ops = [tap(), tap()];
    wrongMs = 86_400_000;
    ops.push(tap());
    learnTime();
    wrongMs = 0;
    stamps.rebase(ops, 7_000_000);
    ok(ops.every((op) => wall(op) <= serverMs()));
    ok(rises(ops));
  });

  it('[CK4] [CK2] keep their order and their bounds whatever the clock did', () => {
    const step = fc.record({ passMs: fc.nat(2_000), jumpMs: fc.integer({ min: -1e7, max: 1e7 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        passedMs = 1_000;
        wrongMs = 0;
        open();
        const ops = steps.map(({ passMs, jumpMs }) => {
          passedMs += passMs;
          wrongMs += jumpMs;
          return tap();
        });
        learnTime();
        rebase(ops);
        ok(rises(ops));
        ok(ops.every((op) => wall(op) <= serverMs()));
        ok(tap().op.stamp > (ops.at(-1)?.op.stamp ?? ''));
      }),
    );
  });

  it('[CK3] leave alone what was sent, and put what was made after it above it', () => {
    wrongMs = -1_000;
    open();
    const sent = pendingAdd('sent', { stamp: formatHlc(serverMs() + 2_000, 0, 'before') });
    sent.frozen = true;
    const op = tap();
    learnTime();
    const { stamp } = sent.op;
    deepEqual(rebase([sent, op]), [op]);
    equal(sent.op.stamp, stamp);
    ok(rises([sent, op]));
  });

  it('[CK9] a command’s own time moves along with its stamp', () => {
    wrongMs = -3_600_000;
    open();
    const { opId, ...stamped } = stamps.next();
    const atServerMs = serverMs() + wrongMs + 250;
    const record = { itemId: null, positionMs: 0, atServerMs, playing: true, rate: 1 };
    const play = pendingOp(opId, 'playback.set', record, stamped);
    learnTime();
    rebase([play]);
    deepEqual(play.op.payload, { ...record, atServerMs: serverMs() + 250 });
  });

  it('of two scopes are all different', () => {
    wrongMs = 9_000;
    open();
    const crew = [tap(), tap()];
    const van = [tap(), tap()];
    learnTime();
    rebase(crew);
    rebase(van);
    const after = [tap(), tap()];
    const made = [...crew, ...van, ...after].map(({ op }) => op.stamp.slice(0, 14));
    equal(new Set(after.map(({ op }) => op.stamp)).size, 2);
    ok(made.slice(-2).every((stamp) => made.slice(0, 4).every((older) => older < stamp)));
  });

  it('[CK5] of ops that the server called too early are made anew, now, all different and in order', () => {
    learnTime();
    const ahead = formatHlc(serverMs() + 90_000, 0, 'tab');
    stamps.resumeAbove({ op: pendingAdd('old', { stamp: ahead }).op, provisional: true });
    const ops = [tap(), tap(), tap()];
    ok(ops.every((op) => wall(op) > serverMs() + 60_000));
    for (const op of ops) stamps.thaw(op);
    ok(rises(ops));
    ok(ops.every((op) => wall(op) <= serverMs() && !op.frozen));
  });

  it('[CK6] go above every final stamp of an earlier run, also after they were moved', () => {
    const last = formatHlc(serverMs() + 30_000, 5, 'earlier');
    stamps.resumeAbove({ op: pendingAdd('old', { stamp: last }).op, provisional: false });
    const op = tap();
    ok(op.op.stamp > last);
    learnTime();
    rebase([pendingAdd('old', { stamp: last }), op]);
    ok(op.op.stamp > last);
    ok(tap().op.stamp > op.op.stamp);
  });

  it('[CK6] go above everything that the log has', () => {
    learnTime();
    const ahead = formatHlc(serverMs() + 20_000, 7, 'zoe');
    stamps.confirm(logged(formatHlc(5, 0, 'ana'), ahead));
    const op = tap();
    ok(op.op.stamp > ahead);
    equal(op.madeAfter, ahead);
  });

  it('[CK4] leave a wrong clock behind although all that it stamped was refused at once', () => {
    wrongMs = 365 * 24 * 3_600_000;
    open();
    tap();
    learnTime();
    rebase([]);
    equal(wall(tap()) <= serverMs(), true);
  });

  it('[CK5] of ops that the server called too early are made anew now, also of an earlier run', () => {
    const early = pendingAdd('old-1', {
      stamp: formatHlc(serverMs() + 365 * 24 * 3_600_000, 0, 'old'),
      provisional: false,
    });
    stamps.resumeAbove(early);
    learnTime();
    rebase([early]);
    const { stamper } = parseHlc(early.op.stamp);
    stamps.thaw(early);
    equal(wall(early) <= serverMs(), true);
    // The wire names an op by its stamper: with another it would be taken for another op.
    equal(parseHlc(early.op.stamp).stamper, stamper);
    ok(!tap().op.stamp.endsWith(stamper));
  });

  it('know of nothing confirmed at first', () => {
    equal(tap().madeAfter, zeroHlc);
  });
});
