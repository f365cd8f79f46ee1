import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { groupScope, type Scope } from '../protocol/ids.ts';
import type { Journal, OutboxEntry } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { toEntry } from './pending-op.ts';
import { pendingAdd } from './test-pending.ts';

const crew = groupScope('crew');
const van = groupScope('van');

describe('what a device kept of a group', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let cleared: Scope[];

  /** A disk with something of both groups on it. */
  const disk = (outbox: readonly OutboxEntry[] = []): Journal => {
    const memory = memoryJournal('phone');
    return {
      ...memory,
      kind: 'disk',
      load: async () => ({
        replicaId: 'phone',
        outbox,
        scopes: [crew, van].map((scope) => ({
          scope,
          snapshot: { cursor: [1, 0, ''], foldVersion: 3, json: null },
          commits: [],
        })),
      }),
      async write(change, term) {
        cleared.push(...change.clear);
        return memory.write(change, term);
      },
    };
  };
  const open = async (journal: Journal, follow: readonly Scope[] = []) => {
    const { openLink } = loopbackNetwork(server, 'ana', scheduler.after);
    const engine = await loopbackEngine({ journal, openLink, scheduler });
    for (const scope of follow) engine.follow(scope);
    engine.start();
    await scheduler.advance(1_000);
    return engine;
  };

  beforeEach(() => {
    cleared = [];
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    server.createGroup('van', [{ userId: 'bo', name: 'Bo' }]);
  });

  it('[AC14] leaves it once the person is not in that group any more, though nobody looks at it', async () => {
    const { replica } = await open(disk());
    deepEqual(cleared, [van]);
    equal(replica.scope(van).cursor, null);
    equal(replica.scope(crew).cursor?.[1], 0);
  });

  it('[AC14] [AC1] stays while something waits for it, which is told when the server ends it', async () => {
    const { replica } = await open(disk([toEntry(pendingAdd('a', { scope: van, number: 1 }))]));
    equal(replica.scope(van).pendingCount, 1);
    deepEqual(cleared, []);
  });

  it('[AC14] stays while it is followed: what becomes of that the server says of the group itself', async () => {
    await open(disk(), [van]);
    deepEqual(cleared, []);
  });
});
