import { doesNotThrow, equal, throws } from 'node:assert/strict';
import { it } from 'node:test';
import { limits } from '../../sdk/protocol/limits.ts';
import { createFloodGuard, opsPerEvent } from './flood-guard.ts';

it('A replica that brings 10,000 ops after a long way through the dark is let through', () => {
  const count = createFloodGuard({ nowMs: () => 0 });
  doesNotThrow(() => {
    for (let push = 0; push < 10_000 / limits.maxBatchOps; push++) {
      count(1);
      count(limits.maxBatchOps / opsPerEvent);
    }
  });
});

it('[WR16] A flood is told how long to wait, and after that it is heard', () => {
  let nowMs = 0;
  const count = createFloodGuard({ nowMs: () => nowMs });
  for (let event = 0; event < 300; event++) count(1);
  let waitMs = 0;
  throws(
    () => count(5),
    (error: Error & { retryAfterMs?: number }) => {
      waitMs = error.retryAfterMs ?? 0;
      return true;
    },
  );
  equal(waitMs, 50);
  nowMs += waitMs;
  doesNotThrow(() => count(5));
  throws(() => count(1), { code: 'rate-limited' });
});
