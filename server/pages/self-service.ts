import { Router } from 'express';
import type { AccountParts } from '../accounts/account-parts.ts';
import { consoleSiteKey } from '../accounts/sites.ts';
import type { Site } from '../ports/store.ts';
import type { Idempotency } from '../sites/idempotency.ts';
import { createSiteActions } from './site-actions.ts';
import { type SitePagesDeps, sitePages } from './site-pages.ts';
import { createSiteSession } from './site-session.ts';

export interface SelfServiceDeps
  extends Omit<SitePagesDeps, 'actions' | 'session' | 'newToken' | 'sites'>,
    Pick<AccountParts, 'sites' | 'accounts' | 'authenticateBearer'> {
  readonly idempotency: Idempotency;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Off: there is nothing at `/sites`. */
  readonly isOn: boolean;
}

/** The pages where people register sites for themselves, where the operator lets them. */
export function selfService(deps: SelfServiceDeps): Router {
  if (!deps.isOn) return Router();
  let site: Promise<Site> | undefined;
  const consoleSiteId = async (): Promise<string> => {
    site ??= deps.sites.get(consoleSiteKey);
    return (await site).siteId;
  };
  return sitePages({
    ...deps,
    actions: createSiteActions(deps),
    session: createSiteSession({ ...deps, consoleSiteId }),
    newToken: () => Buffer.from(deps.randomBytes(18)).toString('base64url'),
  });
}
