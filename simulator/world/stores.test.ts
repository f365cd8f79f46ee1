import { beforeEach, describe, it } from 'node:test';
import { journalFacts } from '../../sdk/store/journal.contract.ts';
import { logContract } from '../../server/ports/log.contract.ts';
import { logLifeContract } from '../../server/ports/log-life.contract.ts';
import { Lifetime } from './lifetime.ts';
import { PhoneDisk } from './phone-disk.ts';
import { seeded } from './random.ts';
import { ServerDisk } from './server-disk.ts';
import { createServerStore } from './server-store.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Every wait is over at once. */
const hasty: VirtualTime = {
  nowMs: 0,
  eventCount: 0,
  after(_delayMs, run) {
    queueMicrotask(run);
  },
  plan(_delayMs, run, owner) {
    const planned = { run, isDue: true };
    queueMicrotask(() => owner.due(planned));
    return planned;
  },
  last(_atMs, run) {
    queueMicrotask(run);
  },
  async run() {},
  step: () => Promise.resolve(false),
};

describe('the simulated store keeps the store’s promise', () => {
  let store = storeOnFreshDisk();
  beforeEach(() => {
    store = storeOnFreshDisk();
  });
  logContract(() => store);
  logLifeContract(() => store);
});

describe('the simulated journal keeps the journal’s promise', () => {
  const open = async () =>
    new PhoneDisk().open(new Lifetime(hasty), seeded('journal'), () => 'replica');
  for (const { name, check } of journalFacts(open)) it(name, check);
});

function storeOnFreshDisk() {
  return createServerStore({
    disk: new ServerDisk(),
    lifetime: new Lifetime(hasty),
    condition: { slowestWriteMs: 1, full: false, crashAtAppend: undefined },
    random: seeded('store'),
  });
}
