import { userOf } from '../access/actor.ts';
import type { Origins } from '../accounts/origins.ts';
import type { Groups } from '../groups/groups.ts';
import { meAnswer, siteAnswer } from './answers.ts';
import { type Route, route } from './route.ts';

export interface SiteRouteDeps {
  readonly origins: Origins;
  readonly groups: Groups;
}

/** What a page may know of its site, and a person of themselves. */
export function siteRoutes({ origins, groups }: SiteRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/sites/:key',
      summary: 'The site of a publishable key, and how people come in',
      answer: siteAnswer,
      async run({ param, origin }) {
        const { key, name, policy } = await origins.siteFor(param('key'), origin);
        return { key, name, policy };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/me',
      summary: 'Who you are, and your groups',
      answer: meAnswer,
      async run({ actor }) {
        const me = actor();
        return { user: userOf(me), groups: await groups.listOf(me.userId) };
      },
    }),
  ];
}
