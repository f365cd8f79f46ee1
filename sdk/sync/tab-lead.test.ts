import { deepEqual } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { lockLead } from './tab-lead.ts';
import type { TabMessage } from './tabs.ts';

interface Waiting {
  readonly grant: () => void;
  readonly signal: AbortSignal | undefined;
}

/** One exclusive lock, in turns, that can be stolen: the part of Web Locks that tabs use. */
function oneLock(): LockManager {
  let release: ((error: Error) => void) | undefined;
  const queue: Waiting[] = [];
  const next = (): void => {
    release = undefined;
    const index = queue.findIndex(({ signal }) => !signal?.aborted);
    const [first] = index < 0 ? [] : queue.splice(0, index + 1).slice(index);
    first?.grant();
  };
  const request = (
    _name: string,
    { steal, signal }: LockOptions,
    run: () => Promise<void>,
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      const grant = (): void => {
        release = reject;
        void run().then(() => {
          resolve();
          // Who was robbed has nothing to give back.
          if (release === reject) next();
        });
      };
      if (steal) {
        release?.(new DOMException('Stolen.', 'AbortError'));
        grant();
      } else if (release) {
        queue.push({ grant, signal });
        signal?.addEventListener('abort', () =>
          reject(new DOMException('Given up.', 'AbortError')),
        );
      } else grant();
    });
  return { request, query: async () => ({}) } as LockManager;
}

describe('the lead among tabs', () => {
  let scheduler: VirtualScheduler;
  let locks: LockManager;
  let told: string[];
  let frozen: Set<string>;
  let listeners: Map<string, (message: TabMessage) => void>;

  beforeEach(() => {
    scheduler = virtualScheduler();
    locks = oneLock();
    told = [];
    frozen = new Set();
    listeners = new Map();
  });

  const open = (tab: string, visible = true): (() => void) => {
    const tabs = {
      post(message: TabMessage) {
        for (const [name, listener] of listeners) if (name !== tab) listener(message);
      },
      listen(listener: (message: TabMessage) => void) {
        listeners.set(tab, listener);
        return () => listeners.delete(tab);
      },
      close() {},
    };
    // A frozen tab's timers do not run before it thaws.
    const after: VirtualScheduler['after'] = (delayMs, run) =>
      scheduler.after(delayMs, () => (frozen.has(tab) ? after(1_000, run) : run()));
    const deps = { locks, tabs, scheduler: { ...scheduler, after }, isVisible: () => visible };
    return lockLead(
      'jamz',
      deps,
    )({ won: () => told.push(`${tab} won`), lost: () => told.push(`${tab} lost`) });
  };

  it('[TB7] is the first tab’s, and the next one’s as soon as that is closed', async () => {
    const close = open('first');
    open('second');
    await scheduler.advance(60_000);
    deepEqual(told, ['first won']);
    close();
    await scheduler.settle();
    deepEqual(told, ['first won', 'second won']);
  });

  it('[TB7] is taken from a tab that has been silent, which follows from then on', async () => {
    open('first');
    open('second');
    await scheduler.advance(10_000);
    frozen.add('first');
    await scheduler.advance(2_000);
    deepEqual(told, ['first won']);
    await scheduler.advance(3_000);
    deepEqual(told, ['first won', 'second won', 'first lost']);
    frozen.delete('first');
    await scheduler.advance(60_000);
    deepEqual(told, ['first won', 'second won', 'first lost']);
  });

  it('[TB8] is not taken by a tab that nobody looks at', async () => {
    open('first');
    open('hidden', false);
    await scheduler.advance(10_000);
    frozen.add('first');
    await scheduler.advance(60_000);
    deepEqual(told, ['first won']);
  });
});
