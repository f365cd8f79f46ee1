import type { Assistant } from './assistant/assistant.ts';
import type { Upload } from './files/upload.ts';
import type { Inspector } from './inspection/inspection.ts';
import type {
  AudioSession,
  GroupInfo,
  Invitation,
  Member,
  Message,
  Place,
  PlannedSession,
  Play,
  Playback,
  PlaylistItem,
  Profile,
} from './merge/states.ts';
import type { Listener } from './music/listener.ts';
import type { Notice } from './notices/notice.ts';
import type { HistoryChoice, PositionHistory } from './positions/history.ts';
import type { PrivatePlaces } from './positions/private-places.ts';
import type { SharingOptions, SharingState } from './positions/sharing-state.ts';
import type { JamzError } from './protocol/errors.ts';
import type { FileId, GroupId, ItemId, OpId, Scope, UserId } from './protocol/ids.ts';
import type { GroupPolicies, OpType, ProfileField, RepeatMode, Role } from './protocol/payloads.ts';
import type { DeviceWord, Fix, SharingMode, WireDevice } from './protocol/wire.ts';
import type { Push } from './push/push.ts';
import type { Live } from './streams/live.ts';
import type { SyncMetrics, SyncStatus } from './sync/status.ts';
import type { Over } from './transport/link.ts';

export type {
  Faults,
  Inspected,
  InspectedOp,
  InspectedScope,
  Inspector,
  Transition,
} from './inspection/inspection.ts';
export type {
  Notice,
  NoticeValue,
  OvertakenField,
  OvertakenNotice,
  RefusedNotice,
  RemovedNotice,
  StorageNotice,
  UpdateNotice,
} from './notices/notice.ts';
export type { HistoryChoice, PastFix, PositionHistory } from './positions/history.ts';
export type { PrivatePlace, PrivatePlaces } from './positions/private-places.ts';
export type { SharingOptions, SharingState } from './positions/sharing-state.ts';
export type { Push, PushKind, PushPreferences, PushState } from './push/push.ts';
export type { SyncState } from './sync/machine.ts';
export type { SyncMetrics, SyncStatus } from './sync/status.ts';
export type { Over } from './transport/link.ts';

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

/** What a command gives back at once: its effect already shows in the streams. */
export interface Sent {
  readonly opId: OpId;
  /** Settles with the server's answer; rejects with a JamzError when the op is refused. Never unhandled when nobody looks. */
  readonly acked: Promise<void>;
}

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly guest: boolean;
  readonly email?: string;
  /** With `email`: whether a mail to it has reached the person. An unchecked address keeps nobody out. */
  readonly emailVerified?: boolean;
}

/** An op that cannot succeed, or whose attempts are spent: its effect is undone, its text kept. */
export interface SetAsideEntry {
  readonly opId: OpId;
  readonly scope: Scope;
  /** What the person did, as a sentence fragment: "add “Road Song”". */
  readonly summary: string;
  readonly reason: JamzError;
  /** What kind of op it was, for a summary in words of one's own. */
  readonly opType: OpType;
  readonly setAsideAtMs: number;
  retry(): void;
  discard(): void;
}

/** A question only the person can answer: two devices wrote one profile field at once. */
export interface Conflict {
  readonly id: string;
  readonly field: ProfileField;
  readonly mine: string | boolean | null;
  readonly theirs: string | boolean | null;
  /** Whether `mine` was written on this very device; where neither was, it is the one that stands meanwhile. */
  readonly mineIsHere: boolean;
  readonly mineAtMs: number;
  readonly theirsAtMs: number;
  keepMine(): Sent;
  keepTheirs(): Sent;
  keep(value: string | boolean | null): Sent;
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

export interface SessionApi {
  readonly user$: Live<User | null>;
  /** Settles once it is known whether an earlier session goes on: a page waits for it before it makes a guest. Never rejects. */
  readonly restored: Promise<User | null>;
  /** @throws {JamzError} `invalid`, `rate-limited`, `unavailable` */
  signUp(credentials: { email: string; password: string; name: string }): Promise<User>;
  /** @throws {JamzError} `unauthenticated` when e-mail or password is wrong */
  signIn(credentials: { email: string; password: string }): Promise<User>;
  /** @throws {JamzError} `forbidden` where the site's policy allows no guests */
  signInAsGuest(guest: { name: string; inviteCode?: string }): Promise<User>;
  signOut(): Promise<void>;
  /**
   * Makes an account of a guest, who stays the same person in the same groups. A mail asks to confirm the address.
   *
   * @throws {JamzError} `invalid` when the address has an account already, or this is no guest; `forbidden` where the
   * site says itself who its people are; `unavailable`
   */
  upgrade(account: { email: string; password: string; name?: string }): Promise<User>;
  /**
   * Sends a mail with a link for a new password, if the address has an account; the answer does not say whether.
   *
   * @throws {JamzError} `invalid`, `forbidden`, `rate-limited`, `unavailable`
   */
  requestPasswordReset(email: string): Promise<void>;
  /**
   * Changes what one signs in with, with the password that there is. Another password signs out everywhere else. Another
   * address is one's own once the link in the mail to it is pressed.
   *
   * @throws {JamzError} `forbidden` where the password is wrong; `invalid` for a new one that is easily guessed, for an
   * address that has an account, and where there is no password; `rate-limited`, `unavailable`
   */
  changeSignIn(
    change:
      | { readonly password: string; readonly newPassword: string }
      | { readonly password: string; readonly email: string },
  ): Promise<void>;
  /** Sends the mail that confirms one's address again. @throws {JamzError} `invalid` without one, `rate-limited` */
  requestEmailVerification(): Promise<void>;
  /**
   * Where this person is signed in, the last used first.
   *
   * @throws {JamzError} `unauthenticated`, `unavailable`
   * @example
   * const others = (await jamz.session.devices()).filter((device) => !device.current);
   */
  devices(): Promise<readonly Device[]>;
  /** Signs one of them out: within 5 seconds it is cut off. @throws {JamzError} `not-found`, `unavailable` */
  endDevice(deviceId: string): Promise<void>;
  /** Signs out everywhere but here. @throws {JamzError} `unauthenticated`, `unavailable` */
  signOutElsewhere(): Promise<void>;
}

/** One sign-in of this person. */
export type Device = WireDevice;

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
  /** Answers questions about the group's music, people and places; absent where the server has none. */
  readonly assistant?: Assistant;
  /** The server's time now, ms since 1970, as this replica estimates it. */
  serverNow(): number;
  /** A host's own offline switch. */
  online(on: boolean): void;
  close(): Promise<void>;
}

/** What a member may want to do; the elements disable what {@link Group.can} denies. */
export type GroupAction =
  | 'listen'
  | 'control'
  | 'add-tracks'
  | 'remove-tracks'
  | 'move-tracks'
  | 'upload'
  | 'invite'
  | 'remove-members'
  | 'set-roles'
  | 'update-group'
  | 'delete-group'
  | 'send-messages'
  | 'save-places'
  | 'report-position';

/** What is sounding by arithmetic, wherever this device's own loudspeaker is. Emits when the track, its length or the command changes, not as time passes. */
export interface NowPlaying {
  readonly item: PlaylistItem | null;
  readonly playing: boolean;
  /** Where the item stood at `atServerMs`. */
  readonly positionMs: number;
  readonly atServerMs: number;
  readonly rate: number;
  readonly durationMs: number | null;
  readonly by: UserId | null;
  readonly repeat: RepeatMode;
  readonly shuffle: boolean;
  readonly previousItem: PlaylistItem | null;
  readonly nextItem: PlaylistItem | null;
}

/** Where one device of a member is. {@link primaryPositions} gives one for each member. */
export interface MemberPosition extends DeviceWord {
  readonly memberId: UserId;
  readonly deviceId: string;
  readonly name: string;
  readonly me: boolean;
  readonly mode: SharingMode;
  readonly fix: Fix;
}

export interface PlaylistEntry extends PlaylistItem {
  readonly likes: number;
  readonly likedByMe: boolean;
}

/**
 * Why a group cannot be shown, or that it can. `connecting`: nothing is known of it yet.
 */
export type GroupAvailability =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unavailable'; readonly code: JamzError['code']; readonly message: string };

export interface Group {
  readonly id: GroupId;
  readonly jamz: Jamz;
  readonly availability$: Live<GroupAvailability>;
  readonly info$: Live<GroupInfo | null>;
  readonly members$: Live<readonly Member[]>;
  readonly me$: Live<Member | null>;
  readonly playlist$: Live<readonly PlaylistEntry[]>;
  readonly playback$: Live<Playback>;
  readonly nowPlaying$: Live<NowPlaying>;
  readonly session$: Live<{ running: AudioSession | null; planned: PlannedSession | null }>;
  readonly places$: Live<readonly Place[]>;
  /** The last 200; see {@link Group.olderMessages} for those before. */
  readonly messages$: Live<readonly Message[]>;
  readonly invitations$: Live<readonly Invitation[]>;
  readonly history$: Live<readonly (Play & { readonly likedBy: readonly UserId[] })[]>;
  readonly positions$: Live<readonly MemberPosition[]>;
  /** How this device shares its own position. Replays. */
  readonly sharing$: Live<SharingState>;

  can(action: GroupAction): boolean;

  update(patch: {
    name?: string;
    photoFileId?: FileId | null;
    policies?: Partial<GroupPolicies>;
  }): Sent;
  delete(): Sent;

  startSession(): Sent;
  joinSession(): Sent;
  leaveSession(): Sent;
  endSession(): Sent;
  planSession(plan: { at: number }): Sent;

  play(): Sent;
  pause(): Sent;
  seek(positionMs: number): Sent;
  next(): Sent;
  previous(): Sent;
  select(itemId: ItemId): Sent;
  repeat(mode: RepeatMode): Sent;
  shuffle(on: boolean): Sent;

  /**
   * Adds tracks at the end, or behind `after`. One with an `upload` shows at once on this device; the others get it when
   * its file is on the server, and under the title that the file says, where `title` is no other than the upload's name,
   * with or without its ending. Where the upload fails or is cancelled, the change is set aside with the reason.
   */
  addTracks(
    tracks: readonly {
      /** In place of `fileId`: what {@link Jamz.uploads} gave, under way or done. */
      upload?: Pick<Upload, 'id' | 'fileId'>;
      fileId?: FileId;
      url?: string;
      trackId?: string;
      title: string;
      artist?: string;
      durationMs?: number;
    }[],
    options?: { after?: ItemId | null },
  ): Sent;
  removeTrack(itemId: ItemId): Sent;
  moveTrack(itemId: ItemId, to: { after: ItemId | null }): Sent;
  /** Tells the length of a track whose entry had none. */
  amendTrack(itemId: ItemId, patch: { durationMs: number }): Sent;
  like(itemId: ItemId): Sent;
  unlike(itemId: ItemId): Sent;

  /**
   * Messages said before one that you have, oldest first, each as its author last left it; none where that was the
   * first. They come from the server and are not kept.
   *
   * @param before the `messageId` of the oldest one shown
   * @param limit at most 200; default 50
   * @throws {JamzError} `not-found` for an unknown message; `unavailable` without a network
   */
  olderMessages(before: string, limit?: number): Promise<readonly Message[]>;
  /** @throws {JamzError} `forbidden`, `unavailable` */
  invite(options?: { expiresAt?: number; uses?: number }): Promise<{ code: string; url: string }>;
  revokeInvitation(code: string): Sent;
  setRole(memberId: UserId, role: Role): Sent;
  /**
   * Says who this person is in this group, which the profile alone does not change.
   *
   * @example
   * jamz.updateProfile({ name });
   * group.describeMe({ name });
   */
  describeMe(patch: { name?: string; photoFileId?: FileId | null }): Sent;
  removeMember(memberId: UserId, options?: { ban?: boolean }): Sent;
  leave(): Sent;
  /**
   * Tells the people of the site about a member, or who was one. The member does not hear of it.
   *
   * @param reason up to 2,000 characters
   * @throws {JamzError} `not-found`, `invalid`, `rate-limited`, `unavailable`
   */
  report(memberId: UserId, reason: string): Promise<void>;
  /**
   * Takes the file of a track down, for good and for all: for owners and moderators. The track stays in the list and
   * cannot be played; remove it besides.
   *
   * @throws {JamzError} `forbidden`, `not-found` for a track without a file of this server, `unavailable`
   */
  takeDown(itemId: ItemId): Promise<void>;

  /**
   * Tells where this device is; passed on as far as {@link Group.sharing} says. Give every fix that the device has, about
   * one a second: what is told of them, and when, is decided here.
   *
   * @param fix `at`: when it was taken, by the server's clock, as {@link Jamz.serverNow} tells it
   */
  reportPosition(fix: {
    lat: number;
    lng: number;
    accuracyM: number;
    headingDeg?: number;
    speedMps?: number;
    at?: number;
  }): void;
  /**
   * Says how much of where this device is the group is told: `precise`; `coarse`, one point for about a square
   * kilometre, without a trail; or `off`. Nothing is told before this is called, and around private places never.
   *
   * @param options `until`: when it ends by itself. `paused`: no fixes come for a while, as while the screen is locked;
   * the others are told. `primary`: of several devices of one person this is the one to show
   * @example
   * group.sharing('precise', { until: jamz.serverNow() + 3_600_000 });
   */
  sharing(mode: SharingMode, options?: SharingOptions): void;
  /**
   * Where members were, each as far as they let this person see it; one's own always. Kept for 30 days where nobody says
   * less; thinned where the span is long.
   *
   * @param span `from` and `to` in ms since 1970, by the server's clock; `memberId`: of one member only
   * @throws {JamzError} `not-found` for nobody of this group, `invalid`, `rate-limited`, `unavailable`
   * @example
   * const today = await group.positionHistory({ from: jamz.serverNow() - 86_400_000, to: jamz.serverNow() });
   */
  positionHistory(span: { from: number; to: number; memberId?: UserId }): Promise<PositionHistory>;

  savePlace(place: { name: string; lat: number; lng: number }): Sent;
  updatePlace(placeId: string, patch: { name?: string; lat?: number; lng?: number }): Sent;
  removePlace(placeId: string): Sent;
  send(text: string): Sent;

  /** The audible player of this device. One per group and replica: the same object until `stop()`. */
  listen(): Listener;

  /** An address that an audio element can load now; renewed by asking again. @throws {JamzError} `not-found`, `unavailable` */
  trackUrl(itemId: ItemId): Promise<string>;
  /** @throws {JamzError} never: no artwork and no network are both null */
  artworkUrl(itemId: ItemId): Promise<string | null>;
  /** Loudness over the track, 0 … 1, evenly spaced, about 800 values; null where it is not known. Cached on the device. */
  peaks(itemId: ItemId): Promise<readonly number[] | null>;
}
