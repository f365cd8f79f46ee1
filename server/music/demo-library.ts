import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GroupId, groupScope, newId, type UserId } from '../../sdk/protocol/ids.ts';
import type { TrackEntry } from '../../sdk/protocol/payloads.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { FileStore } from '../ports/store.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';

/** Fills a new group of the demo site with our own three pieces, added in its founder's name. */
export type SeedDemoGroup = (
  logs: Pick<ScopeLogs, 'appendServerOps'>,
  groupId: GroupId,
  founderId: UserId,
) => Promise<void>;

export interface DemoLibraryDeps {
  readonly files: Files;
  readonly records: FileStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** Where `scripts/demo-tracks.ts` put the pieces and their index; default beside this module. */
  readonly directory?: string;
}

/** The bytes go into the files port once; each group gets records of its own that lead to them. */
export function createDemoLibrary(deps: DemoLibraryDeps): SeedDemoGroup {
  const { files, records, clock, random } = deps;
  const directory = deps.directory ?? join(import.meta.dirname, 'demo-tracks');
  let stocked: Promise<readonly StockedTrack[]> | undefined;

  const keep = async (key: string, name: string): Promise<string> => {
    if ((await files.sizeOf(key)) === undefined) {
      await files.write(key, await readFile(join(directory, name)));
    }
    return key;
  };

  const stock = async (): Promise<readonly StockedTrack[]> => {
    const text = await readFile(join(directory, 'index.json'), 'utf8');
    const index: readonly IndexedTrack[] = JSON.parse(text);
    const tracks: StockedTrack[] = [];
    for (const track of index) {
      // The digest in the key: pieces of a later version never stand under an earlier one's.
      const key = `demo/${track.sha256.slice(0, 32)}`;
      tracks.push({
        ...track,
        bytesKey: await keep(key, track.name),
        artworkKey: await keep(`${key}.artwork`, track.artwork),
      });
    }
    return tracks;
  };

  return async (logs, groupId, founderId) => {
    stocked ??= stock();
    // What failed once is tried again for the next group.
    stocked.catch(() => {
      stocked = undefined;
    });
    const items: TrackEntry[] = [];
    for (const { artwork: _artwork, peaks, ...track } of await stocked) {
      const fileId = newId(random, 20);
      await records.put({
        ...track,
        fileId,
        groupId,
        uploadedBy: founderId,
        mediaType: 'audio/mpeg',
        artworkMediaType: 'image/jpeg',
        peaks: Buffer.from(peaks, 'base64'),
        createdAtMs: clock.nowMs(),
      });
      const { title, artist, durationMs } = track;
      items.push({ itemId: newId(random), fileId, title, artist, durationMs });
    }
    await logs.appendServerOps(groupScope(groupId), [
      { type: 'playlist.add', payload: { items }, authorId: founderId },
    ]);
  };
}

type StockedTrack = IndexedTrack & { readonly bytesKey: string; readonly artworkKey: string };

/** One piece as the rendering script describes it in `index.json`; a test holds the two together. */
export interface IndexedTrack {
  readonly name: string;
  readonly artwork: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly title: string;
  readonly artist: string;
  readonly durationMs: number;
  /** Base64 of the bytes that file records keep. */
  readonly peaks: string;
}
