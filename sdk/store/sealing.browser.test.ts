import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { JamzError } from '../protocol/errors.ts';
import { type KeyPlatform, keyPlatform } from './device-keys.ts';
import { idbHandle } from './idb-handle.ts';
import { idbJournal } from './idb-journal.ts';
import { enqueue, entry, fails, same } from './journal.contract.ts';
import { type Journal, type JournalContents, noChange } from './journal.ts';
import { noKeyMessage } from './keyring.ts';

describe('what a journal leaves on the disk', () => {
  let name: string;
  let made = 0;
  let opened: Journal[];

  const open = (platform?: KeyPlatform): Journal => {
    const journal = idbJournal(name, () => `phone-${made}`, platform);
    opened.push(journal);
    return journal;
  };
  const loaded = async (platform?: KeyPlatform): Promise<[Journal, JournalContents]> => {
    const journal = open(platform);
    return [journal, await journal.load()];
  };
  const inDatabase = async <T>(work: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>) => {
    const db = await openDB(name);
    try {
      return await work(db);
    } finally {
      db.close();
    }
  };
  const ids = ({ outbox }: JournalContents): string[] =>
    outbox.map(({ op }) => `${op.opId} ${op.number}`);
  const secret = (opId: string) => {
    const made = entry(opId);
    const payload = { items: [{ itemId: opId, title: 'To my sister' }] };
    return { ...made, op: { ...made.op, payload } as typeof made.op };
  };

  beforeEach(() => {
    made += 1;
    opened = [];
    name = `jamz:test:sealing:${made}`;
  });
  afterEach(async () => {
    for (const journal of opened) await journal.close();
    await deleteDB(name);
  });

  it('[ST14] shows no word of what people did', async () => {
    const [journal] = await loaded();
    const commit = { generation: 1, seq: 1, count: 1, atMs: 5, hash: 'To my sister', runs: [] };
    const json = { text: 'To my sister' };
    await journal.write({
      ...noChange,
      enqueue: [secret('a')],
      update: [{ ...secret('a'), attempts: 1 }],
      commits: [{ scope: 'g:crew', commit }],
      snapshots: [{ scope: 'g:van', fold: { cursor: [1, 1, 'h'], foldVersion: 1, json } }],
    });
    const kept = await inDatabase(async (db) =>
      Promise.all([...db.objectStoreNames].map((store) => db.getAll(store))),
    );
    expect(kept.flat().length).to.be.greaterThan(5);
    expect(textOf(kept)).to.not.contain('sister');
    expect(textOf(kept)).to.contain('g:crew');
    const { scopes } = await open().load();
    same(scopes.map(({ snapshot }) => snapshot?.json ?? null).toSorted(), [json, null]);
  });

  it('[ST14] keeps a key that no script can read', async () => {
    await loaded();
    const [stored] = await inDatabase((db) => db.getAll('keys'));
    expect(stored.key).to.be.instanceOf(CryptoKey);
    expect(stored.key.extractable).to.equal(false);
  });

  it('[ST14] makes one key, though tabs open at once, with locks or without', async () => {
    const without = { ...keyPlatform(), locks: undefined };
    const tabs = [open(), open(without), open(without), open()];
    await Promise.all(tabs.map((tab) => tab.load()));
    for (const [index, tab] of tabs.entries()) await enqueue(tab, entry(`op-${index}`));
    expect(await inDatabase((db) => db.count('keys'))).to.equal(1);
    same(ids(await open().load()), ['op-0 1', 'op-1 2', 'op-2 3', 'op-3 4']);
  });

  it('[ST15] refuses in plain words where there is no Web Crypto, and writes nothing', async () => {
    const plain = {} as Crypto;
    const error = await fails(open({ crypto: plain, locks: undefined }).load(), JamzError);
    same([error.code, error.message], ['unavailable', noKeyMessage]);
    expect(error.message).to.contain('https');
    expect(await inDatabase((db) => db.count('ops').catch(() => 0))).to.equal(0);
  });

  it('[ST15] refuses where the browser cannot keep a key', async () => {
    const subtle = { generateKey: async () => ({ uncloneable: () => {} }) };
    const crypto = { subtle, getRandomValues: () => {}, randomUUID: () => 'one' };
    const platform = { crypto: crypto as unknown as Crypto, locks: undefined };
    const error = await fails(open(platform).load(), JamzError);
    expect(error.message).to.equal(noKeyMessage);
  });

  it('[ST15] keeps what a lost key had sealed, says so once, and goes on with a new key', async () => {
    const [before] = await loaded();
    await enqueue(before, entry('a'), entry('b'));
    const lost = await inDatabase((db) => db.getAll('keys'));
    await inDatabase((db) => db.put('keys', { ...lost[0], key: null }));

    const [after, contents] = await loaded();
    same(ids(contents), []);
    expect(contents.note).to.contain('2 changes');
    await enqueue(after, entry('c'));
    await after.write({ ...noChange, clear: ['g:crew'] });
    const again = await open().load();
    same([ids(again), again.note], [[], null]);

    await inDatabase((db) => db.put('keys', lost[0]));
    const [found, back] = await loaded();
    same([ids(back), back.note], [['a 1', 'b 2'], null]);
    await found.write({ ...noChange, clear: ['g:crew'] });
    same(ids(await open().load()), []);
  });

  it('[ST15] a worker, which nobody reads, leaves it to the next page to tell', async () => {
    const [before] = await loaded();
    await enqueue(before, entry('a'));
    const [lost] = await inDatabase((db) => db.getAll('keys'));
    await inDatabase((db) => db.put('keys', { ...lost, key: null }));
    const worker = idbJournal(name, () => 'phone', keyPlatform(), idbHandle(name), false);
    opened.push(worker);
    await worker.load();
    await worker.write({ ...noChange, clear: ['g:crew'] });
    expect((await open().load()).note).to.contain('One change');
    expect((await open().load()).note).to.equal(null);
  });

  it('[ST15] a tab that still has a key which others lost writes under the new one', async () => {
    const [tab] = await loaded();
    await enqueue(tab, entry('a'));
    const [lost] = await inDatabase((db) => db.getAll('keys'));
    await inDatabase((db) => db.put('keys', { ...lost, key: null }));
    await loaded();
    same(await enqueue(tab, entry('b')), [2]);
    same(ids(await open().load()), ['b 2']);
  });

  it('[ST15] leaves out what is damaged, and reads the rest', async () => {
    const [before] = await loaded();
    await enqueue(before, entry('a'));
    await enqueue(before, entry('b'));
    await inDatabase(async (db) => {
      const [key = 0] = await db.getAllKeys('ops');
      const page = await db.get('ops', key);
      const bytes = new Uint8Array(page.box.bytes);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      await db.put('ops', page, key);
    });
    const contents = await open().load();
    same(ids(contents), ['b 2']);
    expect(contents.note).to.contain('One change');
  });

  it('[ST7] [ST15] takes a folded state that cannot be opened for none', async () => {
    const [before] = await loaded();
    const fold = { cursor: [1, 1, 'h'], foldVersion: 1, json: {} } as const;
    await before.write({ ...noChange, snapshots: [{ scope: 'g:crew', fold }] });
    await inDatabase(async (db) => {
      const kept = await db.get('folds', 'g:crew');
      await db.put('folds', { ...kept, scope: 'g:van' });
      await db.delete('folds', 'g:crew');
    });
    const { scopes, note } = await open().load();
    same([scopes, note], [[{ scope: 'g:van', snapshot: null, commits: [] }], null]);
  });

  it('writes a thousand ops and takes some of them back in a handful of records', async () => {
    const [journal] = await loaded();
    const entries = Array.from({ length: 1_000 }, (_, index) => entry(`op-${index}`));
    await enqueue(journal, ...entries);
    expect(await inDatabase((db) => db.count('ops'))).to.equal(10);
    const gone = entries
      .slice(0, 550)
      .map(({ op }) => ({ scope: 'g:crew', opId: op.opId }) as const);
    await journal.write({ ...noChange, remove: gone });
    expect(await inDatabase((db) => db.count('ops'))).to.equal(5);
    const { outbox } = await open().load();
    same([outbox.length, outbox[0]?.op.opId, outbox[0]?.op.number], [450, 'op-550', 551]);
  });
});

/** Every text and byte of it, as a curious neighbour of this device would search it. */
function textOf(value: unknown): string {
  if (value instanceof ArrayBuffer) return textOf(new Uint8Array(value));
  if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value).flat().map(textOf).join('\n');
}
