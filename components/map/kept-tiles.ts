import type { RangeResponse, Source } from 'pmtiles';

/** The part of the browser's Cache that this needs. */
export interface TileShelf {
  match(address: string): Promise<Response | undefined>;
  put(address: string, response: Response): Promise<void>;
  keys(): Promise<readonly { readonly url: string }[]>;
  delete(address: string): Promise<boolean>;
}

/** A town at every zoom; beyond it the oldest go. */
const maxKept = 800;
/** Counting is not free: once in so many puts is enough. */
const countEvery = 50;

/**
 * An archive whose pieces stay on this device once they were read, so that a dead spot still has its streets.
 * The network is asked first; only where it gives no answer are the kept bytes taken.
 *
 * @param shelf undefined where the browser keeps nothing, as on plain http: the archive then works as it is
 */
export function keptArchive(archive: Source, shelf: Promise<TileShelf | undefined>): Source {
  let puts = 0;

  const keep = async (address: string, piece: RangeResponse): Promise<void> => {
    const kept = await shelf;
    if (!kept) return;
    const headers = piece.etag === undefined ? {} : { 'x-etag': piece.etag };
    await kept.put(address, new Response(piece.data.slice(0), { headers }));
    puts += 1;
    if (puts % countEvery !== 1) return;
    const all = await kept.keys();
    await Promise.all(
      all.slice(0, Math.max(0, all.length - maxKept)).map(({ url }) => kept.delete(url)),
    );
  };

  return {
    getKey: () => archive.getKey(),
    async getBytes(offset, length, signal, etag) {
      const address = `${archive.getKey()}?jamz-bytes=${offset}-${length}`;
      try {
        const piece = await archive.getBytes(offset, length, signal, etag);
        // A full disk keeps no tile and breaks none.
        keep(address, piece).catch(() => {});
        return piece;
      } catch (problem) {
        // Only a network that gives no answer: a changed archive is read anew by its reader.
        if (signal?.aborted || !(problem instanceof TypeError)) throw problem;
        const found = await (await shelf)?.match(address);
        const foundEtag = found?.headers.get('x-etag') ?? undefined;
        if (!found || (etag !== undefined && foundEtag !== etag)) throw problem;
        const data = await found.arrayBuffer();
        return foundEtag === undefined ? { data } : { data, etag: foundEtag };
      }
    },
  };
}

/** Where this browser keeps tiles. */
export async function tileShelf(): Promise<TileShelf | undefined> {
  if (typeof caches === 'undefined') return undefined;
  return caches.open('jamz-tiles').catch(() => undefined);
}
