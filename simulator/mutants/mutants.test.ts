import { notEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tryMutants } from '../try-mutants.ts';
import { mutants } from './index.ts';

/** Those that show within a few hours; `npm run simulate -- --mutants` tries them all. */
const soon = new Set([
  'ack-before-commit',
  'told-before-durable',
  'torn-commit',
  'missing-dedupe',
  'snapshot-over-a-gap',
  'own-ops-out-of-order',
  'number-reused-after-crash',
  'torn-journal',
  'trimmed-on-ack',
  'cursor-before-fold',
  'synced-too-early',
  'half-open-unnoticed',
  'lost-retry-after-renewal',
  'other-tabs-unheard',
]);

describe('a realistic bug is shown', () => {
  for (const mutant of mutants.filter(({ name }) => soon.has(name))) {
    it(`${mutant.name}: ${mutant.bug}`, async () => {
      const [tried] = await tryMutants([mutant], { group: 5, say: () => {}, worlds: 10 });
      notEqual(tried?.caughtBy, undefined);
    });
  }
});
