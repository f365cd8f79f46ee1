import type { KeyValue } from '../store/key-value.ts';

/** The bytes of the tracks heard last, so that they play in a tunnel. */
export interface TrackCache {
  get(key: string): Promise<ArrayBuffer | undefined>;
  /** Never rejects: a full disk costs the convenience only. */
  put(key: string, bytes: ArrayBuffer): Promise<void>;
}

interface Shelf {
  readonly key: string;
  readonly bytes: number;
}

const maxTracks = 50;
const shelvesKey = 'jamz:tracks';
const prefix = 'jamz:track:';
/** Music never takes the last of the storage: what people did goes there too. */
const reserveBytes = 50_000_000;

/** Least recently heard leave first: beyond fifty, and where storage runs short. */
export function createTrackCache(
  storage: KeyValue,
  roomBytes: () => Promise<number | undefined>,
): TrackCache {
  let queue: Promise<unknown> = Promise.resolve();
  /** The list of shelves is read and written back: one at a time. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = queue.then(run);
    queue = turn.catch(() => undefined);
    return turn;
  }

  /** Oldest first. */
  async function shelves(): Promise<readonly Shelf[]> {
    const value = await storage.get<unknown>(shelvesKey);
    return Array.isArray(value) ? value.filter(isShelf) : [];
  }

  async function drop(shelf: Shelf): Promise<void> {
    await storage.remove(prefix + shelf.key);
  }

  /** Which shelves stay beside the new one, and whether it fits at all. */
  async function makeRoom(
    shelf: Shelf,
    before: readonly Shelf[],
  ): Promise<{ readonly kept: readonly Shelf[]; readonly fits: boolean }> {
    let kept = before;
    // Counted here: the browser's own estimate follows removals late.
    let room = ((await roomBytes()) ?? Number.POSITIVE_INFINITY) - reserveBytes;
    for (const oldest of before) {
      if (kept.length < maxTracks && room >= shelf.bytes) break;
      await drop(oldest);
      room += oldest.bytes;
      kept = kept.slice(1);
    }
    return { kept, fits: room >= shelf.bytes };
  }

  return {
    get: (key) =>
      inTurn(async () => {
        const bytes = await storage.get<unknown>(prefix + key);
        if (!(bytes instanceof ArrayBuffer)) return undefined;
        const others = (await shelves()).filter((shelf) => shelf.key !== key);
        await storage.set(shelvesKey, [...others, { key, bytes: bytes.byteLength }]);
        return bytes;
      }).catch(() => undefined),

    put: (key, bytes) =>
      inTurn(async () => {
        const before = (await shelves()).filter((shelf) => shelf.key !== key);
        const shelf = { key, bytes: bytes.byteLength };
        const { kept, fits } = await makeRoom(shelf, before);
        // The list goes first: bytes that no shelf names could never be dropped.
        await storage.set(shelvesKey, fits ? [...kept, shelf] : kept);
        if (fits) await storage.set(prefix + key, bytes).catch(() => drop(shelf));
      }).catch(() => undefined),
  };
}

function isShelf(value: unknown): value is Shelf {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    typeof value.key === 'string' &&
    'bytes' in value &&
    typeof value.bytes === 'number'
  );
}
