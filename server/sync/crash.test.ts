import { equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { isApplied } from '../../sdk/merge/fold.ts';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { createSyncBench, groupState } from './sync-fixture.ts';

const lives = 4;
const acksPerLife = 60;

it('[LG5] Every acknowledged op survives kill -9, whenever it comes', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'jamz-crash-'));
  const path = join(directory, 'jamz.sqlite');
  try {
    const acked = new Map<string, number[]>();
    for (let life = 0; life < lives; life++) {
      acked.set(`life-${life}`, await liveAndDie(path, life));
    }
    const store = createSqliteStore({ path });
    const state = await groupState(createSyncBench(store));
    let count = 0;
    for (const [replicaId, numbers] of acked) {
      ok(numbers.length >= acksPerLife);
      for (const number of numbers)
        ok(isApplied(state, replicaId, number), `${replicaId} ${number}`);
      count += numbers.length;
    }
    ok(state.places.size >= count);
    // The log is whole: folded anew from its first op, it gives the same state.
    const snapshots = { ...store.snapshots, get: async () => undefined };
    const anew = await groupState(createSyncBench({ ...store, snapshots }));
    equal(stateHash(anew), stateHash(state));
    await store.close();
  } finally {
    await rm(directory, { recursive: true });
  }
});

/** @returns the numbers that were acknowledged before the process was killed */
async function liveAndDie(path: string, life: number): Promise<number[]> {
  const script = join(import.meta.dirname, 'crash-child-fixture.ts');
  const child = spawn(process.execPath, [script, path, `${life}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString();
  });
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    if (output.split('\n').length > acksPerLife) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  equal(signal, 'SIGKILL', complaint);
  // A line that was cut off in the middle was not told.
  return output.split('\n').slice(0, -1).map(Number);
}
