import { JamzError } from '../../sdk/protocol/errors.ts';
import type { SecondFactors } from '../accounts/second-factors.ts';
import type { SignOuts } from '../accounts/sign-outs.ts';
import type { Sites } from '../accounts/sites.ts';
import type { AuditStore } from '../ports/store.ts';
import type { Quotas } from '../sites/quotas.ts';
import type { SitePeople } from '../sites/site-people.ts';
import { pageAsked } from './own-site.ts';
import { type Route, route } from './route.ts';
import {
  auditAnswer,
  siteListAnswer,
  siteMadeAnswer,
  siteSettingsAnswer,
  siteUsageAnswer,
} from './site-answers.ts';
import { newSiteBody, operatorEditsBody, rotateBody } from './site-bodies.ts';
import { settingsOf } from './site-settings-routes.ts';

export interface AdminRouteDeps {
  readonly sites: Sites;
  readonly quotas: Quotas;
  readonly audit: AuditStore;
  readonly sitePeople: Pick<SitePeople, 'find'>;
  readonly signOuts: Pick<SignOuts, 'everywhere'>;
  readonly secondFactors: Pick<SecondFactors, 'endFor'>;
}

/** For who operates this server, with `ADMIN_TOKEN`: the sites of all, and the audit log. */
export function adminRoutes(deps: AdminRouteDeps): Route[] {
  const { sites, quotas, audit } = deps;
  const one = '/v1/admin/sites/:key';
  return [
    route({
      method: 'GET',
      path: '/v1/admin/sites',
      summary: 'The sites of this server',
      answer: siteListAnswer,
      run: async () => (await sites.list()).map(settingsOf),
    }),
    route({
      method: 'POST',
      path: '/v1/admin/sites',
      summary: 'Registers a site; its secret is shown this once',
      body: newSiteBody,
      answer: siteMadeAnswer,
      status: 201,
      async run({ body, actor }) {
        const { site, secret } = await sites.add(body, actor().userId);
        return { ...settingsOf(site), secret };
      },
    }),
    route({
      method: 'PATCH',
      path: one,
      summary: 'Changes what is named of a site: name, policy, origins, quotas',
      body: operatorEditsBody,
      answer: siteSettingsAnswer,
      run: async ({ body, param, actor }) =>
        settingsOf(await sites.change(param('key'), body, actor().userId)),
    }),
    route({
      method: 'POST',
      path: `${one}/secret`,
      summary: 'Gives a site a new secret, shown this once; the old one works for `overlapMs` more',
      body: rotateBody,
      answer: siteMadeAnswer,
      status: 201,
      async run({ body, param, actor }) {
        const { site, secret } = await sites.rotate(param('key'), { ...body, by: actor().userId });
        return { ...settingsOf(site), secret };
      },
    }),
    route({
      method: 'GET',
      path: `${one}/usage`,
      summary: 'What a site uses, and may use',
      answer: siteUsageAnswer,
      run: async ({ param }) => quotas.usageOf(await sites.get(param('key'))),
    }),
    route({
      method: 'DELETE',
      path: `${one}/users/:person/sign-ins`,
      summary:
        'Signs a person of a site out everywhere: tokens at once, sockets within five seconds',
      async run({ param, actor }) {
        const person = await deps.sitePeople.find(await sites.get(param('key')), param('person'));
        await deps.signOuts.everywhere(person, actor().userId);
        return undefined;
      },
    }),
    route({
      method: 'DELETE',
      path: `${one}/users/:person/second-factor`,
      summary: 'Turns codes off for a person of a site who has lost app and codes',
      async run({ param, actor }) {
        const person = await deps.sitePeople.find(await sites.get(param('key')), param('person'));
        await deps.secondFactors.endFor(person, actor().userId);
        return undefined;
      },
    }),
    route({
      method: 'GET',
      path: '/v1/admin/audit',
      summary: 'The audit log, the newest first; `?site=` a key, `?since=` a time in ms, `?limit=`',
      answer: auditAnswer,
      async run({ req }) {
        const { limit } = pageAsked(req);
        const { site: key, since = '0' } = req.query;
        if (typeof since !== 'string' || !/^\d{1,16}$/.test(since)) {
          throw new JamzError('invalid', 'since is a time in ms since 1970');
        }
        const siteId = typeof key === 'string' ? (await sites.get(key)).siteId : undefined;
        const asked = { sinceMs: Number(since), ...(siteId === undefined ? {} : { siteId }) };
        const keys = new Map((await sites.list()).map((site) => [site.siteId, site.key]));
        const entries = await audit.list(asked, limit);
        return entries.map(({ siteId: of, ...entry }) => ({ ...entry, site: keys.get(of) ?? of }));
      },
    }),
  ];
}
