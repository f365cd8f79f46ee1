import { deepEqual, doesNotMatch, equal, rejects } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { decodeSnapshot } from '../../sdk/merge/decode-snapshot.ts';
import { foldCommit, foldVersion } from '../../sdk/merge/fold.ts';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import type { PullAnswer } from '../../sdk/protocol/wire.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from '../ports/store.ts';
import { actor, createSyncBench, groupState, road, type SyncBench } from '../sync/sync-fixture.ts';
import { createEraseBench, everythingIn, signUp, talkingGroup } from './erase-fixture.ts';

describe('an erasure, as others come to know of it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jamz-erase-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (name = 'store'): { readonly path: string; readonly store: Store } => {
    const path = join(folder, `${name}.sqlite`);
    return { path, store: createSqliteStore({ path }) };
  };

  async function settled(bench: SyncBench): Promise<void> {
    await signUp(bench, 'ana');
    await talkingGroup(bench, { ana: 'owner', bo: 'member' });
    await talkingGroup(bench, { ana: 'owner' }, 'alone');
  }

  it('[ID12] [SN14] gives a replica that was away a snapshot without the person, and the log goes on from there', async () => {
    const { store } = open();
    const bench = createSyncBench(store);
    await settled(bench);
    const first = await bench.pulls.pull(actor('bo'), { scope: road, cursor: null });
    await createEraseBench(bench).erasures.erase('ana');
    const answer = await bench.pulls.pull(actor('bo'), {
      scope: road,
      cursor: first.head,
      fold: foldVersion,
    });
    const state = decodeSnapshot(road, JSON.parse(snapshotIn(answer)));
    deepEqual(answer.commits, []);
    deepEqual(answer.snapshot?.cursor, answer.head);
    equal(stateHash(state), stateHash(await groupState(bench)));
    doesNotMatch(snapshotIn(answer), /Anabel/);

    await bench.logs.appendServerOps(road, [{ type: 'repeat.set', payload: { mode: 'all' } }]);
    const last = bench.told.findLast(({ kind }) => kind === 'commits');
    const [commit] = last?.kind === 'commits' ? last.commits : [];
    if (commit?.seq !== answer.head[1] + 1) throw new Error('The log did not go on');
    equal(stateHash(foldCommit(state, commit)), stateHash(await groupState(bench)));
    await store.close();
  });

  it('[ID12] is followed by another process, which had the log in memory', async () => {
    const { store } = open();
    const one = createSyncBench(store);
    const other = createSyncBench(store);
    await settled(one);
    await other.pulls.pull(actor('bo'), { scope: road, cursor: null });
    await createEraseBench(one).erasures.erase('ana');
    const answer = await other.pulls.pull(actor('bo'), { scope: road, cursor: null });
    const { snapshot, commits } = answer;
    equal(snapshot?.cursor[1], (await store.log.head(road))?.seq);
    deepEqual(commits, []);
    doesNotMatch(snapshotIn(answer), /Anabel/);
    equal(stateHash(await groupState(other)), stateHash(await groupState(one)));
    deepEqual([...one.bugs, ...other.bugs], []);
    await store.close();
  });

  it('[ID12] is finished by the next process, wherever it was cut off', async () => {
    // Every third call will do: each of them takes its time.
    for (let calls = 1, cut = true; cut; calls += 3) {
      const { path, store } = open(`cut-${calls}`);
      const before = createSyncBench(store);
      await settled(before);
      const dying = dyingAfter(store, calls);
      const bench = createSyncBench(dying.store);
      const run = createEraseBench(bench, dying.store).erasures.erase('ana');
      cut = await run.then(
        () => false,
        () => true,
      );
      const next = createSyncBench(store);
      const { erasures } = createEraseBench(next);
      await erasures.resume();
      const begun = (await store.users.byId('ana')) === undefined;
      // The first call of all is the one that begins: before it nothing was asked for.
      if (!begun) await erasures.erase('ana');
      doesNotMatch(everythingIn(path), /anabel/i, `cut off after ${calls} calls`);
      const { members } = await groupState(next);
      deepEqual([...members.present.keys()], ['bo']);
      equal(members.present.get('bo')?.role, 'owner');
      equal((await groupState(next, 'g:alone')).info.info.deleted, true);
      await store.close();
    }
  });

  it('[ID12] cannot be wound back', async () => {
    const { store } = open();
    const bench = createSyncBench(store);
    await settled(bench);
    const atMs = bench.clock.nowMs();
    bench.clock.advance(60_000);
    await createEraseBench(bench).erasures.erase('ana');
    await rejects(bench.logs.rewind(road, { toMs: atMs, rejoin: false }), { code: 'invalid' });
    await store.close();
  });
});

function snapshotIn(answer: PullAnswer<Uint8Array>): string {
  return answer.snapshot ? inflateRawSync(answer.chunk).toString() : 'none';
}

/** A store whose process dies: after so many calls every further one fails. */
function dyingAfter(store: Store, calls: number): { readonly store: Store } {
  let left = calls;
  const wrapped = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value === 'function') {
          return (...args: unknown[]) => {
            left -= 1;
            if (left < 0) return Promise.reject(new Error('The process is dead'));
            return Reflect.apply(value, target, args);
          };
        }
        return typeof value === 'object' && value !== null ? wrapped(value) : value;
      },
    });
  return { store: wrapped(store) };
}
