import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { GroupState } from '../merge/states.ts';
import { groupScope } from '../protocol/ids.ts';
import { idbJournal } from '../store/idb-journal.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Engine } from '../sync/engine.ts';
import { LiveValue } from '../sync/live-value.ts';
import { deviceScheduler } from '../sync/scheduler.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { FakeTus } from './fake-tus.ts';
import { type KeepUploadsDeps, keepUploads } from './keep-uploads.ts';
import type { KeepsUploads } from './late-uploads.ts';
import type { Upload } from './upload.ts';

const crew = groupScope('crew');
const bytes = new Uint8Array(600_000).map((_, index) => index % 251);
const song = new File([bytes], 'Road Song.mp3', { lastModified: 7 });

interface Visit {
  readonly engine: Engine;
  readonly uploads: KeepsUploads;
  readonly list$: LiveValue<readonly Upload[]>;
  leave(): Promise<void>;
}

describe('uploads on IndexedDB', () => {
  let made = 0;
  let name: string;
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let tus: FakeTus;
  /** Encrypted and on the disk elsewhere; what is shown here is the files and the ops. */
  let caches: ReturnType<typeof memoryKeyValue>;
  let tracks: ReturnType<typeof memoryKeyValue>;
  let visits: Visit[];
  let inTunnel: boolean;

  const visit = async (): Promise<Visit> => {
    const listeners = new Set<() => void>();
    const engine = await loopbackEngine(
      {
        journal: idbJournal(name, () => 'phone'),
        openLink: network.openLink,
        scheduler: deviceScheduler,
      },
      {
        changed() {
          for (const listener of listeners) listener();
        },
        live() {},
        groups() {},
        ended() {},
      },
    );
    const list$ = new LiveValue<readonly Upload[]>([]);
    const hub: KeepUploadsDeps['hub'] = {
      engine,
      userId: 'ana',
      changes: () => (change) => {
        listeners.add(change);
        return () => listeners.delete(change);
      },
    };
    const http: KeepUploadsDeps['http'] = tus.http;
    const uploads = keepUploads(
      {
        server: 'https://jamz.example',
        http,
        fetch: (...request) =>
          inTunnel ? Promise.reject(new TypeError('no network')) : tus.fetch(...request),
        token: async () => 'good',
        storage: { caches, tracks, tabsName: () => name },
        scheduler: deviceScheduler,
        hub,
      },
      list$,
    );
    engine.follow(crew);
    engine.start();
    const opened: Visit = {
      engine,
      uploads,
      list$,
      async leave() {
        visits.splice(visits.indexOf(opened), 1);
        uploads.close();
        await engine.close();
      },
    };
    visits.push(opened);
    return opened;
  };
  const atServer = (): readonly (string | undefined)[] =>
    (server.stateOf(crew) as GroupState).playlist.order
      .toArray()
      .map(({ title, fileId }) => `${title} ${fileId}`);

  beforeEach(() => {
    made += 1;
    name = `jamz:test:uploads:${made}`;
    server = new LoopbackServer(() => Date.now());
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', deviceScheduler.after);
    tus = new FakeTus();
    caches = memoryKeyValue();
    tracks = memoryKeyValue();
    visits = [];
    inTunnel = true;
  });
  afterEach(async () => {
    for (const one of [...visits]) await one.leave();
    await deleteDB(name);
    await deleteDB(`${name}:uploads`);
  });

  it('[UP1] [OP19] go on after a reload in a tunnel, byte for byte, and let what names them go', async () => {
    const before = await visit();
    await before.engine.syncNow();
    network.down();
    const upload = before.uploads.add(song, { id: '~song', groupId: 'crew', name: song.name });
    const items = [{ itemId: 'item', title: 'Road Song', fileId: '~song' }];
    before.engine.submit(crew, 'playlist.add', { items });
    await new Promise<void>((resolve) => {
      upload.progress$.subscribe(() => upload.keptOn === 'device' && resolve());
    });
    await before.leave();

    const after = await visit();
    expect(after.engine.replica.pendingCount).to.equal(1);
    const again = await new Promise<Upload>((resolve) => {
      after.list$.subscribe(([first]) => first && resolve(first));
    });
    expect(again.name).to.equal('Road Song.mp3');
    const url = await after.uploads.urlOf('~song');
    expect((await (await fetch(url)).blob()).size).to.equal(bytes.length);

    inTunnel = false;
    network.up();
    await again.result;
    await after.engine.syncNow().catch(() => after.engine.syncNow());
    expect(atServer()).to.deep.equal(['Song f1']);
    const [sent] = tus.uploads.values();
    expect(sent?.bytes).to.deep.equal(bytes);
    // What its maker hears need not come from the server.
    expect(await tracks.keys()).to.include('jamz:track:file:f1');
  });
});
