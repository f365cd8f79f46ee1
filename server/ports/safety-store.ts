import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';

/** What one member says about another. */
export interface ReportRecord {
  readonly reportId: string;
  readonly siteId: string;
  readonly groupId: GroupId;
  /** Whom it is about. */
  readonly memberId: UserId;
  readonly reporterId: UserId;
  readonly reason: string;
  readonly atMs: number;
}

export interface ReportStore {
  add(report: ReportRecord): Promise<void>;
  /** The newest first. @param beforeMs only those made before */
  ofSite(siteId: string, beforeMs: number, limit: number): Promise<readonly ReportRecord[]>;
}

/** Files that are served no more. */
export interface TakedownStore {
  /** The first time stands. */
  add(fileId: string, atMs: number): Promise<void>;
  has(fileId: string): Promise<boolean>;
}

export const auditKinds = [
  'sign-in',
  'sign-in-failed',
  'sign-up',
  'refresh-reused',
  'email-verified',
  'password-reset',
  'password-changed',
  'email-change-asked',
  'email-changed',
  'second-factor-on',
  'second-factor-off',
  'recovery-code-used',
  'account-upgraded',
  'account-erased',
  'device-ended',
  'sign-ins-ended',
  'access-refused',
  'limit-reached',
  'member-reported',
  'file-taken-down',
  'site-added',
  'site-secret-rotated',
  'site-policy-changed',
  'site-origins-changed',
  'site-quotas-changed',
  'site-renamed',
  'webhooks-changed',
  'webhook-secret-rotated',
  'webhooks-retried',
  'group-created',
  'group-changed',
  'group-deleted',
  'member-added',
  'member-removed',
  'role-changed',
  'trip-shared',
  'trip-ended',
] as const;

export type AuditKind = (typeof auditKinds)[number];

/** One thing that happened to the safety of a site. Ids only: no names, addresses or secrets. */
export interface AuditRecord {
  readonly atMs: number;
  readonly siteId: string;
  readonly kind: AuditKind;
  /** Who did it; null where nobody is known, as after a wrong password for an address without an account. */
  readonly actorId: UserId | null;
  /** What it was done to: a person, a file, a sign-in, a report. */
  readonly subjectId: string | null;
}

/** Grows at its end only; what is older than the retention goes. */
export interface AuditStore {
  /** @param onceId the same for what may be noted twice: the first time stands */
  append(record: AuditRecord, onceId?: string): Promise<void>;
  /** The newest first. @param siteId of all sites where it is absent */
  list(
    asked: { readonly siteId?: string; readonly sinceMs?: number },
    limit: number,
  ): Promise<readonly AuditRecord[]>;
  dropBefore(atMs: number): Promise<void>;
}
