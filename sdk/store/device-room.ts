import type { DeviceRoom } from './browser-journal.ts';
import type { KeyValue } from './key-value.ts';

/** Lets the tracks go that were heard longest ago. @returns bytes that went */
export type FreeTracks = (bytes: number) => Promise<number>;

/** Enough for thousands of ops, and no more music than that costs. */
const stepBytes = 20_000_000;
/** Of `components/map`: streets come again. */
const tiles = 'jamz-tiles';

/** What of the browser is used here; absent on plain http and in old ones. */
export interface StoragePlatform {
  readonly storage: Partial<Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>> | undefined;
  readonly caches: Pick<CacheStorage, 'delete'> | undefined;
  /** Names who made the browser; empty in Firefox alone. */
  readonly vendor: string;
}

export function storagePlatform(): StoragePlatform {
  return {
    storage: navigator.storage,
    caches: globalThis.caches,
    vendor: navigator.vendor,
  };
}

/** The room on this device, as this browser gives it. */
export function deviceRoom(
  freeTracks: FreeTracks,
  marks: KeyValue,
  { storage, caches, vendor }: StoragePlatform = storagePlatform(),
): DeviceRoom {
  const askToLast = async (): Promise<void> => {
    // Firefox would ask the person, out of nowhere. The others decide by themselves.
    if (!storage?.persist || vendor === '') return;
    if (!(await storage.persisted?.())) await storage.persist();
  };
  return {
    marks,
    async free(all) {
      const bytes = await freeTracks(all ? Number.POSITIVE_INFINITY : stepBytes);
      const went = all && ((await caches?.delete(tiles)) ?? false);
      return bytes > 0 || went;
    },
    async leftBytes() {
      const { quota, usage } = (await storage?.estimate?.()) ?? {};
      return quota === undefined || usage === undefined ? undefined : quota - usage;
    },
    askToLast() {
      askToLast().catch(() => {});
    },
  };
}
