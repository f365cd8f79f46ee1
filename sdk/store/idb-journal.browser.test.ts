import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { JamzError } from '../protocol/errors.ts';
import { idbHandle } from './idb-handle.ts';
import { idbJournal } from './idb-journal.ts';
import {
  durableJournalFacts,
  enqueue,
  entry,
  fails,
  journalFacts,
  same,
} from './journal.contract.ts';
import { type Journal, noChange } from './journal.ts';

describe('IndexedDB journal', () => {
  let opened: Journal[];
  let name: string;
  let made = 0;

  const open = (): Journal => {
    const journal = idbJournal(name, () => {
      made += 1;
      return `phone-${made}`;
    });
    opened.push(journal);
    return journal;
  };
  const loaded = async (): Promise<Journal> => {
    const journal = open();
    await journal.load();
    return journal;
  };

  beforeEach(() => {
    opened = [];
    made += 1;
    name = `jamz:test:journal:${made}`;
  });
  afterEach(async () => {
    for (const journal of opened) await journal.close();
    await deleteDB(name);
  });

  for (const { name: fact, check } of journalFacts(async () => open())) it(fact, check);
  for (const { name: fact, check } of durableJournalFacts(open)) it(fact, check);

  it('[ST4] says in plain words that the browser deleted its store, and gives no number twice', async () => {
    const journal = await loaded();
    await enqueue(journal, entry('a'), entry('b'));
    await deleteDB(name);
    const error = await fails(enqueue(journal, entry('c')), JamzError);
    expect(error.code).to.equal('unavailable');
    expect(error.message).to.contain('deleted');
  });

  it('does not take a deleted store for another tab’s lead', async () => {
    const journal = await loaded();
    const term = await journal.lead();
    await deleteDB(name);
    const writing = journal.write({ ...noChange, enqueue: [entry('a')] }, term);
    expect((await fails(writing, JamzError)).code).to.equal('unavailable');
  });

  it('[OP7] is another replica after its store was deleted', async () => {
    const before = await (await loaded()).load();
    await deleteDB(name);
    const after = await open().load();
    expect(after.replicaId).to.not.equal(before.replicaId);
    same(after.outbox, []);
  });

  it('lets go of the database for who wants to delete it, each handle of each tab', async () => {
    const tabs = [await loaded(), await loaded()];
    for (const [index, tab] of tabs.entries()) await enqueue(tab, entry(`op-${index}`));
    await deleteDB(name, {
      blocked: () => {
        throw new Error('Somebody holds it.');
      },
    });
  });

  it('[ST3] opens a handle that was closed under it again', async () => {
    const handle = idbHandle(name);
    await handle.run(async (db) => db.close());
    const count = await handle.run((db) => db.count('ops'));
    expect(count).to.equal(0);
    await handle.close();
  });

  it('[ST1] leaves nothing of a write that fails', async () => {
    const journal = await loaded();
    const broken = { scope: 'g:crew', opId: Number.NaN as never } as const;
    const writing = journal.write({ ...noChange, enqueue: [entry('a')], remove: [broken] });
    await fails(writing, JamzError);
    same((await journal.load()).outbox, []);
    same(await enqueue(journal, entry('c')), [1]);
  });

  it('[ST6] says that a full device is full', async () => {
    const handle = idbHandle(name);
    const full = handle.run(() => Promise.reject(new DOMException('full', 'QuotaExceededError')));
    expect((await fails(full, JamzError)).code).to.equal('storage-full');
    await handle.close();
  });

  it('says so once it is closed, and hangs nobody', async () => {
    const journal = await loaded();
    await journal.close();
    expect((await fails(enqueue(journal, entry('a')), JamzError)).code).to.equal('unavailable');
  });
});
