import type { Upload } from '../files/upload.ts';
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
} from '../merge/states.ts';
import type { Listener } from '../music/listener.ts';
import type { PositionHistory } from '../positions/history.ts';
import type { SharingOptions, SharingState } from '../positions/sharing-state.ts';
import type { JamzError } from '../protocol/errors.ts';
import type { FileId, GroupId, ItemId, UserId } from '../protocol/ids.ts';
import type { GroupPolicies, RepeatMode, Role } from '../protocol/payloads.ts';
import type { DeviceWord, Fix, SharingMode } from '../protocol/wire.ts';
import type { Live } from '../streams/live.ts';
import type { Trip, TripLink } from '../trips/trip.ts';
import type { Jamz } from './jamz.ts';
import type { Sent } from './sent.ts';

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
  /** Its file was taken down: nobody can hear it any more. */
  readonly takenDown?: boolean;
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
   * Takes the file of a track down, for good and for all: for owners and moderators. The track stays in the list, where
   * it says so ({@link PlaylistEntry.takenDown}), and players go past it; remove it besides.
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

  /**
   * A past drive, of three days at most: where members were as {@link Group.positionHistory} shows it, the songs that
   * were heard, and the messages and likes of that time.
   *
   * @param span `from` and `until` in ms since 1970, by the server's clock
   * @throws {JamzError} `invalid`, `rate-limited`, `unavailable`
   * @example
   * const trip = await group.trip({ from: jamz.serverNow() - 7_200_000, until: jamz.serverNow() });
   */
  trip(span: { from: number; until: number }): Promise<Trip>;
  /**
   * Shares a past drive by a link with whoever gets it. In it is who shared it; of the others nothing, until they say
   * yes by {@link Group.answerTrip}. It is read anew at each look: what somebody has had forgotten is gone from it.
   *
   * @param trip `title`: up to 120 characters, in place of the group's name. `expiresAt`: ms since 1970, within thirty
   * days and no later than its history is kept; default in a week
   * @throws {JamzError} `forbidden` to who was not there, `invalid`, `quota-exceeded` beyond twenty links of the group,
   * `rate-limited`, `unavailable`
   */
  shareTrip(trip: {
    from: number;
    until: number;
    title?: string;
    expiresAt?: number;
  }): Promise<TripLink>;
  /** The group's links to drives at which this person was a member; owners and moderators see all. @throws {JamzError} */
  tripLinks(): Promise<readonly TripLink[]>;
  /**
   * Says whether this person is in a shared trip. The last answer counts, at once.
   *
   * @throws {JamzError} `not-found`, `gone` for a link that is over, `unavailable`
   */
  answerTrip(id: string, answer: 'yes' | 'no'): Promise<void>;
  /**
   * Ends a link for good: for who shared it, owners and moderators.
   *
   * @throws {JamzError} `forbidden`, `not-found`, `gone`, `unavailable`
   */
  endTripLink(id: string): Promise<void>;

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
