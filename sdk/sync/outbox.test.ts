import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { limits } from '../protocol/limits.ts';
import { Outbox } from './outbox.ts';
import type { PendingOp } from './pending-op.ts';
import { type PendingDetails, pendingAdd, pendingOp } from './test-pending.ts';

const everywhere = (): boolean => true;

describe('outbox', () => {
  let outbox: Outbox;
  let pending: Map<string, PendingOp>;
  let numbered: number;

  beforeEach(() => {
    pending = new Map();
    numbered = 0;
    outbox = new Outbox((opId, scope) => {
      const found = pending.get(opId);
      return found?.scope === scope ? found : undefined;
    });
  });

  const put = (op: PendingOp): PendingOp => {
    pending.set(op.op.opId, op);
    outbox.add(op);
    return op;
  };
  const details = (more: PendingDetails): PendingDetails => {
    numbered += 1;
    return { number: numbered, ...more };
  };
  const add = (opId: string, more: PendingDetails = {}): PendingOp =>
    put(pendingAdd(opId, details(more)));
  const play = (opId: string, more: PendingDetails = {}): PendingOp =>
    put(
      pendingOp(
        opId,
        'playback.set',
        { itemId: null, positionMs: 0, atServerMs: 0, playing: true, rate: 1 },
        details(more),
      ),
    );
  const like = (opId: string, more: PendingDetails = {}): PendingOp =>
    put(pendingOp(opId, 'reactions.set', { itemId: 'x', like: true }, details(more)));
  const take = (nowMs = 0, maxOps = 500, allowed: (scope: string) => boolean = everywhere) =>
    outbox.take(nowMs, allowed, maxOps)?.ops.map(({ op }) => op.opId);
  const backAgain = (...ops: PendingOp[]): void => {
    for (const op of ops) {
      op.stage = 'ready';
      outbox.add(op);
    }
  };

  it('[OP19] holds an op that names an upload, and what depends on it, until the upload is over', () => {
    const held = add('held', { dependsOn: ['~song'] });
    play('play', { dependsOn: ['held'] });
    add('other');
    deepEqual(take(), ['other']);
    equal(take(), undefined);
    equal(outbox.nextDueMs(), undefined);
    held.dependsOn = [];
    outbox.released('~song');
    deepEqual(take(), ['held']);
    held.stage = 'acked';
    outbox.released('held');
    deepEqual(take(), ['play']);
  });

  it('[OP19] holds an op until each upload that it names is over', () => {
    const held = add('held', { dependsOn: ['~one', '~two'] });
    equal(take(), undefined);
    held.dependsOn = ['~two'];
    outbox.released('~one');
    equal(take(), undefined);
    held.dependsOn = [];
    outbox.released('~two');
    deepEqual(take(), ['held']);
  });

  it('[OB1] sends by priority, then in the order made', () => {
    like('like');
    add('one');
    play('play');
    add('two');
    deepEqual(take(), ['play', 'one', 'two', 'like']);
    equal(take(), undefined);
  });

  it('marks what it gives away as sent', () => {
    const op = add('one');
    take();
    equal(op.stage, 'sent');
  });

  it('[OB12] keeps to one scope in a batch and goes on with the next', () => {
    add('crew');
    add('van', { scope: 'g:van' });
    deepEqual([take(), take()], [['crew'], ['van']]);
  });

  it('[OB12] keeps to one replica id in a batch, because the server counts by it', () => {
    add('disk', { replicaId: 'disk' });
    add('memory', { replicaId: 'memory' });
    deepEqual([take(), take()], [['disk'], ['memory']]);
  });

  it('[OB15] sends nothing of a scope that may not be sent now, and keeps it', () => {
    add('crew');
    add('van', { scope: 'g:van' });
    deepEqual(
      take(0, 500, (scope) => scope === 'g:van'),
      ['van'],
    );
    deepEqual(take(), ['crew']);
  });

  it('[OB3] puts what an op depends on before it, whatever the priority', () => {
    add('other');
    add('song');
    play('play', { dependsOn: ['song'] });
    deepEqual(take(), ['song', 'play', 'other']);
  });

  it('[OB3] holds an op while what it depends on is under way, and lets it go once that is in the log', () => {
    const song = add('song');
    take();
    play('play', { dependsOn: ['song'] });
    equal(take(), undefined);
    song.stage = 'acked';
    outbox.released('song');
    deepEqual(take(), ['play']);
  });

  it('[OB3] holds an op while what it depends on waits for its backoff', () => {
    const song = add('song', { notBeforeMs: 1_000 });
    play('play', { dependsOn: ['song'] });
    equal(take(0), undefined);
    deepEqual(take(1_000), ['song']);
    song.stage = 'acked';
    outbox.released('song');
    deepEqual(take(1_000), ['play']);
  });

  it('[OB3] holds an op that depends on one which the journal has not stored yet', () => {
    const song = pendingAdd('song');
    pending.set('song', song);
    play('play', { dependsOn: ['song'] });
    equal(take(), undefined);
    song.op = { ...song.op, number: 9 };
    backAgain(song);
    deepEqual(take(), ['song']);
  });

  it('[OB3] waits for nothing that is in the log or gone already', () => {
    play('play', { dependsOn: ['long ago'] });
    deepEqual(take(), ['play']);
  });

  it('[WR1] gives at most so many ops at once', () => {
    for (let op = 1; op <= 7; op++) add(`op-${op}`);
    deepEqual(take(0, 3), ['op-1', 'op-2', 'op-3']);
    deepEqual(take(0, 3), ['op-4', 'op-5', 'op-6']);
    deepEqual(take(0, 3), ['op-7']);
  });

  it('[WR1] never gives more than a message may hold, by ops or by bytes', () => {
    for (let op = 1; op <= limits.maxBatchOps + 1; op++) add(`op-${op}`);
    equal(take(0, 10_000)?.length, limits.maxBatchOps);
    equal(take(0, 10_000)?.length, 1);

    for (let op = 1; op <= 100; op++) add(`big-${op}`, { payloadBytes: limits.maxOpBytes });
    const batch = take() ?? [];
    ok(batch.length > 20);
    ok(batch.length * limits.maxOpBytes < limits.maxMessageBytes);
  });

  it('a batch of one is one op, even where it depends on another', () => {
    const song = add('song');
    play('play', { dependsOn: ['song'] });
    deepEqual(take(0, 1), ['song']);
    equal(take(0, 1), undefined);
    song.stage = 'acked';
    outbox.released('song');
    deepEqual(take(0, 1), ['play']);
  });

  it('[OB11] does not send an op before its backoff is over, says when that is, and does not hold the others', () => {
    add('late', { notBeforeMs: 1_500 });
    add('now');
    deepEqual(take(0), ['now']);
    equal(outbox.nextDueMs(), 1_500);
    equal(take(1_499), undefined);
    deepEqual(take(1_500), ['late']);
    equal(outbox.nextDueMs(), undefined);
  });

  it('[OB5] gives what comes back its old place before what was made later', () => {
    const first = add('first');
    const second = add('second');
    take();
    add('third');
    backAgain(first, second);
    deepEqual(take(), ['first', 'second', 'third']);
  });

  it('[OB5] gives several batches that come back their old order, whichever fails first', () => {
    const ops = ['a', 'b', 'c', 'd', 'e', 'f'].map((opId) => add(opId));
    for (let batch = 0; batch < 3; batch++) take(0, 2);
    add('g');
    const [a, b, c, d, e, f] = ops as [
      PendingOp,
      PendingOp,
      PendingOp,
      PendingOp,
      PendingOp,
      PendingOp,
    ];
    backAgain(c, d);
    backAgain(e, f);
    backAgain(a, b);
    deepEqual(take(), ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('[OB11] gives an op its old place again after its backoff', () => {
    const late = add('late', { notBeforeMs: 10 });
    add('second');
    equal(take(0, 1)?.[0], 'second');
    add('third');
    deepEqual(take(10), ['late', 'third']);
    equal(late.stage, 'sent');
  });

  it('[SA8] skips what was set aside or discarded meanwhile', () => {
    const gone = add('gone');
    add('stays');
    gone.stage = 'done';
    deepEqual(take(), ['stays']);
  });

  it('[SA2] holds what was blocked even when its dependency is set aside: the replica sets both aside', () => {
    const song = add('song');
    take();
    const held = play('play', { dependsOn: ['song'] });
    equal(take(), undefined);
    song.stage = 'done';
    held.stage = 'done';
    outbox.released('song');
    equal(take(), undefined);
  });
});
