import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { channelLead } from './channel-lead.ts';
import { lateChannelLead } from './open-tabs.ts';
import { type Campaign, type LeadDeps, lockLead } from './tab-lead.ts';
import type { TabMessage, TabPort } from './tabs.ts';

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
  /** Tabs whose main thread is held up: nothing runs there before that is over. */
  let busyUntil: Map<string, number>;
  let tabs: Map<
    string,
    { listener: ((message: TabMessage) => void) | undefined; late: TabMessage[] }
  >;

  beforeEach(() => {
    scheduler = virtualScheduler();
    locks = oneLock();
    told = [];
    frozen = new Set();
    busyUntil = new Map();
    tabs = new Map();
  });

  const isHeldUp = (tab: string): boolean =>
    frozen.has(tab) || (busyUntil.get(tab) ?? 0) > scheduler.monotonicMs();
  const port = (tab: string): TabPort => {
    const self: { listener: ((message: TabMessage) => void) | undefined; late: TabMessage[] } = {
      listener: undefined,
      late: [],
    };
    tabs.set(tab, self);
    return {
      post(message) {
        for (const [name, other] of tabs) {
          if (name === tab) continue;
          if (isHeldUp(name)) other.late.push(message);
          else scheduler.after(1, () => other.listener?.(message));
        }
      },
      listen(listener) {
        self.listener = listener;
        return () => {
          self.listener = undefined;
        };
      },
      close() {},
    };
  };
  const deps = (tab: string, isVisible: () => boolean): LeadDeps => {
    // What is held up runs when that is over, the timers before what was said meanwhile.
    const after: VirtualScheduler['after'] = (delayMs, run) =>
      scheduler.after(delayMs, () => (isHeldUp(tab) ? after(20, run) : run()));
    const random = (): number => tabs.size / 10;
    return { tabs: port(tab), scheduler: { ...scheduler, after, random }, isVisible };
  };
  const run = (tab: string, campaign: Campaign): (() => void) =>
    campaign({ won: () => told.push(`${tab} won`), lost: () => told.push(`${tab} lost`) });
  const open = (tab: string, isVisible = () => true): (() => void) =>
    run(tab, lockLead(locks, 'jamz', deps(tab, isVisible)));
  const thaw = (tab: string): void => {
    frozen.delete(tab);
    const { listener, late = [] } = tabs.get(tab) ?? {};
    scheduler.after(30, () => {
      for (const message of late.splice(0)) listener?.(message);
    });
  };
  /** Keeps a tab's main thread from everything for a while. */
  const holdUp = (tab: string, ms: number): void => {
    busyUntil.set(tab, scheduler.monotonicMs() + ms);
    scheduler.after(ms + 1, () => thaw(tab));
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

  it('[TB10] is taken within a second from a tab that is frozen, at whatever moment that is', async () => {
    for (let sinceMs = 0; sinceMs < 600; sinceMs += 70) {
      told = [];
      locks = oneLock();
      const closers = [open('first'), open('second')];
      await scheduler.advance(10_000 + sinceMs);
      deepEqual(told, ['first won']);
      frozen.add('first');
      await scheduler.advance(999);
      deepEqual(told, ['first won', 'second won', 'first lost']);
      thaw('first');
      await scheduler.advance(60_000);
      deepEqual(told, ['first won', 'second won', 'first lost']);
      for (const close of closers) close();
    }
  });

  it('[TB10] is not taken from a tab that is busy for half a second', async () => {
    open('first');
    open('second');
    await scheduler.advance(1_000);
    for (let time = 0; time < 20; time++) {
      holdUp('first', 500);
      await scheduler.advance(1_770);
    }
    deepEqual(told, ['first won']);
  });

  it('[TB10] is not taken by a tab that was busy itself, and has the answers still to read', async () => {
    open('first');
    open('second');
    await scheduler.advance(1_000);
    for (let time = 0; time < 20; time++) {
      holdUp('second', 5_000);
      await scheduler.advance(7_130);
    }
    deepEqual(told, ['first won']);
  });

  it('[TB10] does not go to and fro between two tabs that are busy in turns', async () => {
    open('first');
    open('second');
    await scheduler.advance(1_000);
    // Two minutes in which one or the other is held up for a second and a half.
    for (let time = 0; time < 40; time++) {
      holdUp(time % 2 === 0 ? 'first' : 'second', 1_500);
      await scheduler.advance(3_000);
    }
    const changes = told.filter((what) => what.endsWith('won')).length - 1;
    ok(changes <= 4, `${changes} changes`);
  });

  it('[TB8] is not taken by a tab that nobody looks at, and within a second once somebody does', async () => {
    let visible = false;
    open('first');
    open('hidden', () => visible);
    await scheduler.advance(10_000);
    frozen.add('first');
    await scheduler.advance(60_000);
    deepEqual(told, ['first won']);
    visible = true;
    await scheduler.advance(1_200);
    deepEqual(told, ['first won', 'hidden won', 'first lost']);
  });

  it('asks nobody and keeps no timer in the tab that leads', async () => {
    let timers = 0;
    const mine = deps('first', () => true);
    const after: VirtualScheduler['after'] = (delayMs, due) => {
      timers += 1;
      return mine.scheduler.after(delayMs, due);
    };
    run('first', lockLead(locks, 'jamz', { ...mine, scheduler: { ...mine.scheduler, after } }));
    await scheduler.advance(100);
    const before = timers;
    await scheduler.advance(60_000);
    equal(timers, before);
  });

  describe('where there are no locks', () => {
    const openPlain = (tab: string): (() => void) => run(tab, channelLead(deps(tab, () => true)));
    const leaders = (): string[] => {
      const leading = new Set<string>();
      for (const what of told) {
        const [tab = '', how] = what.split(' ');
        if (how === 'won') leading.add(tab);
        else leading.delete(tab);
      }
      return [...leading];
    };

    it('[TB11] is the first tab’s within a moment, and stays there when others come', async () => {
      openPlain('first');
      await scheduler.advance(150);
      deepEqual(told, ['first won']);
      for (const tab of ['second', 'third']) openPlain(tab);
      await scheduler.advance(60_000);
      deepEqual(told, ['first won']);
    });

    it('[TB11] is one tab’s of several that open at once', async () => {
      for (const tab of ['first', 'second', 'third', 'fourth']) openPlain(tab);
      await scheduler.advance(1_000);
      equal(leaders().length, 1);
      const said = told.length;
      await scheduler.advance(60_000);
      equal(told.length, said);
    });

    it('[TB11] is taken over by one of the others when the leader is closed or frozen', async () => {
      const close = openPlain('first');
      await scheduler.advance(1_000);
      openPlain('second');
      openPlain('third');
      await scheduler.advance(10_000);
      close();
      told.push('first lost');
      await scheduler.advance(1_200);
      const [second = ''] = leaders();
      equal(leaders().length, 1);
      frozen.add(second);
      await scheduler.advance(1_200);
      equal(leaders().length, 2);
      thaw(second);
      await scheduler.advance(200);
      // The one that was frozen hears that another leads, and follows.
      equal(leaders().length, 1);
      ok(!leaders().includes(second));
      await scheduler.advance(60_000);
      equal(leaders().length, 1);
    });

    it('[TB11] comes down to one where messages were lost and two lead', async () => {
      openPlain('first');
      await scheduler.advance(150);
      // Deaf to each other for a while.
      frozen.add('first');
      openPlain('second');
      await scheduler.advance(500);
      deepEqual(told, ['first won', 'second won']);
      const silenced = tabs.get('first');
      silenced?.late.splice(0);
      thaw('first');
      openPlain('third');
      await scheduler.advance(5_000);
      equal(leaders().length, 1);
    });

    it('leads for itself where the code for an election does not come', async () => {
      const alone = lateChannelLead(
        deps('first', () => true),
        () => Promise.reject(new Error()),
      );
      const close = run('first', alone);
      await scheduler.settle();
      deepEqual(told, ['first won']);
      close();
    });
  });
});
