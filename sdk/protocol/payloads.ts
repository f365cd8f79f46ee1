import { type FileId, type ItemId, idShape, type ReplicaId, type UserId } from './ids.ts';
import { limits } from './limits.ts';
import {
  between,
  boolean,
  list,
  matching,
  object,
  oneOf,
  orNull,
  type Shape,
  text,
  trimmed,
  whole,
} from './shapes.ts';

/** One track as a member adds it. `fileId`, `url` or `trackId` says where its sound is. */
export interface TrackEntry {
  readonly itemId: ItemId;
  readonly title: string;
  readonly artist?: string;
  readonly durationMs?: number;
  /** An upload of this group. */
  readonly fileId?: FileId;
  /** A public address; members' browsers fetch it themselves. */
  readonly url?: string;
  /** The host site's own catalogue id. */
  readonly trackId?: string;
}

export type Role = 'owner' | 'moderator' | 'member';
export type RepeatMode = 'off' | 'one' | 'all';

export interface GroupPolicies {
  readonly join: 'open' | 'invited';
  readonly add: 'everyone' | 'owners';
  readonly control: 'everyone' | 'owners' | 'chosen';
}

/** What an op does, by type. The name before the dot is the kind whose merge strategy takes it. */
export interface Payloads {
  /** Play, pause, seek, select, next, previous: always the whole record. */
  'playback.set': {
    readonly itemId: ItemId | null;
    readonly positionMs: number;
    readonly atServerMs: number;
    readonly playing: boolean;
    readonly rate: number;
  };
  'repeat.set': { readonly mode: RepeatMode };
  /** `seed` makes the order the same on every replica. */
  'shuffle.set': { readonly on: boolean; readonly seed: number };

  /** `after`: the item to stand behind, null for the very front, absent for the end. */
  'playlist.add': { readonly items: readonly TrackEntry[]; readonly after?: ItemId | null };
  'playlist.remove': { readonly itemId: ItemId };
  'playlist.move': { readonly itemId: ItemId; readonly after: ItemId | null };
  /** What was learnt later: the length of a track that nobody had decoded yet. */
  'playlist.amend': { readonly itemId: ItemId; readonly durationMs: number };

  /** By the server only. */
  'group.create': { readonly name: string; readonly policies: GroupPolicies };
  'group.update': {
    readonly name?: string;
    readonly photoFileId?: FileId | null;
    readonly policies?: Partial<GroupPolicies>;
  };
  'group.delete': Record<never, never>;

  /** By the server only, in the joining member's name. */
  'members.join': {
    readonly memberId: UserId;
    readonly name: string;
    readonly role: Role;
    readonly invitation?: string;
  };
  'members.leave': Record<never, never>;
  'members.remove': { readonly memberId: UserId; readonly ban?: boolean };
  'members.role': { readonly memberId: UserId; readonly role: Role };
  /** The member's own name and photo as this group shows them. */
  'members.describe': { readonly name?: string; readonly photoFileId?: FileId | null };

  /** By the server only: codes are made where they can be checked. `uses` absent: any number. */
  'invitations.create': {
    readonly code: string;
    readonly expiresAtMs?: number;
    readonly uses?: number;
  };
  'invitations.revoke': { readonly code: string };

  'session.start': { readonly sessionId: string };
  'session.join': { readonly sessionId: string };
  'session.leave': { readonly sessionId: string };
  'session.end': { readonly sessionId: string };
  'session.plan': { readonly sessionId: string; readonly atMs: number };

  'places.save': {
    readonly placeId: string;
    readonly name: string;
    readonly lat: number;
    readonly lng: number;
  };
  'places.update': {
    readonly placeId: string;
    readonly name?: string;
    readonly lat?: number;
    readonly lng?: number;
  };
  'places.remove': { readonly placeId: string };

  'messages.send': { readonly messageId: string; readonly text: string };
  'messages.edit': { readonly messageId: string; readonly text: string };

  'reactions.set': {
    readonly itemId: ItemId;
    readonly like?: boolean;
    readonly skip?: boolean;
    /** 1 … 5. */
    readonly rating?: number;
  };

  /**
   * By the server only, in every kind of scope: drops what was removed up to `seq` or expired before `beforeMs`, and the
   * numbers of replicas that have written nothing since then.
   */
  'log.prune': {
    readonly seq: number;
    readonly beforeMs: number;
    readonly replicas: readonly ReplicaId[];
  };

  /** In a person's own scope. */
  'profile.update': {
    readonly name?: string;
    readonly photoFileId?: FileId | null;
    readonly aiOptIn?: boolean;
  };
  'profile.answer': {
    readonly conflictId: string;
    readonly field: ProfileField;
    readonly value: string | boolean | null;
  };
}

export type ProfileField = 'name' | 'photoFileId' | 'aiOptIn';

export type OpType = keyof Payloads;

const id = idShape;
const name = trimmed(1, limits.maxNameChars);
const said = text(1, limits.maxTextChars);
const ms = between(0, 1e14);
const lat = between(-90, 90);
const lng = between(-180, 180);
const fileOrNone = orNull(id);
const role = oneOf<Role>('owner', 'moderator', 'member');
const nothing = object<Record<never, never>>({});
const sessionRef = object<Payloads['session.join']>({ sessionId: id });

const policies = {
  join: oneOf<GroupPolicies['join']>('open', 'invited'),
  add: oneOf<GroupPolicies['add']>('everyone', 'owners'),
  control: oneOf<GroupPolicies['control']>('everyone', 'owners', 'chosen'),
};

const address = matching(/^https?:\/\//, 'an http or https address');
const addressText = text(1, limits.maxUrlChars);
const track = object<TrackEntry>(
  { itemId: id, title: text(1, limits.maxTitleChars) },
  {
    artist: text(0, limits.maxTitleChars),
    durationMs: ms,
    fileId: id,
    url: (input) => address(addressText(input)),
    trackId: text(1, 200),
  },
);

/** One shape per op type; unknown keys are dropped, wrong values refused. */
export const payloadShapes: { readonly [Type in OpType]: Shape<Payloads[Type]> } = {
  'playback.set': object({
    itemId: orNull(id),
    positionMs: ms,
    atServerMs: ms,
    playing: boolean,
    rate: between(0.25, 4),
  }),
  'repeat.set': object({ mode: oneOf<RepeatMode>('off', 'one', 'all') }),
  'shuffle.set': object({ on: boolean, seed: whole(0, 0xffffffff) }),
  'playlist.add': object<Payloads['playlist.add']>(
    { items: list(track, 1, limits.maxTracksPerOp) },
    { after: orNull(id) },
  ),
  'playlist.remove': object({ itemId: id }),
  'playlist.move': object({ itemId: id, after: orNull(id) }),
  'playlist.amend': object({ itemId: id, durationMs: ms }),
  'group.create': object({ name, policies: object<GroupPolicies>(policies) }),
  'group.update': object<Payloads['group.update']>(
    {},
    { name, photoFileId: fileOrNone, policies: object<Partial<GroupPolicies>>({}, policies) },
  ),
  'group.delete': nothing,
  'members.join': object<Payloads['members.join']>(
    { memberId: id, name, role },
    { invitation: id },
  ),
  'members.leave': nothing,
  'members.remove': object<Payloads['members.remove']>({ memberId: id }, { ban: boolean }),
  'members.role': object({ memberId: id, role }),
  'members.describe': object<Payloads['members.describe']>({}, { name, photoFileId: fileOrNone }),
  'invitations.create': object<Payloads['invitations.create']>(
    { code: id },
    { expiresAtMs: ms, uses: whole(1, 100_000) },
  ),
  'invitations.revoke': object({ code: id }),
  'session.start': sessionRef,
  'session.join': sessionRef,
  'session.leave': sessionRef,
  'session.end': sessionRef,
  'session.plan': object({ sessionId: id, atMs: ms }),
  'places.save': object({ placeId: id, name, lat, lng }),
  'places.update': object<Payloads['places.update']>({ placeId: id }, { name, lat, lng }),
  'places.remove': object({ placeId: id }),
  'messages.send': object({ messageId: id, text: said }),
  'messages.edit': object({ messageId: id, text: said }),
  'reactions.set': object<Payloads['reactions.set']>(
    { itemId: id },
    { like: boolean, skip: boolean, rating: whole(1, 5) },
  ),
  'log.prune': object({
    seq: whole(0, Number.MAX_SAFE_INTEGER),
    beforeMs: ms,
    replicas: list(id, 0, limits.maxPrunedReplicas),
  }),
  'profile.update': object<Payloads['profile.update']>(
    {},
    { name, photoFileId: fileOrNone, aiOptIn: boolean },
  ),
  'profile.answer': object({
    conflictId: id,
    field: oneOf<ProfileField>('name', 'photoFileId', 'aiOptIn'),
    value: (input) =>
      typeof input === 'boolean' ? input : orNull(text(0, limits.maxNameChars))(input),
  }),
};

export function isOpType(value: unknown): value is OpType {
  return typeof value === 'string' && Object.hasOwn(payloadShapes, value);
}
