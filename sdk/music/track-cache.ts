import type { KeyValue } from '../store/key-value.ts';

/** The bytes of the tracks heard last, so that they play in a tunnel. */
export interface TrackCache {
  get(key: string): Promise<Blob | undefined>;
  /** Never rejects: a full disk costs the convenience only. */
  put(key: string, file: Blob): Promise<void>;
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

/** The list of shelves is read and written back: one at a time, whoever asks. */
const queues = new WeakMap<KeyValue, Promise<unknown>>();

function inTurn<T>(storage: KeyValue, run: () => Promise<T>): Promise<T> {
  const turn = (queues.get(storage) ?? Promise.resolve()).then(run);
  queues.set(
    storage,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Least recently heard leave first: beyond fifty, and where storage runs short. */
export function createTrackCache(
  storage: KeyValue,
  roomBytes: () => Promise<number | undefined>,
): TrackCache {
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
      await drop(storage, oldest);
      room += oldest.bytes;
      kept = kept.slice(1);
    }
    return { kept, fits: room >= shelf.bytes };
  }

  return {
    get: (key) =>
      inTurn(storage, async () => {
        const kept = await storage.get<unknown>(prefix + key);
        // Earlier versions kept buffers.
        const file = kept instanceof ArrayBuffer ? new Blob([kept]) : kept;
        if (!(file instanceof Blob)) return undefined;
        const others = (await shelvesOf(storage)).filter((shelf) => shelf.key !== key);
        await storage.set(shelvesKey, [...others, { key, bytes: file.size }]);
        return file;
      }).catch(() => undefined),

    put: (key, file) =>
      inTurn(storage, async () => {
        const before = (await shelvesOf(storage)).filter((shelf) => shelf.key !== key);
        const shelf = { key, bytes: file.size };
        const { kept, fits } = await makeRoom(shelf, before);
        // The list goes first: bytes that no shelf names could never be dropped.
        await storage.set(shelvesKey, fits ? [...kept, shelf] : kept);
        if (fits) await storage.set(prefix + key, file).catch(() => drop(storage, shelf));
      }).catch(() => undefined),
  };
}

/**
 * Lets the tracks go that were heard longest ago, for what cannot be had again.
 *
 * @param bytes how many are wanted; infinitely many take everything
 * @returns how many went
 */
export function freeTracks(storage: KeyValue, bytes: number): Promise<number> {
  return inTurn(storage, async () => {
    const before = await shelvesOf(storage);
    let freed = 0;
    let count = 0;
    for (const shelf of before) {
      if (freed >= bytes) break;
      await drop(storage, shelf);
      freed += shelf.bytes;
      count += 1;
    }
    if (bytes === Number.POSITIVE_INFINITY) await storage.clear();
    // A full disk may refuse even a shorter list: then it names what is not there any more, which does no harm.
    else await storage.set(shelvesKey, before.slice(count)).catch(() => {});
    return freed;
  });
}

/** Oldest first. */
async function shelvesOf(storage: KeyValue): Promise<readonly Shelf[]> {
  const value = await storage.get<unknown>(shelvesKey);
  return Array.isArray(value) ? value.filter(isShelf) : [];
}

async function drop(storage: KeyValue, shelf: Shelf): Promise<void> {
  await storage.remove(prefix + shelf.key);
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
