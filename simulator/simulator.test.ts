import { equal, notEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minimise } from './minimise.ts';
import { mutants } from './mutants/index.ts';
import { reportOf } from './report.ts';
import { simulate } from './simulate.ts';

/** Worlds of a run of the tests; `npm run simulate` goes through as many as one likes. */
const seeds = Array.from({ length: 10 }, (_, index) => String(index + 1));

describe('the simulated group', () => {
  for (const seed of seeds) {
    it(`keeps every promise for three hours, seed ${seed}`, async () => {
      const run = await simulate({ seed, hours: 3 });
      equal(run.violation && reportOf(run, 5), undefined);
    });
  }

  it('does the same again from the same seed, and something else from another', async () => {
    const [one, again, other] = [
      await simulate({ seed: 'twice', hours: 1 }),
      await simulate({ seed: 'twice', hours: 1 }),
      await simulate({ seed: 'thrice', hours: 1 }),
    ];
    equal(one.fingerprint, again.fingerprint);
    notEqual(one.fingerprint, other.fingerprint);
  });

  it('has at least twenty ops and four faults of its own for each phone and hour', async () => {
    const [phones, hours] = [5, 4];
    const { deeds, steps } = await simulate({ seed: '1', hours });
    equal(deeds >= 20 * phones * hours, true);
    for (let who = 0; who < phones; who++) {
      const own = steps.filter(({ kind, who: whose }) => whose === who && isOfPhone(kind));
      equal(own.length >= 4 * hours, true);
    }
  });

  it('[BK15] leaves no outbox that is not empty without a timer or an event armed', async () => {
    // The promise is looked at all through every run; a mutant shows that it is looked at in earnest.
    const lost = mutants.find(({ name }) => name === 'lost-retry-after-renewal');
    const broken = await simulate({ seed: '1', hours: 3, ...(lost ? { mutant: lost } : {}) });
    equal(broken.violation?.invariant, 'always armed');
    const whole = await simulate({ seed: '1', hours: 3 });
    equal(whole.violation, undefined);
  });

  it('finds a small schedule that breaks the same promise, and replays it', async () => {
    const mutant = mutants.find(({ name }) => name === 'ack-before-commit');
    const options = { seed: '1', hours: 1, ...(mutant ? { mutant } : {}) };
    const failed = await simulate(options);
    const least = await minimise(options, failed, 60);
    equal(least.violation?.invariant, failed.violation?.invariant);
    equal(least.steps.length <= 6, true);
    const replay = await simulate({ ...options, keep: least.steps.map(({ index }) => index) });
    equal(replay.fingerprint, least.fingerprint);
  });
});

function isOfPhone(kind: string): boolean {
  return kind !== 'tap' && kind !== 'tokens-expire' && !/^(server|bus)-/.test(kind);
}
