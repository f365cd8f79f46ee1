import type { Binary, Collection, Db, ObjectId } from 'mongodb';
import type { ErrorCode } from '../../../../sdk/protocol/errors.ts';
import type {
  ArchivedMessage,
  AuditRecord,
  BegunErasure,
  FamilyRecord,
  FileRecord,
  Generation,
  GroupRecord,
  MembershipRecord,
  OneTimeToken,
  PushSubscriptionRecord,
  RefreshRecord,
  ReportRecord,
  SettingOwner,
  Site,
  SnapshotKind,
  TripAnswerRecord,
  TripRecord,
  UserRecord,
  WebhookDelivery,
} from '../../../ports/store.ts';

/** What lies in each collection. What has a `scope` may be sharded by it. */
export interface Documents {
  /** One document a commit, or what closes a generation: unique on scope, generation and first seq. */
  readonly commits: CommitDocument;
  /** Where the kept part of a trimmed log begins; `_id` is the scope. */
  readonly horizons: { _id: string; scope: string; firstSeq: number };
  readonly leases: { _id: string; scope: string; seq: number; untilMs: number };
  readonly snapshots: SnapshotDocument;
  /** Pieces of what is too large for one document. */
  readonly parts: { _id: string; scope: string; whole: ObjectId; index: number; bytes: Binary };
  readonly archives: { _id: string; scope: string; filledTo: number; generation: number };
  readonly archivedMessages: ArchivedMessageDocument;
  readonly archivedEdits: ArchivedEditDocument;
  readonly refusals: RefusalDocument;
  readonly sites: Omit<Site, 'siteId'> & { _id: string };
  readonly users: UserDocument;
  readonly families: FamilyDocument;
  readonly refreshTokens: Omit<RefreshRecord, 'tokenHash'> & Expiring & { _id: string };
  readonly oneTimeTokens: Omit<OneTimeToken, 'tokenHash'> & Expiring & { _id: string };
  readonly groups: Omit<GroupRecord, 'groupId'> & { _id: string; placeKey: string };
  readonly memberships: MembershipRecord & { _id: string };
  /** Where somebody is or ever was. */
  readonly stays: Pick<MembershipRecord, 'userId' | 'groupId'> & { _id: string };
  readonly invitations: { _id: string; groupId: string };
  readonly invitationUses: { _id: string };
  readonly files: Omit<FileRecord, 'fileId' | 'peaks'> & { _id: string; peaks: Binary | null };
  readonly takedowns: { _id: string; atMs: number };
  readonly reports: Omit<ReportRecord, 'reportId'> & { _id: string };
  readonly audit: AuditRecord & { _id: ObjectId | string };
  readonly webhookEvents: Omit<WebhookDelivery, 'eventId'> & { _id: string };
  /** How far a log was looked through for events; `_id` is the scope. */
  readonly webhookMarks: { _id: string; scope: string; generation: number; seq: number };
  readonly idempotency: IdempotencyDocument;
  /** Ops of a site in a UTC day. */
  readonly siteDays: { _id: string; siteId: string; day: string; ops: number };
  readonly pushSubscriptions: Omit<PushSubscriptionRecord, 'subscriptionId'> & { _id: string };
  readonly pushClaims: { _id: string; expiresAtMs: number } & Expiring;
  readonly settings: { _id: string; owner: SettingOwner; kind: string; value: string };
  readonly trips: Omit<TripRecord, 'tripId'> & { _id: string };
  readonly tripAnswers: TripAnswerRecord & { _id: string };
  readonly meta: { _id: string; value: string };
}

export type Collections = {
  readonly [Name in keyof Documents]: Collection<Documents[Name]>;
};

export interface Expiring {
  /** The same as `expiresAtMs`, for the database's own forgetting. */
  expiresAt: Date;
}

/** Pieces that lie in `parts`. */
export interface Whole {
  readonly whole: ObjectId;
  readonly count: number;
}

export interface CommitDocument {
  /** Its writer's own mark: tells a write whose answer was lost from another's. */
  _id: ObjectId;
  scope: string;
  generation: number;
  seq: number;
  /** The last seq of the commit. */
  end: number;
  hash: string;
  atMs: number;
  /** The runs as JSON; null for one that was trimmed, and for what closes a generation. */
  runs: string | Whole | null;
  /** Set once the place may be forgotten. */
  trimmedAt?: Date;
  /** What closes its generation: the next one. */
  fork?: Generation;
}

export interface SnapshotDocument {
  _id: string;
  scope: string;
  kind: SnapshotKind;
  generation: number;
  seq: number;
  hash: string;
  atMs: number;
  foldVersion: number;
  bytes: Binary | Whole;
}

export interface ArchivedMessageDocument extends Omit<ArchivedMessage, 'editedAtMs'> {
  _id: string;
  scope: string;
  /** Of the log when it was archived. */
  generation: number;
  stamp: string;
}

export interface ArchivedEditDocument extends Omit<ArchivedMessage, 'sentAtMs' | 'editedAtMs'> {
  _id: string;
  scope: string;
  generation: number;
  stamp: string;
  editedAtMs: number;
}

export interface RefusalDocument extends Expiring {
  _id: string;
  scope: string;
  replicaId: string;
  number: number;
  code: ErrorCode | (string & {});
  message: string;
  expiresAtMs: number;
}

export interface UserDocument extends Omit<UserRecord, 'userId'> {
  _id: string;
  emailKey: string;
  externalKey: string;
  /** Set once it has begun. */
  erasure?: Pick<BegunErasure, 'atMs' | 'alsoFiles'>;
}

export interface IdempotencyDocument extends Expiring {
  _id: string;
  siteId: string;
  fingerprint: string;
  begunAtMs: number;
  expiresAtMs: number;
  status: number | null;
  body: string | null;
}

export interface FamilyDocument extends Omit<FamilyRecord, 'familyId'>, Expiring {
  _id: string;
  revoked: boolean;
  /** When the last of its tokens expires. */
  expiresAtMs: number;
}

const names: { readonly [Name in keyof Documents]: true } = {
  commits: true,
  horizons: true,
  leases: true,
  snapshots: true,
  parts: true,
  archives: true,
  archivedMessages: true,
  archivedEdits: true,
  refusals: true,
  sites: true,
  users: true,
  families: true,
  refreshTokens: true,
  oneTimeTokens: true,
  groups: true,
  memberships: true,
  stays: true,
  invitations: true,
  invitationUses: true,
  files: true,
  takedowns: true,
  reports: true,
  audit: true,
  webhookEvents: true,
  webhookMarks: true,
  idempotency: true,
  siteDays: true,
  pushSubscriptions: true,
  pushClaims: true,
  settings: true,
  trips: true,
  tripAnswers: true,
  meta: true,
};

export const collectionNames: readonly (keyof Documents)[] = Object.keys(
  names,
) as (keyof Documents)[];

export function collectionsOf(database: Db): Collections {
  const entries = collectionNames.map((name) => [name, database.collection(name)]);
  // A cast: the names are those of the type.
  return Object.fromEntries(entries) as Collections;
}
