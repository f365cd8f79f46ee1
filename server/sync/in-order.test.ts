import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import { createInOrder } from './in-order.ts';

const road: Scope = 'g:road';

function commit(seq: number, generation = 1): Commit {
  return { generation, seq, count: 1, atMs: 0, hash: `h${seq}`, runs: [] };
}

/** What was sent, by place; `inLog` is what can be read, as far as the test says. */
function bench(inLog: readonly Commit[] = []) {
  const sent: number[] = [];
  const reads: number[] = [];
  let followed = true;
  let fails = false;
  let doubtful = false;
  let looks = 0;
  const inOrder = createInOrder({
    log: {
      async read(_scope, afterSeq, limit) {
        reads.push(afterSeq);
        if (fails) throw new Error('away');
        return inLog.filter(({ seq }) => seq > afterSeq).slice(0, limit);
      },
    },
    isFollowed: () => followed,
    inDoubt: () => doubtful,
    async look() {
      looks += 1;
      if (fails) throw new Error('away');
      doubtful = false;
    },
    send: (_scope, commits) => sent.push(...commits.map(({ seq }) => seq)),
  });
  const take = (...seqs: number[]): void => {
    for (const seq of seqs) inOrder.take(road, [commit(seq)], undefined);
  };
  return {
    sent,
    reads,
    take,
    inOrder,
    leave: () => {
      followed = false;
    },
    looks: () => looks,
    doubt: () => {
      doubtful = true;
    },
    break: (isBroken = true) => {
      fails = isBroken;
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('commits of several processes', () => {
  it('[WR11] go out as they come where nothing is missing, without a look into the log', () => {
    const { sent, reads, take } = bench();
    take(5, 6, 7);
    deepEqual([sent, reads], [[5, 6, 7], []]);
  });

  it('[WR11] wait for what another process wrote before, which is read once and not sent again when it comes', async () => {
    const { sent, reads, take } = bench([1, 2, 3, 4, 5, 6].map((seq) => commit(seq)));
    take(3, 6, 7);
    deepEqual(sent, [3]);
    await turn();
    take(4, 5, 8);
    deepEqual(sent, [3, 4, 5, 6, 7, 8]);
    equal(reads.length, 1);
  });

  it('[WR20] wait until it is known who may hear them: what is missing may have removed somebody', async () => {
    const { sent, take, looks } = bench([commit(4), commit(5)]);
    take(3, 6);
    deepEqual([sent, looks()], [[3], 1]);
    await turn();
    deepEqual(sent, [3, 4, 5, 6]);
  });

  it('[LG9] wait where a write of this process may stand before them', async () => {
    const { sent, take, looks, doubt } = bench([commit(5)]);
    doubt();
    take(6);
    deepEqual(sent, []);
    await turn();
    take(7);
    deepEqual([sent, looks()], [[6, 7], 1]);
  });

  it('[WR20] do not go out where the log cannot be read: replicas find the gap', async () => {
    const { sent, take, ...rest } = bench([commit(4), commit(5), commit(6), commit(7)]);
    take(3);
    rest.break();
    take(6);
    await turn();
    deepEqual(sent, [3]);
    rest.break(false);
    take(8);
    await turn();
    deepEqual(sent, [3, 4, 5, 6, 7, 8]);
  });

  it('[LG23] of another generation begin anew, and those of an older one are dropped', () => {
    const { sent, take, inOrder } = bench();
    take(5);
    inOrder.take(road, [commit(4, 2)], undefined);
    take(6);
    deepEqual(sent, [5, 4]);
  });

  it('are nobody’s business where nobody follows', () => {
    const { sent, take, leave } = bench();
    leave();
    take(1, 2);
    deepEqual(sent, []);
  });
});
