import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemIds } from '../../sdk/merge/playlist-order.ts';
import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import { actor, createSyncBench, groupState, makeGroup, testReplica } from './sync-fixture.ts';
import { createSyncRequests, type SyncAnswer } from './sync-requests.ts';

const ana = actor('ana');

describe('The pushes of one sync request', () => {
  /** Pushes are answered when the test says so. */
  async function bench(pushes: readonly DecodedPush[]) {
    const { logs, pulls, bugs, ...rest } = createSyncBench();
    const asked: { readonly name: string; settle(error?: unknown): void }[] = [];
    const push = (_: unknown, { scope, batch }: DecodedPush) =>
      new Promise<PushAnswer>((resolve, reject) => {
        const answer = { scope, batch, applied: [], refused: [], retry: [], commits: [] };
        const settle = (error?: unknown) =>
          error === undefined ? resolve({ ...answer, head: [1, 1, ''] }) : reject(error);
        asked.push({ name: `${scope} ${batch}`, settle });
      });
    const sync = createSyncRequests({ logs: { ...logs, push }, pulls, onBug: (e) => bugs.push(e) });
    const answered = sync(ana, { version: 1, replicaId: 'r', push: pushes, pull: [] });
    const next = async (error?: unknown) => {
      asked.shift()?.settle(error);
      await rest.store.meta.get('a turn');
    };
    return { answered, next, names: () => asked.map(({ name }) => name) };
  }

  const pushTo = (scope: 'g:a' | 'g:b', batch: number): DecodedPush => ({
    scope,
    batch,
    runs: [],
    refused: [],
  });
  const batches = ({ answers }: SyncAnswer) => answers.map(({ scope, batch }) => [scope, batch]);

  it('go one after the other within a scope, and side by side between scopes', async () => {
    const { answered, names, next } = await bench([
      pushTo('g:a', 1),
      pushTo('g:b', 2),
      pushTo('g:a', 3),
    ]);
    deepEqual(names(), ['g:a 1', 'g:b 2']);
    await next();
    deepEqual(names(), ['g:b 2', 'g:a 3']);
    await next();
    await next();
    deepEqual(batches(await answered), [
      ['g:a', 1],
      ['g:a', 3],
      ['g:b', 2],
    ]);
  });

  it('stop at the first that fails as a whole, and say so once', async () => {
    const { answered, names, next } = await bench([pushTo('g:a', 1), pushTo('g:a', 2)]);
    await next(new JamzError('storage-full', 'No room'));
    deepEqual(names(), []);
    const answer = await answered;
    deepEqual(answer.answers, []);
    deepEqual(answer.errors, [{ scope: 'g:a', code: 'storage-full', message: 'No room' }]);
  });

  it('[WR12] bring ops in the order in which they were made', async () => {
    const { logs, pulls, bugs, store } = createSyncBench();
    await makeGroup({ logs, store });
    const phone = testReplica('ana');
    const add = (itemId: string) =>
      phone.push(phone.op('playlist.add', { items: [{ itemId, title: itemId }] }));
    const push = ['a', 'b', 'c', 'd'].map(add);
    const sync = createSyncRequests({ logs, pulls, onBug: (error) => bugs.push(error) });
    const { answers } = await sync(ana, { version: 1, replicaId: 'r', push, pull: [] });
    deepEqual(
      answers.map(({ applied }) => applied),
      [1, 2, 3, 4].map((number) => [[number, number]]),
    );
    const { playlist } = await groupState({ logs });
    equal(itemIds(playlist).join(' '), 'a b c d');
    deepEqual(bugs, []);
  });
});
