import { deepEqual, equal, throws } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { simulate } from '../simulate.ts';
import { longRun, seedAt } from './long-run.ts';
import { mutantsPart, runPart, withPart } from './reliability.ts';
import { beginning, type RunState, type StateFile, stateFile } from './state.ts';
import { lostWorld, nothing, sum, tallyOf } from './tally.ts';

const options = { seed: '1', group: 3, workers: 2, hoursPerWorld: 0.2, say: () => {} };

function keptInMemory(state: RunState = beginning): StateFile & { state: RunState } {
  return {
    state,
    load: () => state,
    save(next) {
      this.state = next;
    },
    drop() {},
  };
}

describe('a long run', () => {
  it('comes to what its worlds come to one by one, on however many threads', async () => {
    const { tally } = await longRun({ ...options, hours: 0.5 });
    let expected = nothing;
    for (const [place, hours] of [0.2, 0.2, 0.5 - 0.4].entries()) {
      const done = await simulate({ seed: seedAt('1', place), hours, phones: 3 });
      expected = sum(expected, tallyOf(done));
    }
    deepEqual({ ...tally, hours: 0.5 }, { ...expected, hours: 0.5 });
  });

  it('goes on where it was left off', async () => {
    const whole = await longRun({ ...options, hours: 0.6 });
    const file = keptInMemory();
    await longRun({ ...options, hours: 0.4, file });
    const again = keptInMemory(file.state);
    const rest = await longRun({ ...options, hours: 0.6, file: again });
    equal(rest.nextPlace, 3);
    deepEqual(rest.tally, whole.tally);
  });

  it('keeps its state in a file, and takes no other run’s for its own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jamz-state-'));
    try {
      const path = join(folder, 'state.json');
      const state = { ...beginning, nextPlace: 7, cpuMs: 5 };
      stateFile(path, 'one').save(state);
      equal(stateFile(path, 'one').load().nextPlace, 7);
      deepEqual(stateFile(path, 'other').load(), beginning);
      stateFile(path, 'one').drop();
      deepEqual(stateFile(path, 'one').load(), beginning);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('counts a world that gave no result as failed', () => {
    const { worlds, failed } = sum(nothing, lostWorld('9', 4, 'It did not end.'));
    equal(worlds, 1);
    deepEqual(
      failed.map(({ seed, invariant }) => [seed, invariant]),
      [['9', 'no result']],
    );
  });
});

describe('the report of a long run', () => {
  const about = { group: 5, firstSeed: '1', lastSeed: '9', commit: 'abc', hoursPerWorld: 4 };

  it('lists each failing seed with its replay', () => {
    const part = runPart(lostWorld('9', 4, 'It did not end.'), { ...about, cpuMs: 60_000 });
    equal(part.includes('**1**'), true);
    equal(part.includes('npm run simulate -- --seed 9 --hours 4 --group 5'), true);
  });

  it('names a mutant that was not caught', () => {
    const tried = { name: 'm', bug: 'b', caughtBy: undefined, message: '', hours: 4, seed: '' };
    equal(mutantsPart([tried]).includes('**not caught**'), true);
  });

  it('takes the place of what stood between its marks, and nothing else', () => {
    const document = 'before\n<!-- x -->\nold\n<!-- end of x -->\nafter\n';
    equal(
      withPart(document, 'x', 'new'),
      'before\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nafter\n',
    );
    throws(() => withPart(document, 'y', 'new'), /no part “y”/);
  });
});
