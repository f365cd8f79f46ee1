import { deepEqual, equal, rejects } from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createSqliteStore } from './create-sqlite-store.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

let database: DatabaseSync;
let queue: WriteQueue;
/** Ends of turns that were asked for and have not come. */
let turns: (() => void)[];
/** Flushes that have begun and not ended. */
let flushes: ((error: Error | null) => void)[];
let told: string[];

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE facts (name TEXT PRIMARY KEY)');
  turns = [];
  flushes = [];
  told = [];
  queue = createWriteQueue(database, {
    schedule: (run) => turns.push(run),
    flushLog: (done) => flushes.push(done),
  });
});

const insert = (name: string): void => {
  database.prepare('INSERT INTO facts (name) VALUES (?)').run(name);
};
const count = (): number =>
  Number(database.prepare('SELECT count(*) AS n FROM facts').get()?.['n']);

/** Asks for a write, and notes when its promise has resolved. */
function write(name: string): Promise<void> {
  return queue
    .write(() => insert(name))
    .then(() => {
      told.push(name);
    });
}

const endTurn = (): void => turns.shift()?.();

async function endFlush(error: Error | null = null): Promise<void> {
  flushes.shift()?.(error);
  await settled();
}

/** Lets promises that have resolved be heard. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the queue of writes', () => {
  it('[LG5] resolves a write only when its flush is over, and holds nobody up meanwhile', async () => {
    const written = write('one');
    endTurn();
    await settled();
    equal(count(), 1);
    deepEqual(told, []);
    await endFlush();
    await written;
    deepEqual(told, ['one']);
  });

  it('[LG5] tells nobody of what is being flushed before it is', async () => {
    const written = write('one');
    equal(queue.durable(count()), 0);
    endTurn();
    const seen = Promise.resolve(queue.durable(count())).then((figure) => told.push(`${figure}`));
    await settled();
    deepEqual(told, []);
    await endFlush();
    await Promise.all([written, seen]);
    deepEqual(told, ['one', '1']);
    equal(queue.durable(count()), 1);
  });

  it('gathers what comes during a flush into the next one', async () => {
    const first = write('one');
    endTurn();
    const rest = [write('two'), write('three')];
    equal(turns.length, 0);
    await endFlush();
    await first;
    endTurn();
    equal(flushes.length, 1);
    equal(count(), 3);
    await endFlush();
    await Promise.all(rest);
    deepEqual(told, ['one', 'two', 'three']);
  });

  it('flushes nothing where every write of the turn failed', async () => {
    insert('one');
    const twice = rejects(write('one'), /UNIQUE/);
    endTurn();
    await twice;
    equal(flushes.length, 0);
    const next = write('two');
    endTurn();
    await endFlush();
    await next;
    deepEqual(told, ['two']);
  });

  it('[LG5] believes nothing any more once the disk has failed to flush', async () => {
    const doubtful = rejects(write('one'), { code: 'unavailable' });
    endTurn();
    const seen = rejects(Promise.resolve(queue.durable(count())), /restart the server/);
    const waiting = rejects(write('two'), { code: 'unavailable' });
    await endFlush(new Error('EIO: i/o error'));
    endTurn();
    await Promise.all([doubtful, seen, waiting]);
    const later = rejects(write('three'), { code: 'unavailable' });
    endTurn();
    await later;
    await rejects(Promise.resolve(queue.durable(count())), /EIO/);
    equal(flushes.length, 0);
  });

  it('writes what waits before it closes, and takes nothing more', async () => {
    const written = [write('one')];
    endTurn();
    written.push(write('two'));
    const closed = queue.close();
    await rejects(write('three'), { code: 'unavailable' });
    await endFlush();
    await endFlush();
    await Promise.all([...written, closed]);
    deepEqual(told, ['one', 'two']);
    equal(count(), 2);
  });
});

describe('the flush of the write-ahead log', () => {
  it('[LG5] has what was acknowledged in the two files that a power cut leaves', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'jamz-wal-'));
    const store = createSqliteStore({ path: join(directory, 'jamz.sqlite') });
    await store.meta.putIfAbsent('acknowledged', 'yes');
    for (const end of ['', '-wal']) {
      await copyFile(join(directory, `jamz.sqlite${end}`), join(directory, `left.sqlite${end}`));
    }
    const left = createSqliteStore({ path: join(directory, 'left.sqlite'), use: 'beside' });
    equal(await left.meta.get('acknowledged'), 'yes');
    await left.close();
    await store.close();
    await rm(directory, { recursive: true });
  });
});

describe('a file that several processes write', () => {
  let directory: string;
  let path: string;
  let outsider: DatabaseSync;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jamz-shared-'));
    path = join(directory, 'jamz.sqlite');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('[LG5] is asked for again after each pause, until it is free', async () => {
    const pauses: (() => void)[] = [];
    database = new DatabaseSync(path);
    database.exec('CREATE TABLE facts (name TEXT PRIMARY KEY)');
    queue = createWriteQueue(database, {
      ...{ isShared: true, pause: (goOn) => pauses.push(goOn) },
      schedule: (run) => turns.push(run),
    });
    outsider = new DatabaseSync(path);
    outsider.exec('BEGIN IMMEDIATE');
    const written = write('one');
    endTurn();
    for (let time = 0; time < 5; time++) {
      equal(pauses.length, 1);
      pauses.shift()?.();
      await settled();
    }
    deepEqual([told, count()], [[], 0]);
    outsider.exec('COMMIT');
    outsider.close();
    pauses.shift()?.();
    await written;
    deepEqual([told, count(), pauses.length], [['one'], 1, 0]);
    database.close();
  });

  it('[LG5] is waited for without holding up anything else', async () => {
    const [one, other] = [path, path].map((file) =>
      createSqliteStore({ path: file, use: 'shared' }),
    );
    outsider = new DatabaseSync(path);
    outsider.exec('BEGIN IMMEDIATE');
    const written = one?.meta.putIfAbsent('who', 'one');
    // The event loop goes round while the file is another's.
    await settled();
    equal(await other?.meta.get('who'), undefined);
    outsider.exec('COMMIT');
    equal(await written, 'one');
    equal(await other?.meta.get('who'), 'one');
    outsider.close();
    await one?.close();
    await other?.close();
  });
});
