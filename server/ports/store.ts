import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { GroupId, ReplicaId, Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { GroupPolicies, Role } from '../../sdk/protocol/payloads.ts';
import type { ArchiveStore, LogStore, SnapshotStore } from './log-store.ts';
import type { OneTimeTokenStore, SessionStore, UserStore } from './people-store.ts';
import type { PersonalStore } from './personal-store.ts';
import type { PushStore } from './push-store.ts';
import type { AuditStore, ReportStore, TakedownStore } from './safety-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type {
  IdempotencyStore,
  ReplacedSecret,
  SiteQuotas,
  SiteWebhooks,
  UsageStore,
  WebhookOutboxStore,
} from './sites-store.ts';
import type { TripStore } from './trips-store.ts';

export type * from './log-store.ts';
export type * from './people-store.ts';
export type * from './personal-store.ts';
export type * from './push-store.ts';
export type * from './safety-store.ts';
export type * from './settings-store.ts';
export type * from './sites-store.ts';
export type * from './trips-store.ts';

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
  readonly oneTimeTokens: OneTimeTokenStore;
  readonly memberships: MembershipStore;
  readonly invitations: InvitationStore;
  readonly files: FileStore;
  readonly personal: PersonalStore;
  readonly takedowns: TakedownStore;
  readonly reports: ReportStore;
  readonly audit: AuditStore;
  readonly webhookOutbox: WebhookOutboxStore;
  readonly idempotency: IdempotencyStore;
  readonly usage: UsageStore;
  readonly pushes: PushStore;
  readonly settings: SettingsStore;
  readonly trips: TripStore;
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
  /** The secret before this one; absent where there was none. */
  readonly previousSecret?: ReplacedSecret | null;
  /** Who registered it for themselves; absent where the operator did. */
  readonly ownerId?: UserId | null;
  /** Where they are others than the installation's own. */
  readonly quotas?: Partial<SiteQuotas>;
  /** Absent where its backend is told nothing. */
  readonly webhooks?: SiteWebhooks | null;
  readonly createdAtMs: number;
}

/** What can be changed of a site. */
export type SiteChanges = Partial<Omit<Site, 'siteId' | 'key' | 'createdAtMs'>>;

/** What a change of a site stands on. */
export interface SiteExpectation {
  /** The hash of its secret. */
  readonly secretHash?: string | null;
  /** How often its webhooks were changed; 0 where it has none. */
  readonly webhooksRevision?: number;
}

export interface SiteStore {
  byKey(key: string): Promise<Site | undefined>;
  byId(siteId: string): Promise<Site | undefined>;
  /** The site whose backend holds the secret of this hash, or held it before this one: then its time is to be checked. */
  bySecretHash(secretHash: string): Promise<Site | undefined>;
  list(): Promise<readonly Site[]>;
  /** Sites that a person registered, the oldest first. */
  ofOwner(ownerId: UserId): Promise<readonly Site[]>;
  put(site: Site): Promise<void>;
  /**
   * Changes what is named, and nothing that another request changes meanwhile.
   *
   * @param expected only while these are so: of two that change the same at once one is second
   * @returns `changed` when they are not: nothing was written. Quiet for no site.
   */
  update(
    siteId: string,
    changes: SiteChanges,
    expected?: SiteExpectation,
  ): Promise<'written' | 'changed'>;
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
  /** Groups of a site that are not deleted, by id. @param after the last one of the page before */
  ofSite(siteId: string, after: GroupId | null, limit: number): Promise<readonly GroupRecord[]>;
  put(membership: MembershipRecord): Promise<void>;
  remove(userId: UserId, groupId: GroupId): Promise<void>;
}

export interface InvitationStore {
  /** Which group a code belongs to; whether it still works is the group's state to say. */
  groupOf(code: string): Promise<GroupId | undefined>;
  put(code: string, groupId: GroupId): Promise<void>;
  /** Notes that somebody comes by this code. */
  noteUse(code: string, userId: UserId): Promise<void>;
  /** Whether one of these came by this code. */
  wasUsedBy(code: string, userIds: readonly UserId[]): Promise<boolean>;
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
  /** What one person uploaded and was not taken down, whatever group it is in, but for bytes that groups share. */
  usageOf(userId: UserId): Promise<FileUsage>;
  /** All of them, by id. @param after the last one of the page before */
  page(after: string | null, limit: number): Promise<readonly FileRecord[]>;
}

export interface FileUsage {
  readonly files: number;
  readonly bytes: number;
}

/** Small facts about this installation. */
export interface MetaStore {
  get(key: string): Promise<string | undefined>;
  /** Writes only where the key is new, and returns what now stands. */
  putIfAbsent(key: string, value: string): Promise<string>;
}
