import * as v from 'valibot';
import { type FileId, type ItemId, idSchema, type UserId } from './ids.ts';
import { limits } from './limits.ts';

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

const id = idSchema;
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.maxNameChars));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.maxTextChars));
const ms = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e14));
const lat = v.pipe(v.number(), v.finite(), v.minValue(-90), v.maxValue(90));
const lng = v.pipe(v.number(), v.finite(), v.minValue(-180), v.maxValue(180));
const fileOrNone = v.exactOptional(v.nullable(id));
const role = v.picklist(['owner', 'moderator', 'member']);
const nothing = v.object({});

const policyEntries = {
  join: v.picklist(['open', 'invited']),
  add: v.picklist(['everyone', 'owners']),
  control: v.picklist(['everyone', 'owners', 'chosen']),
};

const url = v.pipe(
  v.string(),
  v.maxLength(limits.maxUrlChars),
  v.regex(/^https?:\/\//, 'must be an http or https address'),
);

const track = v.object({
  itemId: id,
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(limits.maxTitleChars)),
  artist: v.exactOptional(v.pipe(v.string(), v.maxLength(limits.maxTitleChars))),
  durationMs: v.exactOptional(ms),
  fileId: v.exactOptional(id),
  url: v.exactOptional(url),
  trackId: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
});

const sessionRef = v.object({ sessionId: id });

/** One schema per op type; unknown keys are dropped, wrong values refused. */
export const payloadSchemas: {
  readonly [Type in OpType]: v.GenericSchema<unknown, Payloads[Type]>;
} = {
  'playback.set': v.object({
    itemId: v.nullable(id),
    positionMs: ms,
    atServerMs: ms,
    playing: v.boolean(),
    rate: v.pipe(v.number(), v.minValue(0.25), v.maxValue(4)),
  }),
  'repeat.set': v.object({ mode: v.picklist(['off', 'one', 'all']) }),
  'shuffle.set': v.object({
    on: v.boolean(),
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  }),
  'playlist.add': v.object({
    items: v.pipe(v.array(track), v.minLength(1), v.maxLength(limits.maxTracksPerOp)),
    after: v.exactOptional(v.nullable(id)),
  }),
  'playlist.remove': v.object({ itemId: id }),
  'playlist.move': v.object({ itemId: id, after: v.nullable(id) }),
  'playlist.amend': v.object({ itemId: id, durationMs: ms }),
  'group.create': v.object({ name, policies: v.object(policyEntries) }),
  'group.update': v.object({
    name: v.exactOptional(name),
    photoFileId: fileOrNone,
    policies: v.exactOptional(
      v.partial(v.object(policyEntries)) as v.GenericSchema<unknown, Partial<GroupPolicies>>,
    ),
  }),
  'group.delete': nothing,
  'members.join': v.object({ memberId: id, name, role, invitation: v.exactOptional(id) }),
  'members.leave': nothing,
  'members.remove': v.object({ memberId: id, ban: v.exactOptional(v.boolean()) }),
  'members.role': v.object({ memberId: id, role }),
  'members.describe': v.object({ name: v.exactOptional(name), photoFileId: fileOrNone }),
  'invitations.create': v.object({
    code: id,
    expiresAtMs: v.exactOptional(ms),
    uses: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))),
  }),
  'invitations.revoke': v.object({ code: id }),
  'session.start': sessionRef,
  'session.join': sessionRef,
  'session.leave': sessionRef,
  'session.end': sessionRef,
  'session.plan': v.object({ sessionId: id, atMs: ms }),
  'places.save': v.object({ placeId: id, name, lat, lng }),
  'places.update': v.object({
    placeId: id,
    name: v.exactOptional(name),
    lat: v.exactOptional(lat),
    lng: v.exactOptional(lng),
  }),
  'places.remove': v.object({ placeId: id }),
  'messages.send': v.object({ messageId: id, text }),
  'messages.edit': v.object({ messageId: id, text }),
  'reactions.set': v.object({
    itemId: id,
    like: v.exactOptional(v.boolean()),
    skip: v.exactOptional(v.boolean()),
    rating: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5))),
  }),
  'profile.update': v.object({
    name: v.exactOptional(name),
    photoFileId: fileOrNone,
    aiOptIn: v.exactOptional(v.boolean()),
  }),
  'profile.answer': v.object({
    conflictId: id,
    field: v.picklist(['name', 'photoFileId', 'aiOptIn']),
    value: v.union([v.pipe(v.string(), v.maxLength(limits.maxNameChars)), v.boolean(), v.null()]),
  }),
};

export function isOpType(value: unknown): value is OpType {
  return typeof value === 'string' && Object.hasOwn(payloadSchemas, value);
}
