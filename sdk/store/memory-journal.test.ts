import { describe, it } from 'node:test';
import { entry, journalFacts, same } from './journal.contract.ts';
import { noChange } from './journal.ts';
import { memoryJournal } from './memory-journal.ts';

describe('memory journal', () => {
  for (const { name, check } of journalFacts(async () => memoryJournal('phone'))) it(name, check);

  it('keeps its outbox for who opens it again in this page, and no folded state', async () => {
    const journal = memoryJournal('phone');
    await journal.write({ ...noChange, enqueue: [entry('a')] });
    await journal.close();
    const { replicaId, outbox, scopes } = await journal.load();
    same([replicaId, outbox.length, scopes], ['phone', 1, []]);
  });
});
