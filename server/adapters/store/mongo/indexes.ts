import type { CreateIndexesOptions, Db } from 'mongodb';
import type { Documents } from './documents.ts';

/**
 * Makes the indexes that are missing. Several processes may do so at once, at each start.
 *
 * Unique ones of what has a scope begin with it, as sharding by scope demands. Where a field may be absent the index is
 * on a key that never is, since partial unique indexes are not to be had everywhere.
 */
export async function makeIndexes(
  database: Db,
  options: { readonly expire: boolean },
): Promise<void> {
  const wanted = [
    ...indexes.map(([name, key, kind]) => ({ name, index: { ...kind, key } })),
    ...(options.expire ? expiries : []).map(([name, field, expireAfterSeconds]) => {
      return { name, index: { key: { [field]: 1 as const }, expireAfterSeconds } };
    }),
  ];
  const byCollection = Map.groupBy(wanted, ({ name }) => name);
  await Promise.all(
    [...byCollection].map(([name, own]) =>
      database.collection(name).createIndexes(own.map(({ index }) => index)),
    ),
  );
}

type Index = readonly [
  collection: keyof Documents,
  keys: Readonly<Record<string, 1>>,
  options?: CreateIndexesOptions,
];

const unique: CreateIndexesOptions = { unique: true };

const indexes: readonly Index[] = [
  ['commits', { scope: 1, generation: 1, seq: 1 }, unique],
  // Few logs were ever wound back, and each read asks.
  [
    'commits',
    { scope: 1, 'fork.generation': 1 },
    { partialFilterExpression: { fork: { $exists: true } } },
  ],
  ['horizons', { scope: 1 }],
  ['leases', { scope: 1, seq: 1 }],
  ['snapshots', { scope: 1, kind: 1 }, unique],
  ['parts', { scope: 1, whole: 1, index: 1 }, unique],
  ['archives', { scope: 1 }],
  ['archivedMessages', { scope: 1, generation: 1, seq: 1 }],
  ['archivedMessages', { scope: 1, messageId: 1 }],
  ['archivedMessages', { scope: 1, authorId: 1, seq: 1 }],
  ['archivedEdits', { scope: 1, messageId: 1 }],
  ['refusals', { scope: 1, replicaId: 1, number: 1 }, unique],
  ['refusals', { expiresAtMs: 1 }],
  ['sites', { key: 1 }, unique],
  ['sites', { secretHash: 1 }],
  ['sites', { 'previousSecret.hash': 1 }, { sparse: true }],
  ['sites', { ownerId: 1 }, { sparse: true }],
  ['users', { siteId: 1, emailKey: 1 }, unique],
  ['users', { siteId: 1, externalKey: 1 }, unique],
  ['users', { 'erasure.atMs': 1 }, { sparse: true }],
  ['families', { userId: 1 }],
  ['families', { expiresAtMs: 1 }],
  ['refreshTokens', { familyId: 1 }],
  ['refreshTokens', { userId: 1 }],
  ['refreshTokens', { expiresAtMs: 1 }],
  ['oneTimeTokens', { userId: 1, purpose: 1 }],
  ['oneTimeTokens', { expiresAtMs: 1 }],
  ['groups', { siteId: 1, placeKey: 1 }, unique],
  ['groups', { siteId: 1, deleted: 1, _id: 1 }],
  ['memberships', { userId: 1 }],
  ['memberships', { siteId: 1 }],
  ['stays', { userId: 1, groupId: 1 }],
  ['files', { groupId: 1, sha256: 1 }],
  ['files', { uploadedBy: 1 }],
  ['reports', { siteId: 1, atMs: 1 }],
  ['audit', { siteId: 1, atMs: 1 }],
  ['audit', { atMs: 1 }],
  ['pushSubscriptions', { userId: 1 }],
  ['pushSubscriptions', { familyId: 1 }],
  ['pushClaims', { expiresAtMs: 1 }],
  ['settings', { kind: 1, owner: 1 }],
  ['settings', { owner: 1 }],
  ['trips', { codeHash: 1 }, unique],
  ['trips', { groupId: 1, expiresAtMs: 1 }],
  ['trips', { sharedBy: 1 }],
  ['trips', { expiresAtMs: 1 }],
  ['tripAnswers', { tripId: 1 }],
  ['tripAnswers', { userId: 1 }],
  ['webhookEvents', { siteId: 1, state: 1, nextAtMs: 1 }],
  ['webhookEvents', { state: 1, nextAtMs: 1 }],
  ['webhookEvents', { atMs: 1, _id: 1 }],
  ['idempotency', { expiresAtMs: 1 }],
  ['siteDays', { day: 1 }],
];

const hour = 3_600;

/**
 * What the database forgets by itself, some time after it has expired: the servers' clocks need not agree with its own.
 */
const expiries: readonly (readonly [
  collection: keyof Documents,
  field: string,
  seconds: number,
])[] = [
  // The place of a trimmed commit stays taken for as long as a writer could be on its way to it.
  ['commits', 'trimmedAt', hour],
  ['refusals', 'expiresAt', hour],
  ['families', 'expiresAt', hour],
  ['refreshTokens', 'expiresAt', hour],
  ['oneTimeTokens', 'expiresAt', hour],
  ['pushClaims', 'expiresAt', hour],
  ['idempotency', 'expiresAt', hour],
];
