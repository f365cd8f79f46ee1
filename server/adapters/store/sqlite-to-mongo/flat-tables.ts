import { ObjectId } from 'mongodb';
import type { Documents } from '../mongo/documents.ts';
import { fileDocument } from '../mongo/files.ts';
import { keyOf } from '../mongo/idempotency.ts';
import { useIdOf } from '../mongo/invitations.ts';
import { groupDocument, membershipIdOf } from '../mongo/memberships.ts';
import { familyDocument } from '../mongo/sessions.ts';
import { settingIdOf } from '../mongo/settings.ts';
import { siteDocument } from '../mongo/sites.ts';
import { tripAnswerDocument, tripDocument } from '../mongo/trips.ts';
import { userDocument } from '../mongo/users.ts';
import { toFile } from '../sqlite/files.ts';
import { toGroup } from '../sqlite/memberships.ts';
import { toSubscription } from '../sqlite/pushes.ts';
import { figure, figureOrNull, type Row, text, textOrNull } from '../sqlite/rows.ts';
import { toFamily } from '../sqlite/sessions.ts';
import { toSite } from '../sqlite/sites.ts';
import { toTrip, toTripAnswer } from '../sqlite/trips.ts';
import { toUser } from '../sqlite/users.ts';
import { toDelivery } from '../sqlite/webhook-outbox.ts';

/** A table of which each row becomes one document. */
export interface FlatTable {
  readonly table: string;
  readonly collection: keyof Documents;
  /** Where the rows alone do not say it all. */
  readonly query?: string;
  readonly toDocument: (row: Row) => object;
}

const expiring = (row: Row) => {
  const expiresAtMs = figure(row, 'expires_at_ms');
  return { expiresAtMs, expiresAt: new Date(expiresAtMs) };
};

const place = (row: Row) => ({ userId: text(row, 'user_id'), groupId: text(row, 'group_id') });

export const flatTables: readonly FlatTable[] = [
  { table: 'sites', collection: 'sites', toDocument: (row) => siteDocument(toSite(row)) },
  {
    table: 'users',
    collection: 'users',
    toDocument(row) {
      const atMs = figureOrNull(row, 'erasing_since_ms');
      const erasure = { atMs, alsoFiles: figure(row, 'erase_files') === 1 };
      return { ...userDocument(toUser(row)), ...(atMs === null ? {} : { erasure }) };
    },
  },
  {
    table: 'families',
    collection: 'families',
    query: `
      SELECT families.*, coalesce(user_id, '') AS user_id, coalesce((SELECT max(expires_at_ms)
        FROM refresh_tokens WHERE refresh_tokens.family_id = families.family_id), 0) AS last_ms
      FROM families`,
    toDocument: (row) =>
      familyDocument(toFamily(row), figure(row, 'revoked') === 1, figure(row, 'last_ms')),
  },
  {
    table: 'refresh_tokens',
    collection: 'refreshTokens',
    toDocument: (row) => ({
      ...{ _id: text(row, 'token_hash'), familyId: text(row, 'family_id') },
      ...{ userId: text(row, 'user_id'), usedAtMs: figureOrNull(row, 'used_at_ms') },
      ...{ successorHash: textOrNull(row, 'successor_hash'), ...expiring(row) },
    }),
  },
  {
    table: 'one_time_tokens',
    collection: 'oneTimeTokens',
    toDocument: (row) => ({
      ...{ _id: text(row, 'token_hash'), purpose: text(row, 'purpose') },
      ...{ userId: text(row, 'user_id'), email: text(row, 'email'), ...expiring(row) },
    }),
  },
  { table: 'groups', collection: 'groups', toDocument: (row) => groupDocument(toGroup(row)) },
  {
    table: 'memberships',
    collection: 'memberships',
    toDocument: (row) => ({
      ...{ _id: membershipIdOf(place(row)), ...place(row) },
      ...{ siteId: text(row, 'site_id'), role: text(row, 'role') },
    }),
  },
  {
    table: 'stays',
    collection: 'stays',
    toDocument: (row) => ({ _id: membershipIdOf(place(row)), ...place(row) }),
  },
  {
    table: 'invitations',
    collection: 'invitations',
    toDocument: (row) => ({ _id: text(row, 'code'), groupId: text(row, 'group_id') }),
  },
  {
    table: 'invitation_uses',
    collection: 'invitationUses',
    toDocument: (row) => ({ _id: useIdOf(text(row, 'code'), text(row, 'user_id')) }),
  },
  { table: 'files', collection: 'files', toDocument: (row) => fileDocument(toFile(row)) },
  {
    table: 'takedowns',
    collection: 'takedowns',
    toDocument: (row) => ({ _id: text(row, 'file_id'), atMs: figure(row, 'at_ms') }),
  },
  {
    table: 'reports',
    collection: 'reports',
    toDocument: (row) => ({
      ...{ _id: text(row, 'report_id'), siteId: text(row, 'site_id') },
      ...{ groupId: text(row, 'group_id'), memberId: text(row, 'member_id') },
      ...{ reporterId: text(row, 'reporter_id'), reason: text(row, 'reason') },
      atMs: figure(row, 'at_ms'),
    }),
  },
  {
    table: 'audit',
    collection: 'audit',
    // Made in their order, so that records of one millisecond keep it.
    query: 'SELECT * FROM audit ORDER BY id',
    toDocument: (row) => ({
      _id: textOrNull(row, 'once_id') ?? new ObjectId(),
      ...{ atMs: figure(row, 'at_ms'), siteId: text(row, 'site_id') },
      ...{ kind: text(row, 'kind'), actorId: textOrNull(row, 'actor_id') },
      subjectId: textOrNull(row, 'subject_id'),
    }),
  },
  {
    table: 'webhook_events',
    collection: 'webhookEvents',
    toDocument(row) {
      const { eventId: _id, ...delivery } = toDelivery(row);
      return { _id, ...delivery };
    },
  },
  {
    table: 'webhook_marks',
    collection: 'webhookMarks',
    toDocument: (row) => ({
      ...{ _id: text(row, 'scope'), scope: text(row, 'scope') },
      ...{ generation: figure(row, 'generation'), seq: figure(row, 'seq') },
    }),
  },
  {
    table: 'idempotency',
    collection: 'idempotency',
    toDocument: (row) => ({
      ...{ _id: keyOf(text(row, 'site_id'), text(row, 'key')), siteId: text(row, 'site_id') },
      ...{ fingerprint: text(row, 'fingerprint'), begunAtMs: figure(row, 'begun_at_ms') },
      ...{ status: figureOrNull(row, 'status'), body: textOrNull(row, 'body'), ...expiring(row) },
    }),
  },
  {
    table: 'site_days',
    collection: 'siteDays',
    toDocument: (row) => ({
      ...{ _id: `${text(row, 'site_id')} ${text(row, 'day')}`, siteId: text(row, 'site_id') },
      ...{ day: text(row, 'day'), ops: figure(row, 'ops') },
    }),
  },
  {
    table: 'push_subscriptions',
    collection: 'pushSubscriptions',
    toDocument(row) {
      const { subscriptionId: _id, ...subscription } = toSubscription(row);
      return { _id, ...subscription };
    },
  },
  {
    table: 'push_claims',
    collection: 'pushClaims',
    toDocument: (row) => ({ _id: text(row, 'key'), ...expiring(row) }),
  },
  {
    table: 'settings',
    collection: 'settings',
    toDocument(row) {
      const [kind, owner] = [text(row, 'kind'), text(row, 'owner')];
      // What we wrote as an owner is one.
      const _id = settingIdOf(kind, owner as Parameters<typeof settingIdOf>[1]);
      return { _id, owner, kind, value: text(row, 'value') };
    },
  },
  { table: 'trips', collection: 'trips', toDocument: (row) => tripDocument(toTrip(row)) },
  {
    table: 'trip_answers',
    collection: 'tripAnswers',
    toDocument: (row) => tripAnswerDocument(toTripAnswer(row)),
  },
  {
    table: 'meta',
    collection: 'meta',
    toDocument: (row) => ({ _id: text(row, 'key'), value: text(row, 'value') }),
  },
];
