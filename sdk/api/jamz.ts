import type { Assistant } from '../assistant/assistant.ts';
import type { Upload } from '../files/upload.ts';
import type { Inspector } from '../inspection/inspection.ts';
import type { Profile } from '../merge/states.ts';
import type { Notice } from '../notices/notice.ts';
import type { HistoryChoice } from '../positions/history.ts';
import type { PrivatePlaces } from '../positions/private-places.ts';
import type { FileId, GroupId } from '../protocol/ids.ts';
import type { Role } from '../protocol/payloads.ts';
import type { Push } from '../push/push.ts';
import type { Live } from '../streams/live.ts';
import type { SyncMetrics, SyncStatus } from '../sync/status.ts';
import type { Over } from '../transport/link.ts';
import type { Trip } from '../trips/trip.ts';
import type { Group } from './group.ts';
import type { Conflict, Sent, SetAsideEntry } from './sent.ts';
import type { SessionApi } from './session.ts';

export interface ConnectOptions {
  /** Base URL of the backend, as `https://jamz.example`. */
  readonly server: string;
  /** The site's publishable key. */
  readonly site: string;
  /** Identity signed by the host's own backend; asked at the start and whenever the last one has expired. */
  readonly getToken?: (reason: 'start' | 'expired') => Promise<string>;
  /** `memory` keeps nothing and also runs in Node; default `browser`. */
  readonly storage?: 'browser' | 'memory';
  /**
   * `false` keeps what this replica counts to itself. Otherwise one page in four tells the server sums of it, at most
   * every minute: nothing in them says whose they are.
   */
  readonly metrics?: boolean;
  /** Tells several replicas of one origin apart, as the playground's two phones. */
  readonly namespace?: string;
  /** In place of the network, for tests: `trafficjamz/testing` has a server that stays in memory. */
  readonly over?: Over;
}

export interface GroupSummary {
  readonly id: GroupId;
  readonly name: string;
  readonly role: Role;
  readonly memberCount: number;
  readonly photoFileId: FileId | null;
  /** Told by the server more than a day ago, and not yet again. */
  readonly stale?: boolean;
}

/** One site's backend as this replica sees it. */
export interface Jamz {
  readonly server: string;
  readonly site: string;
  readonly session: SessionApi;
  readonly status$: Live<SyncStatus>;
  readonly setAside$: Live<readonly SetAsideEntry[]>;
  readonly conflicts$: Live<readonly Conflict[]>;
  /** What the person should know and did not ask for: own changes that others overtook, with a way to put them back. */
  readonly notices$: Live<readonly Notice[]>;
  readonly profile$: Live<Profile | null>;
  readonly groups$: Live<readonly GroupSummary[]>;
  readonly uploads: {
    /**
     * Begins an upload, or keeps it on this device until there is a network. {@link Group.addTracks} takes it at once.
     *
     * @example
     * const upload = jamz.uploads.add(file, { groupId: group.id });
     * group.addTracks([{ upload, title: upload.name }]);
     */
    add(file: File | Blob, options: { groupId: GroupId; name?: string }): Upload;
    /**
     * Uploads of this person that are not over, and those that ended while this page was open, oldest first: also what
     * an earlier visit or another tab began. Replays the last list.
     */
    readonly list$: Live<readonly Upload[]>;
  };
  /**
   * Sends a picture (JPEG, PNG, WebP, AVIF or GIF of up to 12 MB), of which the server keeps squares without what the
   * camera noted. Needs a network. Name its id in the profile, or in the group; `photoUrl` says where it is shown.
   *
   * @throws {JamzError} `unsupported-type`, `too-large`, `quota-exceeded`, `forbidden`, `unavailable`
   * @example
   * jamz.updateProfile({ photoFileId: await jamz.addPhoto(file) });
   * group.update({ photoFileId: await jamz.addPhoto(file, { groupId: group.id }) });
   */
  addPhoto(image: Blob, options?: { readonly groupId?: GroupId }): Promise<FileId>;
  /** Resolves when this replica is SYNCED, rejects with what stands in the way. */
  syncNow(): Promise<void>;
  metrics(): SyncMetrics;
  /**
   * Opens a look inside: outbox, cursors, transitions, and faults to inject. For people who build.
   *
   * @throws {TypeError} where its code cannot be loaded, as in a tunnel
   */
  inspect(): Promise<Inspector>;
  updateProfile(patch: Partial<Profile>): Sent;
  /** @throws {JamzError} `unauthenticated`, `forbidden`, `unavailable` when the server cannot be reached */
  createGroup(group: { name: string }): Promise<Group>;
  /** @throws {JamzError} `not-found`, `gone` for a code that is wrong, spent or revoked */
  joinGroup(inviteCode: string): Promise<Group>;
  /** Follows a group; the same id gives the same object. */
  group(id: GroupId): Group;
  /**
   * The group of a place that sites with policy `open` make on first use, as a page's own path. Where this device knows
   * it, at once, and the server is asked behind that.
   *
   * @throws {JamzError} `forbidden`; `unavailable` when the server cannot be reached
   */
  openGroup(place: string): Promise<Group>;
  /**
   * All that the server keeps of this person, as a file: what they gave, said, made, chose and uploaded, in every group
   * that they ever were in. Times are ISO 8601 in UTC. JSON has a list of records; CSV is one table, whose first column
   * says what a line is.
   *
   * @throws {JamzError} `unauthenticated`, `rate-limited` after twenty an hour, `unavailable`
   * @example
   * link.href = URL.createObjectURL(await jamz.exportData({ format: 'json' }));
   */
  exportData(options: { format: 'json' | 'csv' }): Promise<Blob>;
  /**
   * Deletes this person's account for good, and signs out on every device. Their name, photo, address, messages and
   * positions are gone from every group; what they added stays, without a name, and of a group that they alone owned
   * the longest-standing member is owner. What they uploaded stays with its groups unless `alsoFiles`. This device
   * forgets them, with what still waits to be sent.
   *
   * @param proof `password` of an account that has one; others renew their sign-in for it
   * @throws {JamzError} `invalid` where the password is missing, `forbidden` where it is wrong, `rate-limited`,
   * `unavailable`: then nobody knows whether it was done, and it can be asked again
   * @example
   * await jamz.deleteAccount({ password });
   */
  deleteAccount(proof?: { password?: string; alsoFiles?: boolean }): Promise<void>;
  /**
   * Forgets where this person was, in all groups and for good.
   *
   * @throws {JamzError} `unavailable`: it is hidden from everybody then, and can be asked again
   */
  deletePositionHistory(): Promise<void>;
  /**
   * What is kept of where this person was, and who may see it: with `patch` it is said anew.
   *
   * @throws {JamzError} `unauthenticated`, `invalid`, `unavailable`
   * @example
   * await jamz.positionHistoryChoice({ seenBy: 'group', keepDays: 7 });
   */
  positionHistoryChoice(
    patch?: Partial<Pick<HistoryChoice, 'seenBy' | 'keepDays'>>,
  ): Promise<HistoryChoice>;
  /**
   * The places around which this device tells nobody where it is. They are kept on this device alone.
   *
   * @throws {JamzError} `unauthenticated`
   * @throws {TypeError} where its code cannot be loaded, as in a tunnel
   * @example
   * const places = await jamz.privatePlaces();
   * await places.add({ name: 'Home', lat: 43.7384, lng: 7.4246, radiusM: 500 });
   */
  privatePlaces(): Promise<PrivatePlaces>;
  /**
   * Push messages to this browser. Ask for it before the person taps: {@link Push.enable} must be the first thing that
   * a tap does.
   *
   * @throws {TypeError} where its code cannot be loaded, as in a tunnel
   */
  push(): Promise<Push>;
  /**
   * The past drive that a link leads to: those in it are who said yes to that, as of now. Nobody needs to be signed in.
   *
   * @param code as in the address that {@link Group.shareTrip} gave, behind `code=`
   * @throws {JamzError} `not-found` for no such link, `gone` for one that has expired or was ended, `rate-limited`,
   * `unavailable`
   * @example
   * const trip = await jamz.trip(new URLSearchParams(location.search).get('code') ?? '');
   */
  trip(code: string): Promise<Trip>;
  /** Answers questions about the group's music, people and places; absent where the server has none. */
  readonly assistant?: Assistant;
  /** The server's time now, ms since 1970, as this replica estimates it. */
  serverNow(): number;
  /** A host's own offline switch. */
  online(on: boolean): void;
  close(): Promise<void>;
}
