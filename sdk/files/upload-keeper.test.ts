import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Journal } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Engine } from '../sync/engine.ts';
import { LiveValue } from '../sync/live-value.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { FakeSending, fakeTabs, fakeTurns } from './fake-sending.ts';
import { opsOfUploads } from './settle-ops.ts';
import type { Upload } from './upload.ts';
import { UploadKeeper } from './upload-keeper.ts';
import { uploadRecords } from './upload-records.ts';

const crew = groupScope('crew');
const song = new File(['a song'], 'Road Song.mp3');
const consignment = { id: '~song', groupId: 'crew', name: 'Road Song.mp3' };
const found = {
  fileId: 'f1',
  mediaType: 'audio/mpeg',
  bytes: 6,
  title: 'The Road',
  artist: 'Ana',
  durationMs: 200_000,
  hasArtwork: false,
  duplicate: false,
};

interface Tab {
  readonly engine: Engine;
  readonly keeper: UploadKeeper;
  readonly list$: LiveValue<readonly Upload[]>;
  /** As a tab that is closed, or a page that is left. */
  close(): Promise<void>;
}

describe('kept uploads', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let journal: Journal;
  let files: ReturnType<typeof memoryKeyValue>;
  let kept: ReturnType<typeof memoryKeyValue>;
  let roomBytes: number;
  let sent: FakeSending[];
  let sounds: string[];
  let newTabs: ReturnType<typeof fakeTabs>;
  let takeTurn: ReturnType<typeof fakeTurns>;
  let tabs: Tab[];
  let items: number;

  /** @param leads only one tab has the journal's lead; here the others have no engine of their own */
  const openTab = async (leads = true): Promise<Tab> => {
    const events = { changed: () => keeper.look(), live() {}, groups() {}, ended() {} };
    const engine: Engine = leads
      ? await loopbackEngine(
          {
            journal: { ...journal, close: async () => {} },
            openLink: network.openLink,
            scheduler,
          },
          events,
        )
      : (tabs[0] as Tab).engine;
    const list$ = new LiveValue<readonly Upload[]>([]);
    const keeper: UploadKeeper = new UploadKeeper(
      {
        records: uploadRecords({
          records: kept,
          prefix: 'kept-upload:ana:',
          files,
          outlivesPage: () => true,
          roomBytes: async () => roomBytes,
          freeTracks: async () => 0,
        }),
        tabs: newTabs(),
        takeTurn: takeTurn(),
        leads: () => leads,
        send: (file, { name }) => {
          const sending = new FakeSending(file, name);
          sent.push(sending);
          return sending;
        },
        ops: opsOfUploads({
          leading: () => (leads ? engine.replica : undefined),
          replica: () => engine.replica,
          retry: (opId) => engine.retry(opId),
          scheduler,
          uploads: () => keeper,
        }),
        keepSound: async ({ fileId }) => void sounds.push(fileId),
        nowMs: scheduler.nowMs,
      },
      list$,
    );
    if (leads) {
      engine.follow(crew);
      engine.start();
    }
    const tab: Tab = {
      engine,
      keeper,
      list$,
      async close() {
        tabs.splice(tabs.indexOf(tab), 1);
        keeper.close();
        if (leads) await engine.close();
      },
    };
    tabs.push(tab);
    await settled();
    return tab;
  };
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 6; turn++) {
      await scheduler.advance(50);
      await new Promise(setImmediate);
    }
  };
  const add = ({ engine }: Tab, title = 'Road Song') => {
    const itemId = `item-${++items}`;
    const submitted = engine.submit(crew, 'playlist.add', {
      items: [{ itemId, title, fileId: '~song' }],
    });
    return { itemId, ...submitted };
  };
  const atServer = () =>
    (server.stateOf(crew) as GroupState).playlist.order
      .toArray()
      .map(({ title, artist, fileId, durationMs }) => ({ title, artist, fileId, durationMs }));
  const shown = ({ engine }: Tab): readonly string[] =>
    (engine.replica.scope(crew).shown as GroupState).playlist.order
      .toArray()
      .map(({ title, fileId }) => `${title} ${fileId}`);
  const setAside = ({ engine }: Tab) =>
    engine.replica.setAside.map(({ op, setAside: why }) => [op.type, why?.code]);
  const last = (): FakeSending => {
    const sending = sent.at(-1);
    if (!sending) throw new Error('Nothing was sent.');
    return sending;
  };

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', scheduler.after);
    journal = memoryJournal('phone');
    files = memoryKeyValue();
    kept = memoryKeyValue();
    roomBytes = 1e9;
    sent = [];
    sounds = [];
    newTabs = fakeTabs();
    takeTurn = fakeTurns();
    tabs = [];
    items = 0;
  });
  afterEach(async () => {
    for (const tab of [...tabs]) await tab.close();
  });

  it('[OP19] [OP23] send an op that names one when the server has the file, under the id and title of the file', async () => {
    const tab = await openTab();
    const upload = tab.keeper.add(song, consignment);
    const { settlement } = add(tab);
    await settled();
    deepEqual(shown(tab), ['Road Song ~song']);
    deepEqual(atServer(), []);
    equal(upload.keptOn, 'device');
    last().finish(found);
    await settled();
    await settlement.acked;
    const track = { title: 'The Road', artist: 'Ana', fileId: 'f1', durationMs: 200_000 };
    deepEqual(atServer(), [track]);
    equal(upload.fileId, 'f1');
    equal((await upload.result).title, 'The Road');
    deepEqual([await files.keys(), await kept.keys()], [[], []]);
    deepEqual(sounds, ['f1']);
  });

  it('[OP23] leave a title alone that a person gave', async () => {
    const tab = await openTab();
    tab.keeper.add(song, consignment);
    add(tab, 'Our song');
    await settled();
    last().finish(found);
    await settled();
    equal(atServer()[0]?.title, 'Our song');
  });

  it('[OP19] set aside what names one that the server refuses, with what depends on it; a retry begins anew', async () => {
    const tab = await openTab();
    const upload = tab.keeper.add(song, consignment);
    const { itemId, settlement } = add(tab);
    tab.engine.submit(crew, 'reactions.set', { itemId, like: true });
    await settled();
    last().fail(new JamzError('unsupported-type', 'This file is a video.'));
    await settled();
    await rejects(settlement.acked, { code: 'unsupported-type', message: 'This file is a video.' });
    await rejects(upload.result, { code: 'unsupported-type' });
    deepEqual(setAside(tab), [
      ['playlist.add', 'unsupported-type'],
      ['reactions.set', 'unsupported-type'],
    ]);
    deepEqual(shown(tab), []);

    for (const { op } of tab.engine.replica.setAside.slice(0, 1)) tab.engine.retry(op.opId);
    await settled();
    equal(sent.length, 2);
    equal(upload.progress$.value.state, 'waiting');
    last().finish(found);
    await settled();
    deepEqual(setAside(tab), []);
    equal(atServer().length, 1);
    equal((server.stateOf(crew) as GroupState).reactions.size, 1);
    equal((await upload.result).fileId, 'f1');
  });

  it('[UP4] set aside what names one that was cancelled, and keep its file until that is discarded', async () => {
    const tab = await openTab();
    const upload = tab.keeper.add(song, consignment);
    add(tab);
    await settled();
    upload.cancel();
    await settled();
    deepEqual(last().calls.slice(0, 1), ['cancel']);
    equal(upload.progress$.value.state, 'cancelled');
    deepEqual(setAside(tab), [['playlist.add', 'gone']]);
    deepEqual(await files.keys(), ['~song']);
    for (const { op } of tab.engine.replica.setAside) tab.engine.discard(op.opId);
    await settled();
    deepEqual([await files.keys(), await kept.keys()], [[], []]);
    deepEqual(atServer(), []);
  });

  it('[UP4] wait for each upload that one change names, and set it aside with the first that fails', async () => {
    const tab = await openTab();
    for (const id of ['~one', '~two']) tab.keeper.add(song, { ...consignment, id });
    const tracks = ['~one', '~two'].map((fileId) => ({
      itemId: fileId.slice(1),
      title: 'x',
      fileId,
    }));
    tab.engine.submit(crew, 'playlist.add', { items: tracks });
    await settled();
    const [one, two] = sent;
    one?.finish(found);
    await settled();
    deepEqual(atServer(), []);
    two?.fail(new JamzError('unsupported-type', 'This file is a video.'));
    await settled();
    deepEqual(setAside(tab), [['playlist.add', 'unsupported-type']]);
    for (const { op } of tab.engine.replica.setAside) tab.engine.retry(op.opId);
    await settled();
    last().finish({ ...found, fileId: 'f2' });
    await settled();
    deepEqual(
      atServer().map(({ fileId }) => fileId),
      ['f1', 'f2'],
    );
  });

  it('[UP4] try again, with what was set aside, when the person says so', async () => {
    const tab = await openTab();
    const upload = tab.keeper.add(song, consignment);
    add(tab);
    await settled();
    last().fail(new JamzError('quota-exceeded', 'No room.'));
    await settled();
    upload.resume();
    await settled();
    deepEqual(setAside(tab), []);
    last().finish(found);
    await settled();
    equal(atServer().length, 1);
  });

  it('[UP1] go on after a reload in a tunnel, with the file and what names it', async () => {
    network.down();
    const before = await openTab();
    before.keeper.add(song, consignment);
    add(before);
    await settled();
    await before.close();

    const after = await openTab();
    deepEqual(shown(after), ['Road Song ~song']);
    equal(after.list$.value[0]?.name, 'Road Song.mp3');
    equal(await last().file.text(), 'a song');
    network.up();
    last().finish(found);
    await scheduler.advance(30_000);
    await settled();
    equal(atServer()[0]?.fileId, 'f1');
    deepEqual(await files.keys(), []);
  });

  it('[UP1] finish after a reload what a page did not live to finish', async () => {
    const before = await openTab();
    before.keeper.add(song, consignment);
    add(before);
    await settled();
    await before.close();
    const [key = ''] = await kept.keys();
    await kept.set(key, { ...(await kept.get<object>(key)), file: found });
    await openTab();
    equal(sent.length, 1);
    equal(atServer()[0]?.fileId, 'f1');
  });

  it('[UP3] stay paused over a reload', async () => {
    const before = await openTab();
    before.keeper.add(song, consignment).pause();
    await settled();
    await before.close();
    const after = await openTab();
    const [upload] = after.list$.value;
    equal(upload?.progress$.value.state, 'paused');
    equal(sent.length, 0);
    upload?.resume();
    await settled();
    equal(sent.length, 1);
  });

  it('[UP1] say that the page must stay open where the device has no room', async () => {
    roomBytes = 1_000;
    const tab = await openTab();
    const upload = tab.keeper.add(song, consignment);
    add(tab);
    await settled();
    equal(upload.keptOn, 'page');
    deepEqual([await files.keys(), await kept.keys()], [[], []]);
    last().finish(found);
    await settled();
    equal(atServer().length, 1);
  });

  it('[UP4] tell that a file is gone which neither the device nor a page has', async () => {
    roomBytes = 0;
    const before = await openTab();
    before.keeper.add(song, consignment);
    add(before);
    await settled();
    await before.close();
    const after = await openTab();
    equal(after.engine.replica.pendingCount, 1);
    await scheduler.advance(11_000);
    await settled();
    deepEqual(setAside(after), [['playlist.add', 'gone']]);
    // The same tab as before, whose code came late: the file is there after all.
    after.keeper.add(song, consignment);
    await settled();
    last().finish(found);
    await settled();
    deepEqual(setAside(after), []);
    equal(atServer().length, 1);
  });

  it('[UP4] tell that a file is gone which the browser has deleted', async () => {
    const before = await openTab();
    before.keeper.add(song, consignment);
    add(before);
    await settled();
    await before.close();
    await files.clear();
    const after = await openTab();
    deepEqual(setAside(after), [['playlist.add', 'gone']]);
  });

  it('[UP2] are sent by one tab, shown by all, and taken over when that one is closed', async () => {
    const first = await openTab();
    const second = await openTab(false);
    second.keeper.add(song, consignment);
    add(first);
    await settled();
    equal(sent.length, 1);
    last().progress$.next({ state: 'sending', sentBytes: 3, totalBytes: 6 });
    const [elsewhere] = first.list$.value;
    equal(elsewhere?.progress$.value.sentBytes, 3);
    elsewhere?.pause();
    deepEqual(last().calls.at(-1), 'pause');
    elsewhere?.resume();
    deepEqual(last().calls.at(-1), 'resume');

    await second.close();
    await settled();
    equal(sent.length, 2);
    last().finish(found);
    await settled();
    equal(atServer()[0]?.fileId, 'f1');
  });

  it('[UP1] are sent while the device still writes them down, and leave nothing there', async () => {
    const written = Promise.withResolvers<void>();
    const set = files.set.bind(files);
    files.set = async (key, value) => {
      await written.promise;
      await set(key, value);
    };
    const tab = await openTab();
    const upload = tab.keeper.add(song, consignment);
    add(tab);
    await settled();
    equal(upload.keptOn, null);
    last().finish(found);
    await settled();
    equal(atServer().length, 1);
    written.resolve();
    await settled();
    deepEqual([await files.keys(), await kept.keys()], [[], []]);
    equal(upload.progress$.value.state, 'done');
  });

  it('[AC7] of who has signed out are shown to nobody', async () => {
    const before = await openTab();
    before.keeper.add(song, consignment);
    await settled();
    await before.close();
    const tab = await openTab();
    tab.list$.next([]);
    tab.keeper.close();
    tab.keeper.add(song, { ...consignment, id: '~other' });
    deepEqual(tab.list$.value, []);
  });

  it('[UP2] go over to another tab where only pages have the file', async () => {
    roomBytes = 0;
    const first = await openTab();
    const second = await openTab(false);
    second.keeper.add(song, consignment);
    add(first);
    await settled();
    await second.close();
    await settled();
    equal(await last().file.text(), 'a song');
    last().finish(found);
    await settled();
    equal(atServer().length, 1);
  });
});
