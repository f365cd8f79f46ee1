import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { browserJournal, type DeviceRoom } from './browser-journal.ts';
import { deviceRoom, type StoragePlatform } from './device-room.ts';
import { enqueue, entry, journalFacts } from './journal.contract.ts';
import { type Journal, noChange } from './journal.ts';
import { memoryJournal } from './memory-journal.ts';
import { memoryKeyValue } from './memory-key-value.ts';

describe('a journal in a browser', () => {
  let freed: string[];
  let asked: number;
  let leftBytes: number | undefined;
  let room: DeviceRoom;
  /** How many times more the disk is full. */
  let fullTimes: number;

  const disk = (replicaId = 'phone'): Journal => {
    const memory = memoryJournal(replicaId);
    return {
      ...memory,
      kind: 'disk',
      async write(...args) {
        fullTimes -= 1;
        if (fullTimes >= 0) throw new JamzError('storage-full', 'No room.');
        return memory.write(...args);
      },
    };
  };
  const open = (journal = disk()): Journal => browserJournal('jamz:test', journal, room);

  beforeEach(() => {
    freed = [];
    asked = 0;
    fullTimes = 0;
    leftBytes = 1e9;
    room = {
      async free(all) {
        freed.push(all ? 'all' : 'some');
        return true;
      },
      leftBytes: async () => leftBytes,
      askToLast() {
        asked += 1;
      },
      marks: memoryKeyValue(),
    };
  });

  for (const { name, check } of journalFacts(async () => open())) it(name, check);

  it('[ST13] lets music go before it is refused an op: the oldest first, then all', async () => {
    const journal = open();
    fullTimes = 1;
    deepEqual([await enqueue(journal, entry('a')), freed], [[1], ['some']]);
    fullTimes = 2;
    deepEqual([await enqueue(journal, entry('b')), freed], [[2], ['some', 'some', 'all']]);
  });

  it('[ST6] [ST13] is full where no music is left to go', async () => {
    const journal = open();
    room.free = async () => {
      throw new Error('That store is gone, too.');
    };
    fullTimes = 3;
    await rejects(
      enqueue(journal, entry('a')),
      (error) => error instanceof JamzError && error.code === 'storage-full',
    );
    equal(await enqueue(journal, entry('b')).then(([number]) => number), 1);
  });

  it('[ST13] touches no music for any other failure', async () => {
    const gone = new JamzError('unavailable', 'Gone.');
    const journal = open({ ...disk(), write: () => Promise.reject(gone) });
    await rejects(enqueue(journal, entry('a')), gone);
    deepEqual(freed, []);
  });

  it('[ST12] asks once, with the first op, that what is kept may last', async () => {
    const journal = open();
    await journal.load();
    equal(asked, 0);
    await enqueue(journal, entry('a'));
    await enqueue(journal, entry('b'));
    equal(asked, 1);
  });

  it('[ST12] looks at the room that is left when it stores a folded state', async () => {
    const journal = open();
    const fold = { cursor: [1, 1, 'h'], foldVersion: 1, json: {} } as const;
    const snapshots = [{ scope: 'g:crew', fold }] as const;
    await journal.write({ ...noChange, snapshots });
    deepEqual(freed, []);
    leftBytes = 5_000_000;
    await journal.write({ ...noChange, snapshots });
    await new Promise((resolve) => setImmediate(resolve));
    deepEqual(freed, ['some']);
  });

  it('[ST4] tells, once, that the browser deleted what an earlier visit had kept', async () => {
    equal((await open(disk('first')).load()).note, undefined);
    equal((await open(disk('first')).load()).note, undefined);
    match((await open(disk('second')).load()).note ?? '', /has deleted.*not sent/);
    equal((await open(disk('second')).load()).note, undefined);
  });
});

describe('the room of a device', () => {
  let tracks: number[];
  let deleted: string[];
  let asked: string[];

  const platform = (vendor: string, persisted = false): StoragePlatform => ({
    vendor,
    storage: {
      estimate: async () => ({ quota: 100, usage: 40 }),
      persisted: async () => persisted,
      persist: async () => {
        asked.push(vendor);
        return true;
      },
    },
    caches: {
      delete: async (name) => {
        deleted.push(name);
        return true;
      },
    },
  });
  const of = (what: StoragePlatform): DeviceRoom =>
    deviceRoom(
      async (bytes) => {
        tracks.push(bytes);
        return 0;
      },
      memoryKeyValue(),
      what,
    );
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    tracks = [];
    deleted = [];
    asked = [];
  });

  it('[ST13] gives some music, and then all of it with the streets', async () => {
    const room = of(platform('Google Inc.'));
    deepEqual([await room.free(false), tracks, deleted], [false, [20_000_000], []]);
    deepEqual([await room.free(true), tracks.at(-1), deleted], [true, Infinity, ['jamz-tiles']]);
  });

  it('[ST12] asks the browsers that decide by themselves, and never has a person asked', async () => {
    for (const vendor of ['Google Inc.', 'Apple Computer, Inc.', ''])
      of(platform(vendor)).askToLast();
    of(platform('Granted', true)).askToLast();
    await settle();
    deepEqual(asked, ['Google Inc.', 'Apple Computer, Inc.']);
  });

  it('[ST12] knows how much is left, where the browser says', async () => {
    equal(await of(platform('Google Inc.')).leftBytes(), 60);
    const silent = { vendor: '', storage: undefined, caches: undefined };
    equal(await of(silent).leftBytes(), undefined);
    of(silent).askToLast();
    equal(await of(silent).free(true), false);
  });
});
