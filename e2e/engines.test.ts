import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Jamz } from 'trafficjamz';
import { chromium } from './engines/chromium.ts';
import type { TestEngine, TestTab } from './engines/engine.ts';
import { firefox } from './engines/firefox.ts';
import { type HostPage, hostPage } from './engines/host.ts';
import { webkit } from './engines/webkit.ts';
import { startServer, type TestServer } from './server.ts';

// What the host page has; functions given to `run` see these and nothing of this file.
declare const jamz: Jamz;
declare function until<T>(holds: () => T): Promise<T>;

type GroupId = Parameters<Jamz['group']>[0];

for (const kind of [chromium, firefox, webkit]) {
  if (kind.missing !== undefined) {
    it(`runs in ${kind.name}`, { skip: kind.missing }, () => {});
    continue;
  }
  describe(`in ${kind.name}`, () => {
    let host: HostPage;
    let server: TestServer;
    let engine: TestEngine;

    before(async () => {
      [host, server, engine] = await Promise.all([hostPage(), startServer(), kind.start()]);
    });
    after(async () => {
      await engine?.close();
      await Promise.all([host?.close(), server?.close()]);
    });

    /** A signed-in tab with a group of its own, in step. */
    const travel = async (): Promise<{ readonly tab: TestTab; readonly groupId: GroupId }> => {
      const tab = await engine.open(host.at(server.url));
      const groupId = await tab.run(async () => {
        await until(() => 'jamz' in globalThis);
        if (jamz.session.user$.value === null) await jamz.session.signInAsGuest({ name: 'Ada' });
        const group = await jamz.createGroup({ name: 'Alps' });
        await until(() => jamz.status$.value.state === 'SYNCED' && group.info$.value !== null);
        return group.id;
      }, null);
      return { tab, groupId };
    };
    /** Shows the group in a tab that has just loaded. */
    const show = (tab: TestTab, groupId: GroupId): Promise<void> =>
      tab.run(async (id) => {
        await until(() => 'jamz' in globalThis);
        const group = jamz.group(id);
        Object.assign(globalThis, { group });
        await until(() => group.info$.value !== null);
      }, groupId);
    const titles = (tab: TestTab, groupId: GroupId): Promise<string[]> =>
      tab.run((id) => jamz.group(id).playlist$.value.map(({ title }) => title), groupId);
    const add = (tab: TestTab, groupId: GroupId, title: string): Promise<void> =>
      tab.run(
        ([id, named]) => {
          jamz.group(id).addTracks([{ title: named, url: 'https://music.example/1.mp3' }]);
        },
        [groupId, title] as const,
      );
    const inStep = (tab: TestTab): Promise<unknown> =>
      tab.run(async () => {
        // It may join an attempt that was under way when the server came back.
        await jamz.syncNow().catch(() => {});
        await until(
          () => jamz.status$.value.state === 'SYNCED' && jamz.status$.value.pending === 0,
        );
      }, null);

    it('[SM4] goes offline with its server and is in step again behind the tunnel', async () => {
      const { tab, groupId } = await travel();
      await server.kill();
      await tab.run(() => until(() => jamz.status$.value.state === 'OFFLINE'), null);
      await add(tab, groupId, 'In the tunnel');
      deepEqual(await titles(tab, groupId), ['In the tunnel']);
      equal(await tab.run(() => jamz.status$.value.pending, null), 1);
      await server.restart();
      await inStep(tab);
      deepEqual(await titles(tab, groupId), ['In the tunnel']);
      await tab.close();
    });

    it('[ST8] shows after a reload in a tunnel what was there and what was tapped, and sends it', async () => {
      const { tab, groupId } = await travel();
      await add(tab, groupId, 'Before');
      await inStep(tab);
      await server.kill();
      const before = await tab.run(countRecords, null);
      await add(tab, groupId, 'In the tunnel');
      while ((await tab.run(countRecords, null)) === before);
      await tab.reload();
      await show(tab, groupId);
      deepEqual(await titles(tab, groupId), ['Before', 'In the tunnel']);
      await server.restart();
      await inStep(tab);
      deepEqual(await titles(tab, groupId), ['Before', 'In the tunnel']);
      await tab.close();
    });

    it('[TB1] [TB7] has a second tab lead when the first is gone, and sends what that one left', async () => {
      const { tab, groupId } = await travel();
      const second = await engine.open(host.at(server.url));
      await show(second, groupId);
      await server.kill();
      await add(tab, groupId, 'From the first tab');
      await second.run((id) => until(() => jamz.group(id).playlist$.value.length === 1), groupId);
      await tab.close();
      await second.run(() => until(() => jamz.status$.value.leader), null);
      await add(second, groupId, 'From the second tab');
      await server.restart();
      await inStep(second);
      deepEqual(await titles(second, groupId), ['From the first tab', 'From the second tab']);
      await second.close();
    });

    it('[ST14] keeps on the disk, and leaves no title readable there', async () => {
      const { tab, groupId } = await travel();
      await add(tab, groupId, 'Before the tunnel');
      await inStep(tab);
      await server.kill();
      const before = await tab.run(countRecords, null);
      await add(tab, groupId, 'In the tunnel');
      while ((await tab.run(countRecords, null)) === before);
      const { storage, storageNote } = await tab.run(() => jamz.status$.value, null);
      deepEqual([storage, storageNote], ['disk', null]);
      const kept = await tab.run(textOfRecords, null);
      deepEqual([kept.includes(groupId), kept.includes('tunnel')], [true, false]);
      await server.restart();
      await tab.close();
    });

    it('[ST4] says that its store was deleted, and keeps what was tapped', async () => {
      const { tab, groupId } = await travel();
      await server.kill();
      await add(tab, groupId, 'In the tunnel');
      await tab.run(async () => {
        const all = await indexedDB.databases();
        await Promise.all(
          all.map(
            ({ name }) =>
              new Promise<void>((resolved, rejected) => {
                const gone = indexedDB.deleteDatabase(name ?? '');
                gone.onsuccess = () => resolved();
                gone.onerror = () => rejected(gone.error);
              }),
          ),
        );
      }, null);
      await add(tab, groupId, 'After it');
      await server.restart();
      await inStep(tab);
      deepEqual(await titles(tab, groupId), ['In the tunnel', 'After it']);
      await tab.close();
    });
  });
}

/** In the page: how many records its IndexedDB has, so that a test can see that something was stored. */
async function countRecords(): Promise<number> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolved, rejected) => {
      request.onsuccess = () => resolved(request.result);
      request.onerror = () => rejected(request.error);
    });
  let count = 0;
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      count += await settled(database.transaction(store).objectStore(store).count());
    }
    database.close();
  }
  return count;
}

/** In the page: every text and byte in its IndexedDB, as who copied the disk would search it. */
async function textOfRecords(): Promise<string> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolved, rejected) => {
      request.onsuccess = () => resolved(request.result);
      request.onerror = () => rejected(request.error);
    });
  const textOf = (value: unknown): string => {
    if (value instanceof ArrayBuffer) return textOf(new Uint8Array(value));
    if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
    if (typeof value !== 'object' || value === null) return String(value);
    return Object.values(value).map(textOf).join(' ');
  };
  let text = '';
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      text += textOf(await settled(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return text;
}
