import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import { openSealed, sealText } from '../accounts/site-secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outbound } from '../ports/outbound.ts';
import type { Site, SiteStore, SiteWebhooks, WebhookType } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { newWebhookSecret } from './webhook-signature.ts';

/** What a site's people may know of their webhooks. */
export interface WebhookView {
  readonly url: string | null;
  readonly types: readonly WebhookType[];
  readonly resolveTrackUrl: string | null;
  /** Until when the secret before this one signs as well; null where none does. */
  readonly previousUntilMs: number | null;
}

export interface WebhookEdits {
  readonly url: string | null;
  readonly types: readonly WebhookType[];
  readonly resolveTrackUrl: string | null;
}

/** Where a site's backend is told of what happens. */
export interface WebhookSettings {
  /** @returns undefined where none were ever set */
  get(site: Site): WebhookView | undefined;
  /**
   * Sets them as a whole.
   *
   * @returns with the secret the first time, shown this once. @throws {JamzError} `invalid` for an address that may not
   *   be asked
   */
  set(
    site: Site,
    edits: WebhookEdits,
    by?: UserId,
  ): Promise<WebhookView & { readonly secret?: string }>;
  /** A new secret; the one before signs as well for a day. @throws {JamzError} `not-found` where none were set */
  rotate(site: Site, by?: UserId): Promise<WebhookView & { readonly secret: string }>;
  /** The secrets that sign now, the newest first. */
  secretsOf(webhooks: SiteWebhooks): readonly string[];
}

export interface WebhookSettingsDeps {
  readonly sites: SiteStore;
  readonly clock: Clock;
  readonly outbound: Pick<Outbound, 'refusalOf'>;
  readonly sealingKey: Uint8Array;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly note: Note;
  /** Told once they are other ones. */
  readonly onChanged: () => void;
}

const dayMs = 86_400_000;

export function createWebhookSettings(deps: WebhookSettingsDeps): WebhookSettings {
  const { sites, clock, outbound, sealingKey, randomBytes, note } = deps;

  const newSecret = (): { secret: string; sealedSecret: string } => {
    const secret = newWebhookSecret(randomBytes);
    return { secret, sealedSecret: sealText(secret, sealingKey, randomBytes(12)) };
  };

  const viewOf = ({ url, types, resolveTrackUrl, previous }: SiteWebhooks): WebhookView => ({
    ...{ url, types, resolveTrackUrl },
    previousUntilMs: previous && previous.untilMs > clock.nowMs() ? previous.untilMs : null,
  });

  function refuse(field: string, url: string | null): void {
    const refusal = url === null ? undefined : outbound.refusalOf(url);
    if (refusal !== undefined) throw new JamzError('invalid', `${field}: ${refusal}`);
  }

  /** Of two at the same moment the second changes what the first has made. @param next is asked anew then */
  async function change(
    siteId: string,
    next: (known: SiteWebhooks | undefined) => SiteWebhooks,
  ): Promise<SiteWebhooks> {
    for (;;) {
      const known = (await sites.byId(siteId))?.webhooks ?? undefined;
      const webhooksRevision = known?.revision ?? 0;
      const webhooks = { ...next(known), revision: webhooksRevision + 1 };
      const written = await sites.update(siteId, { webhooks }, { webhooksRevision });
      if (written === 'written') return webhooks;
    }
  }

  return {
    get: ({ webhooks }) => (webhooks ? viewOf(webhooks) : undefined),

    async set(site, edits, by) {
      refuse('url', edits.url);
      refuse('resolveTrackUrl', edits.resolveTrackUrl);
      const { secret, sealedSecret } = newSecret();
      let isFirst = true;
      const webhooks = await change(site.siteId, (known) => {
        isFirst = !known;
        const kept = known ?? { sealedSecret, previous: null, sinceMs: clock.nowMs() };
        // An address that begins now is not told what happened while there was none.
        const begins = edits.url !== null && (known?.url ?? null) === null;
        return { ...kept, ...edits, sinceMs: begins ? clock.nowMs() : kept.sinceMs };
      });
      deps.onChanged();
      note('webhooks-changed', { siteId: site.siteId, actorId: by });
      return { ...viewOf(webhooks), ...(isFirst ? { secret } : {}) };
    },

    async rotate({ siteId }, by) {
      const { secret, sealedSecret } = newSecret();
      const webhooks = await change(siteId, (known) => {
        if (!known) throw new JamzError('not-found', 'This site has no webhooks: set them first');
        const previous = { sealedSecret: known.sealedSecret, untilMs: clock.nowMs() + dayMs };
        return { ...known, sealedSecret, previous };
      });
      note('webhook-secret-rotated', { siteId, actorId: by });
      return { ...viewOf(webhooks), secret };
    },

    secretsOf({ sealedSecret, previous }) {
      const good = previous && previous.untilMs > clock.nowMs() ? [previous.sealedSecret] : [];
      return [sealedSecret, ...good].flatMap((sealed) => openSealed(sealed, sealingKey) ?? []);
    },
  };
}
