import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { emptyState, foldVersion } from '../merge/fold.ts';
import { encodeSnapshot } from '../merge/snapshot.ts';
import { JamzError } from '../protocol/errors.ts';
import type { ReplicaId, Scope } from '../protocol/ids.ts';
import { Deposed, type Journal, type JournalWrite } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { Ledger } from './ledger.ts';
import type { PendingOp } from './pending-op.ts';
import { pendingAdd } from './test-pending.ts';

const crew: Scope = 'g:crew';

/** A disk whose writes end when a test says so. */
class SlowDisk implements Journal {
  readonly kind = 'disk';
  readonly writes: JournalWrite[] = [];
  closed = false;
  readonly #inner = memoryJournal('phone');
  readonly #waiting: ((error?: Error) => void)[] = [];

  load = () => this.#inner.load();
  lead = () => this.#inner.lead();
  acked: Journal['acked'] = (...which) => this.#inner.acked(...which);
  async write(change: JournalWrite, term?: number): Promise<readonly number[]> {
    this.writes.push(change);
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push((error) => (error ? reject(error) : resolve()));
    });
    return this.#inner.write(change, term);
  }
  async close(): Promise<void> {
    this.closed = true;
  }

  /** Ends the oldest write and lets everybody hear of it. */
  async end(error?: Error): Promise<void> {
    this.#waiting.shift()?.(error);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('ledger', () => {
  let disk: SlowDisk;
  let ledger: Ledger;
  let stored: PendingOp[];
  let told: string[];
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const ids = (write: JournalWrite | undefined): string[] =>
    (write?.enqueue ?? []).map(({ op }) => op.opId);

  beforeEach(async () => {
    disk = new SlowDisk();
    stored = [];
    told = [];
    let made = 0;
    const newReplicaId = (): ReplicaId => {
      made += 1;
      return `memory-${made}`;
    };
    ledger = new Ledger(disk, await disk.lead(), newReplicaId, {
      stored: (ops) => stored.push(...ops),
      degraded: (error, replicaId) => told.push(`${error.code} ${replicaId}`),
      deposed: () => told.push('deposed'),
    });
  });

  it('[ST2] puts everything of one turn into one write', async () => {
    ledger.enqueue(pendingAdd('a'));
    ledger.update(pendingAdd('b', { number: 1, stage: 'ready' }));
    ledger.enqueue(pendingAdd('c'));
    await turn();
    equal(disk.writes.length, 1);
    deepEqual(ids(disk.writes[0]), ['a', 'c']);
    equal(disk.writes[0]?.update.length, 1);
  });

  it('[ST2] puts everything that comes during a write into the next one', async () => {
    ledger.enqueue(pendingAdd('a'));
    await turn();
    for (const opId of ['b', 'c', 'd']) {
      ledger.enqueue(pendingAdd(opId));
      await turn();
    }
    equal(disk.writes.length, 1);
    await disk.end();
    deepEqual(ids(disk.writes[1]), ['b', 'c', 'd']);
    equal(disk.writes.length, 2);
  });

  it('[OB4] tells of ops once they are stored, numbered in the order in which they were made', async () => {
    for (const opId of ['a', 'b', 'c']) ledger.enqueue(pendingAdd(opId));
    await turn();
    equal(stored.length, 0);
    await disk.end();
    deepEqual(
      stored.map(({ op }) => `${op.opId} ${op.number}`),
      ['a 1', 'b 2', 'c 3'],
    );
  });

  it('waits for all that was told before it closes', async () => {
    ledger.enqueue(pendingAdd('a'));
    await turn();
    ledger.enqueue(pendingAdd('b'));
    const closing = ledger.close();
    await disk.end();
    equal(disk.closed, false);
    await disk.end();
    await closing;
    deepEqual([stored.length, disk.closed], [2, true]);
  });

  it('[ST5] [OP7] moves to memory under a new replica id when the disk fails, and loses nothing', async () => {
    ledger.enqueue(pendingAdd('a'));
    await turn();
    ledger.enqueue(pendingAdd('during'));
    await disk.end(new JamzError('storage-full', 'No room.'));
    ledger.enqueue(pendingAdd('after', { replicaId: 'memory-1' }));
    await ledger.flushed();

    deepEqual(told, ['storage-full memory-1']);
    deepEqual(
      stored.map(({ op }) => `${op.opId} ${op.replicaId} ${op.number}`),
      ['a memory-1 1', 'during memory-1 2', 'after memory-1 3'],
    );
    equal(ledger.kind, 'memory');
    equal(disk.closed, true);
  });

  it('[ST5] keeps on telling after the disk has failed', async () => {
    ledger.enqueue(pendingAdd('a'));
    await turn();
    await disk.end(new Error('The database went away.'));
    for (const opId of ['b', 'c']) {
      ledger.enqueue(pendingAdd(opId, { replicaId: 'memory-1' }));
      await ledger.flushed();
    }
    deepEqual(told, ['unavailable memory-1']);
    equal(stored.length, 3);
  });

  it('writes no folded state to memory, where it would only be a copy', async () => {
    ledger.enqueue(pendingAdd('a'));
    await turn();
    await disk.end(new Error('The database went away.'));
    equal(ledger.keepsState, false);
    ledger.snapshot(crew, () => {
      throw new Error('Nobody needs it.');
    });
  });

  it('[ST10] does not clear with a scope what came to it afterwards', async () => {
    const fold = {
      cursor: [1, 0, ''],
      foldVersion,
      json: encodeSnapshot(emptyState(crew)),
    } as const;
    ledger.enqueue(pendingAdd('before'));
    ledger.clear(crew);
    ledger.snapshot(crew, () => fold);
    ledger.enqueue(pendingAdd('after'));
    await turn();
    await disk.end();
    await disk.end();
    deepEqual(disk.writes.map(ids), [['before'], ['after']]);
    deepEqual(
      disk.writes.map(({ clear, snapshots }) => [clear.length, snapshots.length]),
      [
        [1, 0],
        [0, 1],
      ],
    );
    deepEqual(
      (await disk.load()).outbox.map(({ op }) => op.opId),
      ['after'],
    );
  });

  it('[TB4] goes on enqueueing, and nothing else, once another tab leads', async () => {
    ledger.enqueue(pendingAdd('a'));
    ledger.update(pendingAdd('b', { number: 1, stage: 'ready' }));
    await turn();
    await disk.end(new Deposed());
    await disk.end();
    deepEqual(told, ['deposed']);
    deepEqual(ids(disk.writes[1]), ['a']);
    equal(disk.writes[1]?.update.length, 0);
    deepEqual(
      stored.map(({ op }) => op.number),
      [1],
    );
    ledger.remove(pendingAdd('a', { number: 1, stage: 'acked' }));
    await ledger.flushed();
    equal(disk.writes.length, 2);
  });

  it('[TB3] writes nothing that it drafted in its term, while the write that ended it was under way', async () => {
    ledger.enqueue(pendingAdd('a'));
    await turn();
    ledger.remove(pendingAdd('b', { number: 1, stage: 'acked' }));
    ledger.enqueue(pendingAdd('c'));
    await disk.end(new Deposed());
    await disk.end();
    await disk.end();
    deepEqual(disk.writes.map(ids), [['a'], ['a'], ['c']]);
    deepEqual(disk.writes[2]?.remove, []);
  });
});
