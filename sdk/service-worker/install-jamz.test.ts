import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';
import { installJamz } from './install-jamz.ts';
import type { Registry, StoredToken, WorkerReplica } from './registry.ts';
import { drainTag, here, join, refreshTag } from './words.ts';

const replicaOf = (name: string): WorkerReplica => ({
  name,
  server: 'https://jamz.example',
  site: 'pk_test',
  namespace: 'main',
  userId: name,
});

describe('TrafficJamz in a service worker', () => {
  let worker: FakeWorker;
  let tokens: Map<string, StoredToken>;
  let visits: string[];
  let failures: Map<string, JamzError>;
  let opened: number;

  beforeEach(() => {
    worker = fakeWorker();
    visits = [];
    failures = new Map();
    opened = 0;
    tokens = new Map(
      ['ana', 'bo'].map((name) => [name, { token: `of ${name}`, givenAtMs: 0, expiresAtMs: 500 }]),
    );
    const registry = {
      list: async () => ['ana', 'eve', 'bo'].map(replicaOf),
      token: async (name: string) => tokens.get(name),
      async dropToken(name: string) {
        tokens.delete(name);
      },
    } as unknown as Registry;
    installJamz(worker.scope, {
      nowMs: () => 100,
      openRegistry() {
        opened += 1;
        return registry;
      },
      async visit(errand, { name }, token) {
        visits.push(`${errand} ${name} ${token}`);
        const failure = failures.get(name);
        if (failure) throw failure;
      },
    });
  });

  it('[SW1] sends what waits of every replica that has a token, on `sync`', async () => {
    await worker.fire('sync', { tag: drainTag });
    deepEqual(visits, ['drain ana of ana', 'drain bo of bo']);
  });

  it('[SW3] refreshes them on `periodicsync`', async () => {
    await worker.fire('periodicsync', { tag: refreshTag });
    deepEqual(visits, ['refresh ana of ana', 'refresh bo of bo']);
  });

  it('[SW2] does not use a token that has run out', async () => {
    tokens.set('ana', { token: 'old', givenAtMs: 0, expiresAtMs: 100 });
    await worker.fire('sync', { tag: drainTag });
    deepEqual(visits, ['drain bo of bo']);
  });

  it('[SW6] visits the others when one fails, and then asks the browser to come again', async () => {
    failures.set('ana', new JamzError('unavailable', 'No network.'));
    await rejects(worker.fire('sync', { tag: drainTag }), { code: 'unavailable' });
    equal(visits.length, 2);
    equal(tokens.size, 2);
    failures.clear();
    await worker.fire('sync', { tag: drainTag });
    equal(visits.length, 4);
  });

  it('[SW7] forgets a token that is refused, and does not ask to come again for it', async () => {
    failures.set('ana', new JamzError('unauthenticated', 'Ended.'));
    await worker.fire('sync', { tag: drainTag });
    deepEqual([...tokens.keys()], ['bo']);
  });

  it('[SW8] takes no tag and no message that is not ours, and opens nothing for them', async () => {
    for (const type of ['sync', 'periodicsync'] as const) {
      equal((await worker.fire(type, { tag: 'of-the-host' })).wasTaken, false);
    }
    const answers: unknown[] = [];
    const ports = [{ postMessage: (text: unknown) => answers.push(text) }] as never;
    for (const data of [null, 'join', { type: 'join' }, { jamz: 'other' }]) {
      await worker.fire('message', { data, ports });
    }
    deepEqual([answers, opened], [[], 0]);
    await worker.fire('message', { data: join, ports });
    deepEqual(answers, [here]);
  });

  it('[SW8] without modules of its own answers no request', async () => {
    const request = new Request('https://site.example/jamz.js');
    equal((await worker.fire('fetch', { request })).wasTaken, false);
  });
});
