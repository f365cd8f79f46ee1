import { matching, type Shape } from './shapes.ts';

/** Who: one person on one site. */
export type UserId = string;
/** One installation with storage of its own: a browser profile, a phone, a Node process. */
export type ReplicaId = string;
/** One run of one tab; names stamps and ops, so two tabs never make the same one. */
export type StamperId = string;
/** `<stamper id>-<counter>`: known the moment an op is made. */
export type OpId = string;
export type GroupId = string;
export type ItemId = string;
export type FileId = string;
export type DeviceId = string;

/**
 * The unit of sharing, order and access: `g:<group id>` or `u:<user id>` (a person's own profile).
 */
export type Scope = `g:${string}` | `u:${string}`;

/** Begins the id of an upload that has no file id yet; no id made here begins so otherwise. */
export const uploadMark = '~';

/** Whether a file id stands for an upload of this device, which no other has: such an id is in no log. */
export function isUpload(id: string | undefined): boolean {
  return id?.[0] === uploadMark;
}

/** What every id is made of. */
export const idPattern: RegExp = /^[A-Za-z0-9_.~-]{1,64}$/;
const scopePattern = /^[gu]:[A-Za-z0-9_.~-]{1,64}$/;

export const idShape: Shape<string> = matching(
  idPattern,
  'an id of 1 to 64 letters, digits and ._~-',
);

export const scopeShape: Shape<Scope> = /* @__PURE__ */ matching(
  scopePattern,
  '“g:” and a group id, or “u:” and a user id',
) as Shape<Scope>;

export function groupScope(groupId: GroupId): Scope {
  return `g:${groupId}`;
}

export function userScope(userId: UserId): Scope {
  return `u:${userId}`;
}

/** The group a scope belongs to, or undefined for a person's own scope. */
export function groupOfScope(scope: Scope): GroupId | undefined {
  return scope.startsWith('g:') ? scope.slice(2) : undefined;
}

/** The person whose own scope this is, or undefined for a group's. */
export function userOfScope(scope: Scope): UserId | undefined {
  return scope.startsWith('u:') ? scope.slice(2) : undefined;
}

/** The replica, stamper and default author of ops that the server makes. No push may use it. */
export const serverReplicaId = 'server';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * A random id of lower-case letters and digits, about 5.17 bits a character.
 *
 * @param random numbers in [0, 1), as `Math.random`; inject a cryptographic one where the id is a secret
 */
export function newId(random: () => number, length = 12): string {
  let id = '';
  for (let index = 0; index < length; index++) id += alphabet[Math.floor(random() * 36)];
  return id;
}

/**
 * Makes ids of 12 characters that nobody else makes, for what is no secret: all begin alike and they ascend, so that
 * what was made together stands together in a map and packs well in a snapshot.
 */
export function idSeries(random: () => number): () => string {
  const series = newId(random, 9);
  let count = 0;
  return () => series + (count++).toString(36).padStart(3, '0');
}
