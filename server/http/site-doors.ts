import type { SecondFactors } from '../accounts/second-factors.ts';
import type { SignOuts } from '../accounts/sign-outs.ts';
import type { Sites } from '../accounts/sites.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { AuditTrail } from '../safety/audit-trail.ts';
import type { Quotas } from '../sites/quotas.ts';
import type { SiteParts } from '../sites/site-parts.ts';
import { adminRoutes } from './admin-routes.ts';
import { ownSite } from './own-site.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Route } from './route.ts';
import { siteBackendRoutes } from './site-backend-routes.ts';
import { siteSettingsRoutes } from './site-settings-routes.ts';

export interface SiteDoorDeps extends Omit<SiteParts, 'tidy' | 'close'> {
  readonly sites: Sites;
  readonly signOuts: SignOuts;
  readonly secondFactors: SecondFactors;
  readonly quotas: Quotas;
  readonly trail: Pick<AuditTrail, 'note'>;
  readonly store: Pick<Store, 'webhookOutbox' | 'audit'>;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
}

/** The doors for the backends of sites, and for who operates the server. */
export function siteDoors(deps: SiteDoorDeps): Route[] {
  const own = ownSite(deps.sites, deps.rateLimits);
  return [
    ...siteSettingsRoutes({
      ...deps,
      ownSite: own,
      webhookOutbox: deps.store.webhookOutbox,
      pokeSender: deps.webhookSender.poke,
      note: deps.trail.note,
    }),
    ...siteBackendRoutes({ ...deps, ownSite: own }),
    ...adminRoutes({ ...deps, audit: deps.store.audit }),
  ];
}
