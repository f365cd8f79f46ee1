import { deepEqual, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ClientSession, MongoNetworkError, Timestamp } from 'mongodb';
import { createGate } from './gate.ts';

describe('The gate to the database', () => {
  it('begins each operation at the latest time that any was told, also after one that failed', async () => {
    const { startSession, begunAt } = fakeSessions([3, 9, 5, 7]);
    const { run } = createGate({ startSession });
    await run(async () => {});
    await rejects(run(() => Promise.reject(new Error('no'))));
    await run(async () => {});
    await run(async () => {});
    deepEqual(begunAt, [0, 3, 9, 9]);
  });

  it('does without sessions where the server knows none', async () => {
    const { run } = createGate({ startSession: () => undefined });
    deepEqual(await run(async (within) => within), {});
  });

  it('answers unavailable, with a time to come back, where the link breaks', async () => {
    const { run } = createGate({ startSession: () => undefined });
    const broken = run(() => Promise.reject(new MongoNetworkError('reset')));
    await rejects(broken, { code: 'unavailable', retryAfterMs: 2_000 });
    const ended = Object.assign(new Error('ended by the other party'), { code: 'EPIPE' });
    await rejects(
      run(() => Promise.reject(ended)),
      { code: 'unavailable' },
    );
  });

  it('closes once all that is under way is done, and lets nothing in after that', async () => {
    const gate = createGate({ startSession: () => undefined });
    const first = Promise.withResolvers<void>();
    const steps: string[] = [];
    const store = gate.guarded({
      async write() {
        await first.promise;
        steps.push(await gate.run(async () => 'second step'));
      },
    });
    const writing = store.write();
    const closing = gate.close().then(() => steps.push('closed'));
    await rejects(store.write(), { code: 'unavailable' });
    first.resolve();
    await Promise.all([writing, closing]);
    deepEqual(steps, ['second step', 'closed']);
  });
});

/** Sessions that are told these times by the server, one after the other, and what they were begun with. */
function fakeSessions(times: readonly number[]) {
  const begunAt: number[] = [];
  let count = 0;
  const startSession = (): ClientSession => {
    const index = count++;
    begunAt.push(0);
    const session = {
      operationTime: Timestamp.fromBits(times[index] ?? 0, 0),
      advanceOperationTime: (time: Timestamp) => {
        begunAt[index] = time.getLowBits();
      },
      endSession: async () => {},
    };
    // A cast: the gate uses no more of a session than this.
    return session as unknown as ClientSession;
  };
  return { startSession, begunAt };
}
