import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Sites } from '../accounts/sites.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, WebhookDelivery, WebhookOutboxStore } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { Idempotency } from '../sites/idempotency.ts';
import type { Quotas } from '../sites/quotas.ts';
import type { WebhookSettings } from '../sites/webhook-settings.ts';
import { pageAsked } from './own-site.ts';
import { type Call, type Route, route } from './route.ts';
import {
  deliveriesAnswer,
  retriedAnswer,
  siteMadeAnswer,
  siteSettingsAnswer,
  siteUsageAnswer,
  webhooksAnswer,
} from './site-answers.ts';
import { keyed } from './site-backend-routes.ts';
import { nothingBody, rotateBody, siteEditsBody, webhooksBody } from './site-bodies.ts';

export interface SiteSettingsRouteDeps {
  readonly sites: Sites;
  readonly quotas: Quotas;
  readonly webhookSettings: WebhookSettings;
  readonly webhookOutbox: WebhookOutboxStore;
  /** Told that something may be sent again. */
  readonly pokeSender: () => void;
  readonly idempotency: Idempotency;
  readonly clock: Clock;
  readonly note: Note;
  readonly ownSite: (call: Pick<Call<unknown>, 'actor' | 'param'>) => Promise<Site>;
}

/** A site as its own people may see it: nothing in it opens anything. */
export function settingsOf({
  key,
  name,
  policy,
  origins,
  previousSecret,
  createdAtMs,
}: Site): object {
  const previousSecretUntilMs = previousSecret?.untilMs ?? null;
  return { key, name, policy, origins, previousSecretUntilMs, createdAtMs };
}

/** A site's settings, usage and webhooks, for its own backend. */
export function siteSettingsRoutes(deps: SiteSettingsRouteDeps): Route[] {
  const { sites, quotas, idempotency, ownSite } = deps;
  return [
    route({
      method: 'GET',
      path: '/v1/sites/:key/settings',
      summary: 'The site’s name, policy and origins',
      answer: siteSettingsAnswer,
      run: async (call) => settingsOf(await ownSite(call)),
    }),
    route({
      method: 'PATCH',
      path: '/v1/sites/:key/settings',
      summary: 'Changes what is named of them, within two seconds everywhere',
      body: siteEditsBody,
      answer: siteSettingsAnswer,
      async run(call) {
        const { key, siteId } = await ownSite(call);
        return settingsOf(await sites.change(key, call.body, siteId));
      },
    }),
    route({
      method: 'GET',
      path: '/v1/sites/:key/usage',
      summary: 'What the site uses, and may use',
      answer: siteUsageAnswer,
      run: async (call) => quotas.usageOf(await ownSite(call)),
    }),
    route({
      method: 'POST',
      path: '/v1/sites/:key/secret',
      summary:
        'A new secret, shown this once; the old one works for `overlapMs` more, by default a day',
      body: rotateBody,
      answer: siteMadeAnswer,
      status: 201,
      async run(call) {
        const { key, siteId } = await ownSite(call);
        const how = { ...call.body, by: siteId };
        return idempotency.once(siteId, keyed(call, call.req.path), async () => {
          const { site, secret } = await sites.rotate(key, how);
          return { ...settingsOf(site), secret };
        });
      },
    }),
    ...webhookRoutes(deps),
  ];
}

function webhookRoutes(deps: SiteSettingsRouteDeps): Route[] {
  const { webhookSettings, webhookOutbox, idempotency, clock, note, ownSite } = deps;
  const webhooks = '/v1/sites/:key/webhooks';
  return [
    route({
      method: 'GET',
      path: webhooks,
      summary: 'Where the site’s backend is told of what happens',
      answer: webhooksAnswer,
      async run(call) {
        const view = webhookSettings.get(await ownSite(call));
        if (view) return view;
        throw new JamzError('not-found', 'This site has no webhooks: PUT sets them');
      },
    }),
    route({
      method: 'PUT',
      path: webhooks,
      summary: 'Sets it, as a whole; the first time with the secret that signs, shown this once',
      body: webhooksBody,
      answer: webhooksAnswer,
      async run(call) {
        const site = await ownSite(call);
        return idempotency.once(site.siteId, keyed(call, call.req.path), () =>
          webhookSettings.set(site, call.body, site.siteId),
        );
      },
    }),
    route({
      method: 'POST',
      path: `${webhooks}/secret`,
      summary: 'A new secret that signs, shown this once; the old one signs as well for a day',
      body: nothingBody,
      answer: webhooksAnswer,
      status: 201,
      async run(call) {
        const site = await ownSite(call);
        return idempotency.once(site.siteId, keyed(call, call.req.path), () =>
          webhookSettings.rotate(site, site.siteId),
        );
      },
    }),
    route({
      method: 'GET',
      path: `${webhooks}/deliveries`,
      summary:
        'What was told, waits or was given up, the newest first; `?state=dead` for those alone',
      answer: deliveriesAnswer,
      async run(call) {
        const { siteId } = await ownSite(call);
        const { after, limit } = pageAsked(call.req);
        const state = stateAsked(call.req.query['state']);
        const asked = {
          siteId,
          ...(state && { state }),
          ...(after !== null && { after: placeOf(after) }),
        };
        const found = await webhookOutbox.list(asked, limit + 1);
        const items = found.slice(0, limit).map(({ siteId: _site, ...delivery }) => delivery);
        const last = found.length > limit ? items.at(-1) : undefined;
        return { items, next: last ? `${last.atMs}.${last.eventId}` : null };
      },
    }),
    route({
      method: 'POST',
      path: `${webhooks}/retry`,
      summary: 'Begins anew what was given up',
      body: nothingBody,
      answer: retriedAnswer,
      async run(call) {
        const { siteId } = await ownSite(call);
        const retried = await webhookOutbox.retry(siteId, clock.nowMs());
        if (retried > 0) note('webhooks-retried', { siteId, actorId: siteId });
        deps.pokeSender();
        return { retried };
      },
    }),
  ];
}

const states = ['waiting', 'delivered', 'dead'] as const;

function stateAsked(value: unknown): WebhookDelivery['state'] | undefined {
  if (value === undefined) return undefined;
  const state = states.find((one) => one === value);
  if (state) return state;
  throw new JamzError('invalid', `state is one of ${states.join(', ')}`);
}

function placeOf(after: string): Pick<WebhookDelivery, 'atMs' | 'eventId'> {
  const [, atMs, eventId] = /^(\d{1,16})\.(\w[\w-]*)$/.exec(after) ?? [];
  if (atMs !== undefined && eventId !== undefined) return { atMs: Number(atMs), eventId };
  throw new JamzError('invalid', 'after is what "next" of the page before said');
}
