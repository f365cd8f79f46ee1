import type { Group, Jamz, MemberPosition, NowPlaying, Sent } from './api.ts';
import type { GroupAccount } from './auth/account.ts';
import type { Http } from './auth/http.ts';
import { type CommandTarget, groupCommands } from './commands/group-commands.ts';
import type { FileAddresses } from './files/addresses.ts';
import type { Hub } from './hub.ts';
import { refuse } from './hub.ts';
import type { GroupState } from './merge/states.ts';
import type { Listener } from './music/listener.ts';
import { isSameNowPlaying, nowPlayingAt, silentNowPlaying } from './music/now-playing.ts';
import type { PositionLane } from './positions/lane.ts';
import { LateSharing } from './positions/late-sharing.ts';
import type { SharingSource } from './positions/open-sharing.ts';
import { JamzError } from './protocol/errors.ts';
import { type FileId, type GroupId, groupScope, type ItemId, isUpload } from './protocol/ids.ts';
import type { LiveEntry } from './protocol/wire.ts';
import { canNow, groupStreams } from './streams/group-streams.ts';
import { timedView } from './streams/timed-view.ts';
import { memo, View } from './streams/view.ts';
import type { Scheduler } from './sync/scheduler.ts';

export interface GroupDeps {
  readonly jamz: Jamz;
  readonly hub: Hub;
  readonly lane: PositionLane;
  readonly files: FileAddresses;
  readonly scheduler: Scheduler;
  readonly storage: SharingSource['storage'];
  readonly http: Http;
  readonly newId: () => string;
  readonly newSeed: () => number;
  readonly account: (groupId: GroupId) => GroupAccount;
  readonly makeListener: (group: Group, onStop: () => void) => Listener;
}

/** One group as a caller sees it; its streams outlive sign-in and sign-out. */
export function createGroup(id: GroupId, deps: GroupDeps): Group & { close(): void } {
  const { jamz, hub, lane, files, scheduler } = deps;
  const scope = groupScope(id);
  const changes = hub.changes(scope);
  const state = (): GroupState | undefined => {
    const known = hub.state(scope);
    return known?.kind === 'group' ? known : undefined;
  };
  const source = {
    scope,
    changes,
    state,
    userId: () => hub.userId,
    ended: () => hub.ended(scope),
    signedIn: () => hub.userId !== undefined,
  };
  const target: CommandTarget = {
    state,
    serverNow: () => hub.serverNow(),
    userId: () => hub.userId,
    mayControl: () => canNow(source, 'control'),
    send: (type, payload): Sent => hub.send(scope, type, payload),
    refuse,
    newId: deps.newId,
    newSeed: deps.newSeed,
  };
  const sharing = new LateSharing(deps, id);
  const account = deps.account(id);
  let listener: Listener | undefined;
  hub.want(scope);

  const item = (itemId: ItemId) => state()?.playlist.items.get(itemId);
  /** What the server can be asked for. */
  const sentFile = (itemId: ItemId): FileId | undefined => {
    const fileId = item(itemId)?.fileId;
    return isUpload(fileId) ? undefined : fileId;
  };
  const positions = memo(
    () => [lane.entries(scope), state()?.members.present, hub.userId],
    (entries, members, userId): readonly MemberPosition[] =>
      entries.flatMap((entry) => toPosition(entry, members?.get(entry.memberId)?.name, userId)),
  );

  const group: Group & { close(): void } = {
    id,
    jamz,
    ...groupStreams(source),
    ...groupCommands(target),
    nowPlaying$: timedView<NowPlaying>(
      () => {
        const known = state();
        if (!known) return { value: silentNowPlaying, changesAtMs: null };
        const { nowPlaying, changesAtMs } = nowPlayingAt(known, hub.serverNow());
        return { value: nowPlaying, changesAtMs };
      },
      isSameNowPlaying,
      changes,
      () => hub.serverNow(),
      scheduler.after,
    ),
    positions$: new View(positions, changes),
    get sharing$() {
      return sharing.look();
    },
    can: (action) => canNow(source, action),
    ...account,
    takeDown: (itemId) => account.takeDown(sentFile(itemId)),

    reportPosition: ({ at, ...fix }) => sharing.report({ ...fix, atMs: at ?? hub.serverNow() }),
    sharing: (mode, options) => sharing.set(mode, options),

    listen() {
      listener ??= deps.makeListener(group, () => {
        listener = undefined;
      });
      return listener;
    },
    async trackUrl(itemId) {
      const known = item(itemId);
      if (known?.url) return known.url;
      // A track of the site's own catalogue goes by its place in the playlist.
      const fileId = known?.fileId ?? (known?.trackId && `${id}.${itemId}`);
      if (fileId) return files.url(fileId, 'audio');
      throw new JamzError('not-found', 'This track has no sound.');
    },
    async artworkUrl(itemId) {
      const fileId = sentFile(itemId);
      return fileId ? files.url(fileId, 'artwork').catch(() => null) : null;
    },
    async peaks(itemId) {
      const fileId = sentFile(itemId);
      return fileId ? files.peaks(fileId).catch(() => null) : null;
    },
    close() {
      listener?.stop();
      sharing.close();
    },
  };
  return group;
}

function toPosition(
  entry: LiveEntry,
  name: string | undefined,
  userId: string | undefined,
): MemberPosition[] {
  const { memberId, fix } = entry;
  if (!fix || name === undefined) return [];
  return [{ ...entry, fix, name, me: memberId === userId }];
}
