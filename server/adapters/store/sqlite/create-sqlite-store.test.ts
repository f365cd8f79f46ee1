import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { storeContract } from '../../../ports/store.contract.ts';
import { createSqliteStore } from './create-sqlite-store.ts';
import { DataDirInUseError } from './directory-lock.ts';
import { migrations } from './migrations.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jamz-sqlite-'));
});
afterEach(() => rm(directory, { recursive: true }));
const path = () => join(directory, 'data', 'jamz.sqlite');

storeContract('The SQLite store on disk', async () => createSqliteStore({ path: path() }));
storeContract('The SQLite store in memory', async () => createSqliteStore({ path: ':memory:' }));

describe('The SQLite store', () => {
  it('finds everything again when it is opened anew', async () => {
    const first = createSqliteStore({ path: path() });
    await first.meta.putIfAbsent('secret', 'one');
    await first.close();
    const second = createSqliteStore({ path: path() });
    equal(await second.meta.get('secret'), 'one');
    await second.close();
  });

  it('[WR9] keeps a second store out of the folder until the first is closed', async () => {
    const first = createSqliteStore({ path: path() });
    throws(() => createSqliteStore({ path: path() }), DataDirInUseError);
    throws(() => createSqliteStore({ path: path() }), /choose another DATA_DIR/);
    await first.close();
    await createSqliteStore({ path: path() }).close();
  });

  it('[WR9] shares the folder between processes that have a bus', async () => {
    const stores = [1, 2].map(() => createSqliteStore({ path: path(), use: 'shared' }));
    const written = await Promise.all(
      stores.map((store) => store.meta.putIfAbsent('who', 'first')),
    );
    equal(new Set(written).size, 1);
    for (const store of stores) await store.close();
  });

  it('[WR9] keeps who wants to be alone out of a folder that others share, and the other way round', async () => {
    const sharing = createSqliteStore({ path: path(), use: 'shared' });
    throws(() => createSqliteStore({ path: path() }), DataDirInUseError);
    await createSqliteStore({ path: path(), use: 'beside' }).close();
    await sharing.close();
    const alone = createSqliteStore({ path: path() });
    throws(() => createSqliteStore({ path: path(), use: 'shared' }), /REDIS_URL/);
    await createSqliteStore({ path: path(), use: 'beside' }).close();
    await alone.close();
  });

  it('refuses to open a file of a newer server, and leaves it as it was', async () => {
    await createSqliteStore({ path: path() }).close();
    const database = new DatabaseSync(path());
    database.exec('PRAGMA user_version = 999');
    database.close();
    throws(() => createSqliteStore({ path: path() }), /start a newer server/);
    // The lock was given back.
    throws(() => createSqliteStore({ path: path() }), /start a newer server/);
  });

  it('brings a file of an earlier version up to date, with the sign-ins that it has', async () => {
    await mkdir(join(directory, 'data'));
    const database = new DatabaseSync(path());
    for (const step of migrations.slice(0, 2)) database.exec(step);
    database.exec(`
      PRAGMA user_version = 2;
      INSERT INTO users VALUES ('ana', 's1', 'Ana', 1, NULL, NULL, NULL, 1);
      INSERT INTO families VALUES ('f1', 0);
      INSERT INTO refresh_tokens VALUES ('t1', 'f1', 'ana', 900, 50, 't2'), ('t2', 'f1', 'ana', 900, NULL, NULL);
    `);
    database.close();
    const store = createSqliteStore({ path: path() });
    deepEqual(await store.sessions.familiesOf('ana', 100), [
      { familyId: 'f1', userId: 'ana', device: '', createdAtMs: 0, lastUsedAtMs: 50 },
    ]);
    equal((await store.users.byId('ana'))?.emailVerifiedAtMs, null);
    await store.close();
  });

  it('answers storage-full on a full disk, changes nothing, and goes on', async () => {
    const store = createSqliteStore({ path: path(), maxPages: 60 });
    await store.meta.putIfAbsent('before', 'small');
    const large = 'x'.repeat(1_000_000);
    await rejects(store.meta.putIfAbsent('large', large), { code: 'storage-full' });
    equal(await store.meta.get('large'), undefined);
    equal(await store.meta.putIfAbsent('after', 'small'), 'small');
    await store.close();
  });

  it('keeps the small writes of a turn in which a large one found the disk full', async () => {
    const store = createSqliteStore({ path: path(), maxPages: 60 });
    const [small, large, other] = await Promise.allSettled([
      store.meta.putIfAbsent('small', 'a'),
      store.meta.putIfAbsent('large', 'x'.repeat(1_000_000)),
      store.meta.putIfAbsent('other', 'b'),
    ]);
    equal(small.status, 'fulfilled');
    equal(large.status, 'rejected');
    equal(other.status, 'fulfilled');
    equal(await store.meta.get('other'), 'b');
    await store.close();
  });
});
