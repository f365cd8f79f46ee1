import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { GroupId, ReplicaId, Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { GroupPolicies, Role } from '../../sdk/protocol/payloads.ts';
import type { ArchiveStore, LogStore, SnapshotStore } from './log-store.ts';

export type * from './log-store.ts';

/**
 * What the server keeps. Everything that resolves here is durable: it survives `kill -9` and a power cut.
 * One contract suite (`store.contract.ts`) runs over every adapter.
 */
export interface Store {
  readonly log: LogStore;
  readonly snapshots: SnapshotStore;
  readonly archive: ArchiveStore;
  readonly refusals: RefusalStore;
  readonly sites: SiteStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly memberships: MembershipStore;
  readonly invitations: InvitationStore;
  readonly files: FileStore;
  readonly meta: MetaStore;
  close(): Promise<void>;
}

/** What the logs' use cases need of it. */
export type LogsStore = Pick<
  Store,
  'log' | 'snapshots' | 'archive' | 'refusals' | 'memberships' | 'meta' | 'users'
>;

/** Final refusals, remembered for 24 hours so that an op asked again gets the same answer. */
export interface RefusalStore {
  get(
    scope: Scope,
    replicaId: ReplicaId,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, { code: ErrorCode; message: string }>>;
  put(
    scope: Scope,
    replicaId: ReplicaId,
    refusals: readonly { number: number; code: ErrorCode; message: string }[],
    expiresAtMs: number,
  ): Promise<void>;
  /** Forgets what expired at or before `nowMs`. */
  dropExpired(nowMs: number): Promise<void>;
}

export type SitePolicy = 'open' | 'invite' | 'signed';

export interface Site {
  readonly siteId: string;
  /** Publishable, as `pk_demo`. */
  readonly key: string;
  readonly name: string;
  readonly policy: SitePolicy;
  /** Origins that may use it; `*` allows any. */
  readonly origins: readonly string[];
  /** SHA-256 of the secret, hex; null while it has none. */
  readonly secretHash: string | null;
  /**
   * The secret itself under AES-256-GCM, needed to check identities that the site's backend signs with it;
   * only who has AUTH_SECRET can open it. Null while the site has none.
   */
  readonly sealedSecret: string | null;
  readonly createdAtMs: number;
}

export interface SiteStore {
  byKey(key: string): Promise<Site | undefined>;
  byId(siteId: string): Promise<Site | undefined>;
  list(): Promise<readonly Site[]>;
  put(site: Site): Promise<void>;
}

export interface UserRecord {
  readonly userId: UserId;
  readonly siteId: string;
  readonly name: string;
  readonly guest: boolean;
  /** Lower case; null for guests and host-signed identities. Unique within a site. */
  readonly email: string | null;
  /** PHC string of argon2id; null where there is none. */
  readonly passwordHash: string | null;
  /** Subject of the host's own identity, unique within a site. */
  readonly externalId: string | null;
  readonly createdAtMs: number;
}

export interface UserStore {
  byId(userId: UserId): Promise<UserRecord | undefined>;
  byEmail(siteId: string, email: string): Promise<UserRecord | undefined>;
  byExternalId(siteId: string, externalId: string): Promise<UserRecord | undefined>;
  /** @returns `taken` when the e-mail or external id is another's: nothing was written */
  create(user: UserRecord): Promise<'written' | 'taken'>;
  update(user: UserRecord): Promise<void>;
}

/** One refresh token of a family; single use. */
export interface RefreshRecord {
  readonly tokenHash: string;
  readonly familyId: string;
  readonly userId: UserId;
  readonly expiresAtMs: number;
  /** Set once it was used, with the successor it led to. */
  readonly usedAtMs: number | null;
  readonly successorHash: string | null;
}

export interface SessionStore {
  get(tokenHash: string): Promise<RefreshRecord | undefined>;
  create(record: RefreshRecord): Promise<void>;
  /** Marks `tokenHash` used and creates its successor, once. @returns `used` when someone was first */
  rotate(tokenHash: string, successor: RefreshRecord, atMs: number): Promise<'rotated' | 'used'>;
  revokeFamily(familyId: string): Promise<void>;
  familyAlive(familyId: string): Promise<boolean>;
  dropExpired(nowMs: number): Promise<void>;
}

/** Derived from the logs, so that "my groups" needs no fold. The log is the truth. */
export interface MembershipRecord {
  readonly userId: UserId;
  readonly groupId: GroupId;
  readonly siteId: string;
  readonly role: Role;
}

export interface GroupRecord {
  readonly groupId: GroupId;
  readonly siteId: string;
  readonly name: string;
  readonly memberCount: number;
  readonly policies: GroupPolicies;
  readonly deleted: boolean;
  /** For groups that an `open` site makes on first use: the place it stands for; unique within the site. */
  readonly place: string | null;
}

export interface MembershipStore {
  group(groupId: GroupId): Promise<GroupRecord | undefined>;
  groupByPlace(siteId: string, place: string): Promise<GroupRecord | undefined>;
  /** @returns `taken` when the site already has a group for that place */
  createGroup(group: GroupRecord): Promise<'written' | 'taken'>;
  updateGroup(group: GroupRecord): Promise<void>;
  ofUser(userId: UserId): Promise<readonly (GroupRecord & { readonly role: Role })[]>;
  put(membership: MembershipRecord): Promise<void>;
  remove(userId: UserId, groupId: GroupId): Promise<void>;
}

export interface InvitationStore {
  /** Which group a code belongs to; whether it still works is the group's state to say. */
  groupOf(code: string): Promise<GroupId | undefined>;
  put(code: string, groupId: GroupId): Promise<void>;
}

/** What is known of an upload whose bytes are in the files port. */
export interface FileRecord {
  readonly fileId: string;
  readonly groupId: GroupId;
  readonly uploadedBy: UserId;
  /** Where the files port has the bytes; the demo groups share theirs. */
  readonly bytesKey: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly title: string;
  readonly artist: string | null;
  readonly durationMs: number | null;
  readonly artworkKey: string | null;
  readonly artworkMediaType: string | null;
  /** About 800 values 0 … 255, loudness over the track; null until someone computed them. */
  readonly peaks: Uint8Array | null;
  readonly createdAtMs: number;
}

export interface FileStore {
  get(fileId: string): Promise<FileRecord | undefined>;
  bySha256(groupId: GroupId, sha256: string): Promise<FileRecord | undefined>;
  put(file: FileRecord): Promise<void>;
}

/** Small facts about this installation. */
export interface MetaStore {
  get(key: string): Promise<string | undefined>;
  /** Writes only where the key is new, and returns what now stands. */
  putIfAbsent(key: string, value: string): Promise<string>;
}
