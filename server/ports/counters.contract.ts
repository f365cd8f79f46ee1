import { equal, ok } from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Counters } from './counters.ts';

/** What every adapter of {@link Counters} promises. @param until asks again until it is so: windows end by themselves */
export function countersContract(
  open: () => Promise<Counters>,
  until: (isSo: () => Promise<boolean>, what: string) => Promise<void>,
): void {
  let counters: Counters;
  before(async () => {
    counters = await open();
  });
  after(() => counters.close());
  const twice = { times: 2, withinS: 60 };

  it('lets pass what is allowed, and says of the rest how long to wait', async () => {
    equal(await counters.spend('guess', 'ana', twice), 0);
    equal(await counters.spend('guess', 'ana', twice), 0);
    const waitMs = await counters.spend('guess', 'ana', twice);
    ok(waitMs > 50_000 && waitMs <= 60_000, `${waitMs} ms`);
  });

  it('counts each person and each thing apart', async () => {
    for (const [name, who] of [
      ['guess', 'bo'],
      ['mail', 'ana'],
    ] as const) {
      equal(await counters.spend(name, who, twice), 0);
    }
  });

  it('counts what comes at once', async () => {
    const waits = await Promise.all(
      Array.from({ length: 10 }, () => counters.spend('rush', 'eve', { times: 4, withinS: 60 })),
    );
    equal(waits.filter((waitMs) => waitMs === 0).length, 4);
  });

  it('forgets with the end of the window', async () => {
    const once = { times: 1, withinS: 1 };
    equal(await counters.spend('short', 'ana', once), 0);
    const waitMs = await counters.spend('short', 'ana', once);
    ok(waitMs > 0 && waitMs <= 1_000, `${waitMs} ms`);
    await until(async () => (await counters.spend('short', 'ana', once)) === 0, 'it is over');
  });
}
