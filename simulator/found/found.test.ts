import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportOf } from '../report.ts';
import { simulate } from '../simulate.ts';
import { found } from './found.ts';

describe('what once broke a promise keeps it', () => {
  for (const { name, seed, hours, steps, looks = 'never' } of found) {
    it(`seed ${seed}: ${name}`, async () => {
      const run = await simulate({ seed, hours, plan: steps, looks });
      equal(run.violation && reportOf(run, 5), undefined);
    });
  }
});
