import { equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { Settlement } from './settlement.ts';

const refusal = new JamzError('forbidden', 'No.');

/** What the process would have reported as unhandled by the end of the turn. */
async function unhandledDuring(act: () => void): Promise<unknown[]> {
  const seen: unknown[] = [];
  const note = (reason: unknown): void => void seen.push(reason);
  process.on('unhandledRejection', note);
  act();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  return seen;
}

describe('settlement', () => {
  it('[OB17] resolves for who looked before, and for who looks after', async () => {
    const settlement = new Settlement();
    const before = settlement.acked;
    settlement.settle();
    await before;
    await settlement.acked;
  });

  it('[OB17] rejects with the refusal for who looked before, and for who looks after', async () => {
    const early = new Settlement();
    const { acked } = early;
    early.settle(refusal);
    await rejects(acked, refusal);
    const late = new Settlement();
    late.settle(refusal);
    await rejects(late.acked, refusal);
  });

  it('[OB17] is never unhandled when nobody waits', async () => {
    const unhandled = await unhandledDuring(() => {
      const looked = new Settlement();
      void looked.acked;
      looked.settle(refusal);
      const late = new Settlement();
      late.settle(refusal);
      void late.acked;
    });
    equal(unhandled.length, 0);
  });

  it('[OB17] keeps its first outcome', async () => {
    const settlement = new Settlement();
    settlement.settle();
    settlement.settle(refusal);
    await settlement.acked;
  });

  it('gives everybody the same promise', () => {
    const settlement = new Settlement();
    equal(settlement.acked, settlement.acked);
  });
});
