import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { actor, createSyncBench, makeGroup, testReplica } from './sync-fixture.ts';

describe('pushes while the store does not answer', () => {
  it('[LG10] are each told so, also those that had not had their turn', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    const away = new JamzError('unavailable', 'The database does not answer');
    let isAway = false;
    const refusals: typeof store.refusals = {
      ...store.refusals,
      async get(scope, replicaId, numbers) {
        if (!isAway) return store.refusals.get(scope, replicaId, numbers);
        // The first in the queue is told last, turns after the others.
        if (replicaId === 'phone1') await setImmediate();
        throw away;
      },
    };
    const bench = createSyncBench({ ...store, refusals });
    await makeGroup(bench);
    isAway = true;
    // A rejection that nobody listens to yet would end the process, and this test.
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((index) => {
        const phone = testReplica('ana', { replicaId: `phone${index}` });
        const op = phone.op('messages.send', { messageId: `m${index}`, text: 'hi' });
        return bench.logs.push(actor('ana'), phone.push(op));
      }),
    );
    equal(outcomes.filter((one) => one.status === 'rejected' && one.reason === away).length, 3);
    await store.close();
  });
});
