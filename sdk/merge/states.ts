import type { Hlc } from '../clock/hlc.ts';
import type { FileId, ItemId, ReplicaId, UserId } from '../protocol/ids.ts';
import type { Base } from '../protocol/ops.ts';
import type {
  GroupPolicies,
  ProfileField,
  RepeatMode,
  Role,
  TrackEntry,
} from '../protocol/payloads.ts';
import type { NumberRanges } from '../protocol/wire.ts';
import type { SortedMap } from './sorted-map.ts';

/** What the group hears: `itemId` stood at `positionMs` at the server's time `atServerMs`. */
export interface Playback {
  readonly itemId: ItemId | null;
  readonly positionMs: number;
  readonly atServerMs: number;
  readonly playing: boolean;
  /** Speed, 1 = as recorded. */
  readonly rate: number;
  /** Who gave the last command, null before the first. */
  readonly by: UserId | null;
}

export interface PlaybackState {
  readonly record: Playback;
  readonly recordStamp: Hlc;
  readonly repeat: RepeatMode;
  readonly repeatStamp: Hlc;
  readonly shuffle: boolean;
  readonly shuffleSeed: number;
  /** The item that sounded when shuffle was switched on: the shuffled order begins with it. */
  readonly shuffleFirst: ItemId | null;
  readonly shuffleStamp: Hlc;
}

export interface PlaylistItem extends TrackEntry {
  readonly addedBy: UserId;
  readonly addedAtMs: number;
}

/** As stored: with the key that says where it stands. */
export interface PlacedItem extends PlaylistItem {
  /** Position key: items sort by it as text. */
  readonly key: string;
}

/** Where a replica's last append went: what it appended before it saw more of the log continues right there. */
export interface AppendRun {
  /** Position key of the last item appended, where it was put first. */
  readonly key: string;
  /** Generation and sequence of the op that appended it. */
  readonly generation: number;
  readonly seq: number;
}

export interface PlaylistState {
  readonly items: SortedMap<PlacedItem>;
  /** Position key → item: the same objects as in `items`, so that what is shown can be made leaf by leaf. */
  readonly order: SortedMap<PlacedItem>;
  /** Removed items' ids → seq of the removal, pruned by a logged op. */
  readonly removed: SortedMap<number>;
  /** Replica → its last append: keeps runs made offline together. */
  readonly runs: SortedMap<AppendRun>;
}

export interface Member {
  readonly memberId: UserId;
  readonly name: string;
  readonly photoFileId: FileId | null;
  readonly role: Role;
  readonly joinedAtMs: number;
  /** Sequence of the join that made this membership: who rejoins is a new incarnation. */
  readonly incarnation: number;
  /** Stretches of the log, first and last seq, in which this person was no member; absent where there are none. */
  readonly away?: NumberRanges;
}

/** How a membership ended: a person left, or was removed by others, for good where banned. */
export type MembershipEnd = 'left' | 'removed' | 'banned';

export interface FormerMember {
  /** Sequence of the op that ended the membership. */
  readonly seq: number;
  readonly how: MembershipEnd;
  readonly name: string;
  /** As {@link Member.away}, of the memberships before. */
  readonly away?: NumberRanges;
}

export interface MembersState {
  readonly present: SortedMap<Member>;
  /** Who was here and is not: user id → how it ended. */
  readonly former: SortedMap<FormerMember>;
}

export interface GroupInfo {
  readonly name: string;
  readonly photoFileId: FileId | null;
  readonly policies: GroupPolicies;
  readonly createdAtMs: number;
  readonly deleted: boolean;
}

export interface InfoState {
  readonly info: GroupInfo;
  readonly stamps: Readonly<Record<string, Hlc>>;
}

export interface Invitation {
  readonly code: string;
  /** Sequence of the op that made it: who was removed comes back only by one that is newer than the removal. */
  readonly seq: number;
  readonly createdBy: UserId;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly usesLeft: number | null;
  readonly revoked: boolean;
}

/** The audio session: in it, members hear and control together. */
export interface AudioSession {
  readonly sessionId: string;
  readonly startedBy: UserId;
  readonly startedAtMs: number;
  readonly members: readonly UserId[];
}

export interface PlannedSession {
  readonly sessionId: string;
  readonly plannedBy: UserId;
  readonly atMs: number;
}

export interface SessionState {
  readonly running: AudioSession | null;
  readonly planned: PlannedSession | null;
  /** The last session that ended, so that a command to it is told why it does nothing. */
  readonly endedSessionId: string | null;
}

export interface Place {
  readonly placeId: string;
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
  readonly savedBy: UserId;
}

export interface StampedPlace extends Place {
  readonly stamps: Readonly<Record<string, Hlc>>;
  readonly removed: boolean;
}

export interface Message {
  readonly messageId: string;
  readonly authorId: UserId;
  readonly text: string;
  readonly sentAtMs: number;
  readonly editedAtMs: number | null;
}

export interface StampedMessage extends Message {
  readonly seq: number;
  readonly stamp: Hlc;
  /** Said while this replica's person was away: only its place is here, so that the same messages age out everywhere. */
  readonly hidden: boolean;
}

export interface Reaction {
  readonly like: boolean;
  readonly skip: boolean;
  readonly rating: number | null;
  /** Field → stamp of its last write. */
  readonly stamps: Readonly<Record<string, Hlc>>;
}

/** What was played, by whom it was chosen, from when to when. */
export interface Play {
  readonly itemId: ItemId;
  readonly title: string;
  readonly chosenBy: UserId | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** Everything a group's log folds to. */
export interface GroupState {
  readonly kind: 'group';
  readonly info: InfoState;
  readonly members: MembersState;
  readonly invitations: SortedMap<Invitation>;
  readonly playlist: PlaylistState;
  readonly playback: PlaybackState;
  readonly session: SessionState;
  readonly places: SortedMap<StampedPlace>;
  /** The last 200, by message id; their order is `seq`. */
  readonly messages: SortedMap<StampedMessage>;
  /** `<item id> <user id>` → reaction. */
  readonly reactions: SortedMap<Reaction>;
  /** Oldest first, the last 200. */
  readonly plays: readonly Play[];
  /** Op numbers already in, by replica: what makes an op sent twice have one effect. */
  readonly applied: SortedMap<NumberRanges>;
  /**
   * Replicas that wrote nothing after this time, by the server's clock, may have been forgotten: what they made before
   * cannot be told from what is in already. 0 while none was.
   */
  readonly forgottenMs: number;
}

export interface Profile {
  readonly name: string;
  readonly photoFileId: FileId | null;
  readonly aiOptIn: boolean;
}

/** One write of one field, with what its writer had seen. */
export interface FieldWrite {
  readonly value: string | boolean | null;
  readonly stamp: Hlc;
  readonly atMs: number;
  readonly base: Base;
  readonly replicaId: ReplicaId;
  readonly number: number;
  readonly seq: number;
}

/**
 * Two concurrent writes of one field: a question that one answer closes on every device. The state is the same for
 * all of a person's devices, so "mine" is the write that stands; whoever shows it turns it round by `replicaId`.
 */
export interface OpenConflict {
  readonly conflictId: string;
  readonly field: ProfileField;
  readonly mine: FieldWrite;
  readonly theirs: FieldWrite;
}

/** Everything a person's own log folds to. */
export interface UserState {
  readonly kind: 'user';
  readonly fields: Readonly<Partial<Record<ProfileField, FieldWrite>>>;
  readonly conflicts: readonly OpenConflict[];
  readonly applied: SortedMap<NumberRanges>;
  /** As in {@link GroupState.forgottenMs}. */
  readonly forgottenMs: number;
}

export type ScopeState = GroupState | UserState;
