import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { refusalOf } from '../merge/admissible.ts';
import { groupScope } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { Journal, JournalWrite } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { OpenLink } from '../transport/link.ts';
import type { Engine } from './engine.ts';

const crew = groupScope('crew');

describe('what waits', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let asked: string[];

  const open = (journal: Journal, over: (openLink: OpenLink) => OpenLink): Promise<Engine> =>
    loopbackEngine({
      journal,
      openLink: over(loopbackNetwork(server, 'ana', scheduler.after).openLink),
      scheduler,
    });

  beforeEach(() => {
    asked = [];
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
  });

  it('[WR18] holds up no position, however many pushes nobody answers', async () => {
    // A server that takes pushes and says nothing of them for now.
    const engine = await open(memoryJournal('phone'), (openLink) => (options, events) => {
      const link = openLink(options, events);
      return {
        close: () => link.close(),
        request: <T>(event: string, payload: unknown, timeoutMs: number) => {
          asked.push(event);
          return event === 'push'
            ? new Promise<T>(() => {})
            : link.request<T>(event, payload, timeoutMs);
        },
      };
    });
    engine.follow(crew);
    engine.start();
    await scheduler.advance(500);
    for (let made = 0; made < 20 * limits.maxBatchOps; made += 1) {
      engine.submit(crew, 'messages.send', { messageId: `m${made}`, text: 'hi' });
    }
    await scheduler.advance(50);
    const before = asked.length;
    engine.report({
      scope: crew,
      deviceId: 'phone',
      mode: 'precise',
      fix: { lat: 47, lng: 8, accuracyM: 5, atMs: 1_700_000_000_000 },
    });
    await scheduler.advance(0);
    deepEqual(asked.slice(before), ['live']);
  });

  it('[WR17] adds nothing to what the next op costs: one op to write, one merge, one op to show', async () => {
    const network = loopbackNetwork(server, 'ana', scheduler.after);
    const writes: JournalWrite[] = [];
    let checks = 0;
    const journal = memoryJournal('phone');
    const engine = await loopbackEngine({
      refusalOf: (state, op, atMs) => {
        checks += 1;
        return refusalOf(state, op, atMs);
      },
      journal: {
        ...journal,
        write: (change, term) => {
          writes.push(change);
          return journal.write(change, term);
        },
      },
      openLink: network.openLink,
      scheduler,
    });
    engine.follow(crew);
    engine.start();
    await scheduler.advance(500);
    network.down();
    await scheduler.advance(500);

    const costs: string[] = [];
    let made = 0;
    for (const waiting of [10, 100, 1_000]) {
      for (; made < waiting; made += 1) {
        engine.submit(crew, 'messages.send', { messageId: `m${made}`, text: 'hi' });
      }
      await scheduler.advance(500);
      writes.length = 0;
      checks = 0;
      engine.submit(crew, 'messages.send', { messageId: `m${made}`, text: 'hi' });
      made += 1;
      await scheduler.advance(500);
      const written = writes.reduce(
        (sum, { enqueue, update, remove, commits, snapshots }) =>
          sum + enqueue.length + update.length + remove.length + commits.length + snapshots.length,
        0,
      );
      costs.push(`${checks} checked, ${written} written`);
    }
    equal(new Set(costs).size, 1, costs.join('; '));
    deepEqual(costs[0], '1 checked, 1 written');
  });
});
