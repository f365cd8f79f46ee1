import { deepEqual } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../ports/store.ts';
import { createAuditTrail } from '../safety/audit-trail.ts';
import {
  actor,
  createSyncBench,
  makeGroup,
  type SyncBench,
  testReplica,
} from '../sync/sync-fixture.ts';
import { auditedLogs } from './audited-logs.ts';

describe('the audit of logs', () => {
  let store: Store;
  let bench: SyncBench;
  beforeEach(async () => {
    store = createSqliteStore({ path: ':memory:' });
    bench = createSyncBench(store);
    await makeGroup(bench);
  });
  afterEach(() => store.close());

  it('[ID11] notes a role that was given once, though its op comes again', async () => {
    const { clock, bugs } = bench;
    const onBug = (error: unknown) => bugs.push(error);
    const trail = createAuditTrail({ audit: store.audit, clock, days: 0, onBug });
    const logs = auditedLogs(bench.logs, trail.note);
    const phone = testReplica('ana');
    const push = phone.push(phone.op('members.role', { memberId: 'bo', role: 'moderator' }));
    await logs.push(actor('ana'), push);
    clock.advance(1_000);
    // Its answer was lost.
    await logs.push(actor('ana'), push);
    await trail.settled();
    const entries = await store.audit.list({}, 9);
    deepEqual(
      entries.map(({ kind, actorId, subjectId }) => [kind, actorId, subjectId]),
      [['role-changed', 'ana', 'bo']],
    );
    deepEqual(bugs, []);
  });
});
