import { expect } from '@open-wc/testing';
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { JamzError } from '../protocol/errors.ts';
import { keyPlatform } from './device-keys.ts';
import { type After, idbHandle } from './idb-handle.ts';
import { idbJournal } from './idb-journal.ts';
import { enqueue, entry, fails, same } from './journal.contract.ts';
import type { Journal } from './journal.ts';

describe('a journal that another version wrote', () => {
  let name: string;
  let made = 0;
  const opened: { close(): unknown }[] = [];

  /** As the first version of this package left it: two ops, a folded state and a commit, none of it encrypted. */
  const openFirst = async (): Promise<IDBPDatabase> => {
    const db = await openDB(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('outbox', { autoIncrement: true }).createIndex('opId', 'op.opId');
        fresh.createObjectStore('commits', { keyPath: ['scope', 'seq'] });
        fresh.createObjectStore('snapshots', { keyPath: 'scope' });
        fresh.createObjectStore('numbers', { keyPath: 'scope' });
        fresh.createObjectStore('meta', { keyPath: 'name' });
      },
    });
    opened.push(db);
    return db;
  };
  const leaveFirst = async (): Promise<void> => {
    const db = await openFirst();
    for (const [opId, number] of [['a', 4] as const, ['b', 5] as const]) {
      const waiting = entry(opId);
      await db.add('outbox', { ...waiting, op: { ...waiting.op, number } });
    }
    const commit = { generation: 1, seq: 3, count: 1, atMs: 5, hash: 'h3', runs: [] };
    await db.put('commits', { scope: 'g:crew', seq: 3, commit });
    const fold = { cursor: [1, 2, 'h2'], foldVersion: 1, json: { list: [] } };
    await db.put('snapshots', { scope: 'g:crew', fold });
    await db.put('numbers', { scope: 'g:crew', last: 5 });
    await db.put('meta', { name: 'replicaId', value: 'old-phone' });
    await db.put('meta', { name: 'term', value: '7' });
    db.close();
  };
  const journal = (after?: After): Journal => {
    const made = idbJournal(name, () => 'phone', keyPlatform(), idbHandle(name, after));
    opened.push(made);
    return made;
  };

  beforeEach(() => {
    made += 1;
    name = `jamz:test:version:${made}`;
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await deleteDB(name);
  });

  it('[ST14] [OB13] is the same replica, with its outbox, state and numbers, encrypted from now on', async () => {
    await leaveFirst();
    const after = journal();
    expect(await after.lead()).to.equal(8);
    const { replicaId, outbox, scopes } = await after.load();
    const waiting = outbox.map(({ op }) => `${op.opId} ${op.number}`);
    const [crew] = scopes;
    const state = [crew?.snapshot?.cursor[1], crew?.commits.map(({ seq }) => seq)];
    same([replicaId, waiting, state], ['old-phone', ['a 4', 'b 5'], [2, [3]]]);
    same(await enqueue(after, entry('c')), [6]);
    await after.close();

    const db = await openDB(name);
    const left = ['outbox', 'commits', 'snapshots'].map((store) => db.count(store));
    same(await Promise.all(left), [0, 0, 0]);
    db.close();
  });

  it('is taken over once, though two tabs open it at once', async () => {
    await leaveFirst();
    const [one, other] = await Promise.all([journal().load(), journal().load()]);
    same([one.outbox.length, other.outbox.length], [2, 2]);
    same(
      (await journal().load()).outbox.map(({ op }) => op.opId),
      ['a', 'b'],
    );
  });

  it('[ST5] says which tab stands in the way of an upgrade, and opens once it is gone', async () => {
    const old = await openFirst();
    const atOnce: After = (ms, run) => {
      // Not the long wait for a browser that is slow: only that for the tab in the way.
      if (ms < 5_000) queueMicrotask(run);
      return () => {};
    };
    const error = await fails(journal(atOnce).load(), JamzError);
    same(error.code, 'unavailable');
    expect(error.message).to.contain('Another tab');
    old.close();
    same((await journal().load()).outbox, []);
  });

  it('[ST5] says that the page is too old for what a newer one kept, and changes nothing', async () => {
    const newer = await openDB(name, 1_000, {
      upgrade: (db) => void db.createObjectStore('later'),
    });
    opened.push(newer);
    const error = await fails(journal().load(), JamzError);
    expect(error.message).to.contain('older');
    same([...newer.objectStoreNames], ['later']);
  });

  it('lets a newer page upgrade what it holds', async () => {
    await journal().load();
    let isBlocked = false;
    const newer = await openDB(name, 1_000, {
      blocked: () => {
        isBlocked = true;
      },
    });
    opened.push(newer);
    expect(isBlocked).to.equal(false);
  });
});
