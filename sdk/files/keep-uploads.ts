import type { Http } from '../auth/http.ts';
import { soundKey } from '../music/listen-source.ts';
import { maxHeldBytes } from '../music/track-bytes.ts';
import { createTrackCache, freeTracks } from '../music/track-cache.ts';
import type { UserId } from '../protocol/ids.ts';
import { idbFiles } from '../store/idb-files.ts';
import type { KeyValue } from '../store/key-value.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Changes } from '../streams/view.ts';
import type { LiveValue } from '../sync/live-value.ts';
import type { Replica } from '../sync/replica.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { KeepsUploads } from './late-uploads.ts';
import { opsOfUploads } from './settle-ops.ts';
import type { Upload } from './upload.ts';
import { UploadKeeper } from './upload-keeper.ts';
import { uploadRecords } from './upload-records.ts';
import { lockTurns, uploadTabs } from './upload-tabs.ts';
import { createUploads } from './uploads.ts';

export interface KeepUploadsDeps {
  readonly server: string;
  readonly http: Http;
  readonly fetch: typeof fetch;
  readonly token: (rejected?: string) => Promise<string>;
  readonly storage: {
    readonly caches: KeyValue;
    readonly tracks: KeyValue;
    tabsName(userId: UserId): string | null;
  };
  readonly scheduler: Scheduler;
  /** Whose uploads, and where the ops are that name them. */
  readonly hub: {
    readonly engine: SyncEngine | undefined;
    readonly userId: UserId | undefined;
    changes(scope: 'all'): Changes;
  };
}

/** The uploads of whoever is signed in. Those of who was before are kept for them, and shown to nobody else. */
export function keepUploads(
  deps: KeepUploadsDeps,
  list$: LiveValue<readonly Upload[]>,
): KeepsUploads {
  const { hub } = deps;
  const files = createUploads({ ...deps, storage: deps.storage.caches });
  let userId = hub.userId;
  let keeper = openKeeper(deps, files.add, list$);
  let last: readonly unknown[] = [];

  const look = (): void => {
    const { engine } = hub;
    if (hub.userId !== userId) {
      userId = hub.userId;
      keeper.close();
      list$.next([]);
      keeper = openKeeper(deps, files.add, list$);
    }
    const now = [engine, engine?.replica.setAside];
    const isOther = now.some((value, index) => value !== last[index]);
    last = now;
    if (isOther || engine?.replica.awaitsUpload) keeper.look();
  };
  const stop = hub.changes('all')(look, () => {});

  return {
    add: (file, consignment) => keeper.add(file, consignment),
    urlOf: (id) => keeper.urlOf(id),
    close() {
      stop();
      keeper.close();
    },
  };
}

function openKeeper(
  { hub, storage, scheduler }: KeepUploadsDeps,
  send: UploadKeeperSend,
  list$: LiveValue<readonly Upload[]>,
): UploadKeeper {
  const { userId = '' } = hub;
  const name = userId === '' ? null : storage.tabsName(userId);
  const leads = (): boolean => hub.engine?.term !== undefined;
  const replica = (): Replica | undefined =>
    hub.userId === userId ? hub.engine?.replica : undefined;
  const tracks = createTrackCache(storage.tracks, roomBytes);
  const keeper: UploadKeeper = new UploadKeeper(
    {
      records: uploadRecords({
        records: storage.caches,
        prefix: `kept-upload:${userId}:`,
        files: name === null ? memoryKeyValue() : idbFiles(`${name}:uploads`),
        outlivesPage: () => name !== null && hub.engine?.status$.value.storage === 'disk',
        roomBytes,
        freeTracks: (bytes) => freeTracks(storage.tracks, bytes),
      }),
      tabs: uploadTabs(name),
      takeTurn: lockTurns(name),
      leads,
      send,
      ops: opsOfUploads({
        leading: () => (leads() ? replica() : undefined),
        replica,
        retry: (opId) => hub.engine?.retry(opId),
        scheduler,
        uploads: () => keeper,
      }),
      async keepSound({ fileId }, sound) {
        if (sound.size <= maxHeldBytes) await tracks.put(soundKey({ itemId: '', fileId }), sound);
      },
      nowMs: scheduler.nowMs,
    },
    list$,
  );
  return keeper;
}

type UploadKeeperSend = ConstructorParameters<typeof UploadKeeper>[0]['send'];

async function roomBytes(): Promise<number | undefined> {
  const { quota, usage } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
  return quota === undefined || usage === undefined ? undefined : quota - usage;
}
