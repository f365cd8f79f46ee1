import { equal } from 'node:assert/strict';
import { it } from 'node:test';
import { joinLate } from './join-late.ts';
import type { JoinDeps } from './join-worker.ts';

const deps = {} as JoinDeps;

it('A page goes on without a service worker where the platform has none', async () => {
  await joinLate(deps, () => undefined);
});

it('A page goes on where even to ask for a service worker is forbidden, as in a sandboxed frame', async () => {
  await joinLate(deps, () => {
    throw new DOMException('The document is sandboxed.', 'SecurityError');
  });
});

it('A page asks the worker that its site has', async () => {
  const asked = Promise.withResolvers<unknown>();
  const active = {
    postMessage(message: unknown, [port]: [MessagePort]) {
      // Nobody answers: an open port would keep the process.
      port.close();
      asked.resolve(message);
    },
  };
  void joinLate(deps, () => ({
    ready: Promise.resolve({ active } as unknown as ServiceWorkerRegistration),
  }));
  equal(JSON.stringify(await asked.promise), '{"jamz":"join"}');
});
