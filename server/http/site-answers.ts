import * as v from 'valibot';
import { webhookTypes } from '../ports/sites-store.ts';
import { idSchema } from './id-schema.ts';

/** What a site's backend is answered, for the description; tests hold the real answers against it. */

const policies = v.object({
  join: v.picklist(['open', 'invited']),
  add: v.picklist(['everyone', 'owners']),
  control: v.picklist(['everyone', 'owners', 'chosen']),
});

const role = v.picklist(['owner', 'moderator', 'member']);

const siteGroup = v.object({
  id: idSchema,
  name: v.string(),
  memberCount: v.number(),
  policies,
  place: v.nullable(v.string()),
});

const siteMember = v.object({ id: idSchema, name: v.string(), role, joinedAtMs: v.number() });

const siteTrack = v.object({
  itemId: idSchema,
  title: v.string(),
  artist: v.exactOptional(v.string()),
  durationMs: v.exactOptional(v.number()),
  fileId: v.exactOptional(idSchema),
  url: v.exactOptional(v.string()),
  trackId: v.exactOptional(v.string()),
  addedBy: v.nullable(v.string()),
  addedAtMs: v.number(),
});

const quotaUse = v.object({ used: v.number(), limit: v.number(), near: v.boolean() });

const webhooks = v.object({
  url: v.nullable(v.string()),
  types: v.array(v.picklist(webhookTypes)),
  resolveTrackUrl: v.nullable(v.string()),
  previousUntilMs: v.nullable(v.number()),
});

const delivery = v.object({
  eventId: v.string(),
  type: v.picklist(webhookTypes),
  atMs: v.number(),
  state: v.picklist(['waiting', 'delivered', 'dead']),
  attempts: v.number(),
  nextAtMs: v.number(),
  problem: v.nullable(v.string()),
  triedAtMs: v.nullable(v.number()),
  data: v.record(v.string(), v.nullable(v.union([v.string(), v.number()]))),
});

function page(item: v.GenericSchema): v.GenericSchema {
  return v.object({ items: v.array(item), next: v.nullable(v.string()) });
}

export const siteGroupAnswer: v.GenericSchema = siteGroup;
export const siteGroupsAnswer: v.GenericSchema = page(siteGroup);
export const siteMemberAnswer: v.GenericSchema = siteMember;
export const siteMembersAnswer: v.GenericSchema = page(siteMember);
export const siteTracksAnswer: v.GenericSchema = page(siteTrack);
export const tracksAddedAnswer: v.GenericSchema = v.object({ items: v.array(siteTrack) });

export const sitePersonAnswer: v.GenericSchema = v.object({
  id: idSchema,
  externalId: v.nullable(v.string()),
  name: v.string(),
  guest: v.boolean(),
  createdAtMs: v.number(),
  groups: v.array(v.object({ id: idSchema, role })),
});

export const siteSettingsAnswer: v.GenericSchema = v.object({
  key: v.string(),
  name: v.string(),
  policy: v.picklist(['open', 'invite', 'signed']),
  origins: v.array(v.string()),
  /** Until when the secret before this one works; null where there is none. */
  previousSecretUntilMs: v.nullable(v.number()),
  createdAtMs: v.number(),
});

export const siteMadeAnswer: v.GenericSchema = v.object({
  ...v.object({ secret: v.string() }).entries,
  key: v.string(),
  name: v.string(),
  policy: v.picklist(['open', 'invite', 'signed']),
  origins: v.array(v.string()),
  previousSecretUntilMs: v.nullable(v.number()),
  createdAtMs: v.number(),
});

export const siteListAnswer: v.GenericSchema = v.array(siteSettingsAnswer);

export const siteUsageAnswer: v.GenericSchema = v.object({
  groups: quotaUse,
  members: quotaUse,
  opsPerDay: quotaUse,
  storageBytes: quotaUse,
  sockets: quotaUse,
});

export const webhooksAnswer: v.GenericSchema = v.object({
  ...webhooks.entries,
  /** Only where it is new. */
  secret: v.exactOptional(v.string()),
});

export const deliveriesAnswer: v.GenericSchema = page(delivery);
export const retriedAnswer: v.GenericSchema = v.object({ retried: v.number() });

export const trackAddressAnswer: v.GenericSchema = v.object({
  url: v.string(),
  expiresAtMs: v.number(),
});

export const auditAnswer: v.GenericSchema = v.array(
  v.object({
    atMs: v.number(),
    site: v.string(),
    kind: v.string(),
    actorId: v.nullable(v.string()),
    subjectId: v.nullable(v.string()),
  }),
);
