import type { PlaylistItem } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, type ItemId, serverReplicaId } from '../../sdk/protocol/ids.ts';
import type { TrackEntry } from '../../sdk/protocol/payloads.ts';
import type { GroupLog } from '../groups/group-log.ts';
import type { MakeId } from './idempotency.ts';
import { type Page, pageOf } from './pages.ts';
import { refuseDeleted } from './site-groups.ts';

/** What a site's backend puts into a playlist: a track of its own catalogue, or one with a public address. */
export type NewTrack = Pick<TrackEntry, 'title' | 'artist' | 'durationMs' | 'trackId' | 'url'>;

export interface SiteTrack extends TrackEntry {
  /** Null for what the site itself added. */
  readonly addedBy: string | null;
  readonly addedAtMs: number;
}

/** What a site's backend does with the playlists of its groups. */
export interface SiteTracks {
  /** In the order of the playlist. */
  list(groupId: GroupId, after: ItemId | null, limit: number): Promise<Page<SiteTrack>>;
  /** At the end, or behind an item, or at the front for null. @throws {JamzError} `quota-exceeded` when it is full */
  add(
    groupId: GroupId,
    tracks: readonly NewTrack[],
    after: ItemId | null | undefined,
    makeId: MakeId,
  ): Promise<readonly SiteTrack[]>;
  /** Quiet for what is not there. */
  remove(groupId: GroupId, itemId: ItemId): Promise<void>;
}

export function createSiteTracks(log: GroupLog): SiteTracks {
  return {
    async list(groupId, after, limit) {
      const state = await log.stateOf(groupId);
      refuseDeleted(state);
      if (after !== null && !state.playlist.items.has(after)) {
        throw new JamzError('not-found', 'The track of "after" was removed: begin at the start');
      }
      const { items, next } = pageOf(
        state.playlist.order.values(),
        ({ itemId }) => itemId,
        after,
        limit,
      );
      return { items: items.map(siteTrack), next };
    },

    async add(groupId, tracks, after, makeId) {
      const items = tracks.map((track, index) => ({
        ...track,
        itemId: makeId(`item ${index}`, 12),
      }));
      await log.append(groupId, ({ playlist }) => {
        // Under the same key after a process died over it.
        const isThere = items.some(
          ({ itemId }) => playlist.items.has(itemId) || playlist.removed.has(itemId),
        );
        const payload = { items, ...(after === undefined ? {} : { after }) };
        return isThere ? [] : [{ type: 'playlist.add', payload }];
      });
      const { playlist } = await log.stateOf(groupId);
      return items.flatMap(({ itemId }) => {
        const item = playlist.items.get(itemId);
        return item ? [siteTrack(item)] : [];
      });
    },

    async remove(groupId, itemId) {
      await log.append(groupId, ({ playlist }) =>
        playlist.items.has(itemId) ? [{ type: 'playlist.remove', payload: { itemId } }] : [],
      );
    },
  };
}

function siteTrack({
  itemId,
  title,
  artist,
  durationMs,
  fileId,
  url,
  trackId,
  ...item
}: PlaylistItem): SiteTrack {
  return {
    ...{ itemId, title, addedAtMs: item.addedAtMs },
    ...(artist === undefined ? {} : { artist }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(fileId === undefined ? {} : { fileId }),
    ...(url === undefined ? {} : { url }),
    ...(trackId === undefined ? {} : { trackId }),
    addedBy: item.addedBy === serverReplicaId ? null : item.addedBy,
  };
}
