import { equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { journalFacts } from './journal.contract.ts';
import type { Journal } from './journal.ts';
import { lateJournal } from './late-journal.ts';
import { memoryJournal } from './memory-journal.ts';

describe('a journal whose code comes late', () => {
  const late = (): Journal => lateJournal(async () => memoryJournal('phone'));
  for (const { name, check } of journalFacts(async () => late())) it(name, check);

  it('[ST5] says in plain words that the code did not come, and asks for it again', async () => {
    let tries = 0;
    const journal = lateJournal(async () => {
      tries += 1;
      if (tries === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return memoryJournal('phone');
    });
    await rejects(
      journal.lead(),
      (error) =>
        error instanceof JamzError && error.code === 'unavailable' && /Reload/.test(error.message),
    );
    equal(await journal.lead(), 1);
  });

  it('fetches no code to be closed', async () => {
    let tries = 0;
    await lateJournal(async () => {
      tries += 1;
      return memoryJournal('phone');
    }).close();
    equal(tries, 0);
  });
});
