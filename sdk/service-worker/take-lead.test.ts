import { equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { TabMessage, TabPort } from '../sync/tabs.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { takeLead } from './take-lead.ts';

/** One lock, held by a tab until a test frees it. */
function heldLock() {
  let waiting: (() => void) | undefined;
  const granted: string[] = [];
  const request = (_name: string, { steal, signal }: LockOptions, run: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const grant = (): void => {
        granted.push(steal ? 'stolen' : 'given');
        run().then(resolve, reject);
      };
      if (steal) grant();
      else waiting = grant;
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  return { request: request as LockManager['request'], granted, free: () => waiting?.() };
}

/** @param answers what the other tabs say to a message */
function tabsThat(answers: (message: TabMessage) => TabMessage | undefined) {
  let listener: ((message: TabMessage) => void) | undefined;
  const said: TabMessage[] = [];
  const port: TabPort = {
    post(message) {
      said.push(message);
      const answer = answers(message);
      if (answer) queueMicrotask(() => listener?.(answer));
    },
    listen(next) {
      listener = next;
      return () => {
        listener = undefined;
      };
    },
    close() {},
  };
  return { port, said, hear: (message: TabMessage) => listener?.(message) };
}

describe('the lead of a service worker', () => {
  let scheduler: VirtualScheduler;
  let lock: ReturnType<typeof heldLock>;

  beforeEach(() => {
    scheduler = virtualScheduler();
    lock = heldLock();
  });
  const take = (port: TabPort) =>
    takeLead('name', { locks: lock, tabs: port, after: scheduler.after });

  it('[SW9] is not taken from a tab that answers', async () => {
    const { port } = tabsThat(({ kind }) => (kind === 'ask' ? { kind: 'alive' } : undefined));
    const taken = take(port);
    await scheduler.advance(60_000);
    equal(await taken, undefined);
    equal(lock.granted.join(), '');
  });

  it('[SW9] is taken when the tab that holds it closes, even one that has answered', async () => {
    const { port } = tabsThat(() => ({ kind: 'alive' }));
    const taken = take(port);
    await scheduler.advance(5_000);
    lock.free();
    equal(typeof (await taken), 'function');
    equal(lock.granted.join(), 'given');
  });

  it('[SW9] is stolen from a tab that holds it and gives no answer', async () => {
    const { port } = tabsThat(() => undefined);
    const taken = take(port);
    await scheduler.advance(9_999);
    equal(lock.granted.join(), '');
    await scheduler.advance(1);
    equal(typeof (await taken), 'function');
    equal(lock.granted.join(), 'stolen');
  });

  it('answers tabs that ask for a leader, for as long as it is one', async () => {
    const { port, said, hear } = tabsThat(() => undefined);
    const taken = take(port);
    hear({ kind: 'ask' });
    lock.free();
    const letGo = await taken;
    hear({ kind: 'ask' });
    letGo?.();
    hear({ kind: 'ask' });
    equal(said.map(({ kind }) => kind).join(), 'ask,alive');
  });
});
