import type { AccountParts } from '../accounts/account-parts.ts';
import type { Erasures } from '../accounts/erasures.ts';
import { keysFrom } from '../accounts/keys.ts';
import type { Profiles } from '../accounts/profiles.ts';
import type { GroupLog } from '../groups/group-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outbound } from '../ports/outbound.ts';
import type { Store } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { createIdempotency, type Idempotency } from './idempotency.ts';
import type { Quotas } from './quotas.ts';
import { createSiteGroups, type SiteGroups } from './site-groups.ts';
import { createSiteMembers, type SiteMembers } from './site-members.ts';
import { createSitePeople, type SitePeople } from './site-people.ts';
import { createSiteTracks, type SiteTracks } from './site-tracks.ts';
import { createWebhookFeed, type WebhookFeed } from './webhook-feed.ts';
import { createWebhookSender, type WebhookSender } from './webhook-sender.ts';
import { createWebhookSettings, type WebhookSettings } from './webhook-settings.ts';

/** What sites have of this server beside their pages: an API for their backends, webhooks, their own catalogue. */
export interface SiteParts {
  readonly siteGroups: SiteGroups;
  readonly siteMembers: SiteMembers;
  readonly siteTracks: SiteTracks;
  readonly sitePeople: SitePeople;
  readonly idempotency: Idempotency;
  readonly catalogue: Catalogue;
  readonly webhookSettings: WebhookSettings;
  readonly webhookFeed: WebhookFeed;
  readonly webhookSender: WebhookSender;
  /** Notices what a process died over, and forgets what is old. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export interface SitePartsDeps extends Pick<AccountParts, 'people'> {
  readonly store: Store;
  readonly logs: ScopeLogs;
  readonly groupLog: GroupLog;
  readonly profiles: Profiles;
  readonly erasures: Pick<Erasures, 'erase'>;
  readonly quotas: Quotas;
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly authSecret: string;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly note: Note;
  readonly onBug: (error: unknown) => void;
}

const dayMs = 86_400_000;
/** What was taken is shown for a while, and keeps a late look at the log from telling it again. */
const deliveredLivesMs = 3 * dayMs;
const deadLivesMs = 30 * dayMs;

export function createSiteParts(deps: SitePartsDeps): SiteParts {
  const { store, clock, quotas, note, groupLog, randomBytes } = deps;
  const { siteSecrets, answers } = keysFrom(deps.authSecret);
  const { sites, users, memberships, webhookOutbox } = store;
  const webhookSettings = createWebhookSettings({
    ...{ sites, clock, note, randomBytes, outbound: deps.outbound, sealingKey: siteSecrets },
    onChanged: () => webhookFeed.settingsChanged(),
  });
  const { secretsOf } = webhookSettings;
  const webhookSender = createWebhookSender({
    ...deps,
    ...{ outbox: webhookOutbox, sites, users, secretsOf },
  });
  const webhookFeed = createWebhookFeed({ ...deps, onAdded: webhookSender.poke });
  const idempotency = createIdempotency({
    ...{ store: store.idempotency, clock, sealingKey: answers, randomBytes },
  });
  return {
    siteGroups: createSiteGroups({ memberships, log: groupLog, quotas, note }),
    siteMembers: createSiteMembers({ log: groupLog, quotas, note }),
    siteTracks: createSiteTracks(groupLog),
    sitePeople: createSitePeople({ ...deps, users, memberships }),
    idempotency,
    catalogue: createCatalogue({
      ...{ sites, clock, secretsOf, outbound: deps.outbound },
      newId: () => Buffer.from(randomBytes(15)).toString('base64url'),
    }),
    webhookSettings,
    webhookFeed,
    webhookSender,
    async tidy() {
      const nowMs = clock.nowMs();
      await webhookFeed.sweep();
      await webhookOutbox.dropOld(nowMs - deliveredLivesMs, nowMs - deadLivesMs);
      await store.idempotency.dropExpired(nowMs);
      await store.usage.dropBefore(new Date(nowMs - 31 * dayMs).toISOString().slice(0, 10));
    },
    async close() {
      await webhookFeed.close();
      await webhookSender.close();
      await quotas.close();
    },
  };
}
