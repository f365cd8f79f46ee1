import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupScope, type OpId } from '../protocol/ids.ts';
import type { Cursor } from '../protocol/wire.ts';
import type { OutboxEntry } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import { Follower } from './follower.ts';
import { toEntry } from './pending-op.ts';
import type { TabMessage } from './tabs.ts';
import { pendingAdd } from './test-pending.ts';

const crew = groupScope('crew');
const cafe = groupScope('cafe');
const cursor: Cursor = [1, 2, 'two'];

describe('what a tab that follows has set aside', () => {
  it('[TB6] is what the leader has: what one before it set aside in memory alone can be retried by nobody', async () => {
    let hear: (message: TabMessage) => void = () => {};
    const follower = await Follower.open(
      {
        userId: 'ana',
        journal: memoryJournal('ana-browser'),
        scheduler: virtualScheduler(),
        random: Math.random,
        tabs: {
          post() {},
          listen(listener) {
            hear = listener;
            return () => {};
          },
          close() {},
        },
      },
      { changed() {}, live() {}, groups() {}, ended() {} },
    );
    const aside = (opId: OpId): OutboxEntry => ({
      ...toEntry(pendingAdd(opId, { number: 1, replicaId: 'ana-memory' })),
      setAside: { code: 'forbidden', message: 'No.', atMs: 0 },
    });
    const kept = (): OpId[] => follower.replica.setAside.map(({ op }) => op.opId);

    hear({ kind: 'state', scope: crew, cursor, waiting: [aside('one'), aside('two')] });
    deepEqual(kept(), ['one', 'two']);
    hear({ kind: 'state', scope: cafe, cursor, waiting: [] });
    deepEqual(kept(), ['one', 'two'], 'another group says nothing of this one');
    hear({ kind: 'state', scope: crew, cursor, waiting: [aside('two')] });
    deepEqual(kept(), ['two']);
    await follower.close();
  });
});
