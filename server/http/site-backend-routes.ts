import type { GroupId } from '../../sdk/protocol/ids.ts';
import type { SecondFactors } from '../accounts/second-factors.ts';
import type { SignOuts } from '../accounts/sign-outs.ts';
import type { Site } from '../ports/store.ts';
import type { Idempotency } from '../sites/idempotency.ts';
import type { SiteGroups } from '../sites/site-groups.ts';
import type { SiteMembers } from '../sites/site-members.ts';
import type { SitePeople } from '../sites/site-people.ts';
import type { SiteTracks } from '../sites/site-tracks.ts';
import { flagAsked, pageAsked } from './own-site.ts';
import { type Call, type Route, route } from './route.ts';
import {
  siteGroupAnswer,
  siteGroupsAnswer,
  siteMemberAnswer,
  siteMembersAnswer,
  sitePersonAnswer,
  siteTracksAnswer,
  tracksAddedAnswer,
} from './site-answers.ts';
import { groupEditsBody, memberBody, newGroupBody, tracksBody } from './site-bodies.ts';

export interface SiteBackendRouteDeps {
  readonly siteGroups: SiteGroups;
  readonly siteMembers: SiteMembers;
  readonly siteTracks: SiteTracks;
  readonly sitePeople: SitePeople;
  readonly signOuts: Pick<SignOuts, 'everywhere'>;
  readonly secondFactors: Pick<SecondFactors, 'endFor'>;
  readonly idempotency: Idempotency;
  /** @throws {JamzError} `not-found` unless the path names the site of the secret */
  readonly ownSite: (call: Pick<Call<unknown>, 'actor' | 'param'>) => Promise<Site>;
}

const groups = '/v1/sites/:key/groups';
const group = `${groups}/:groupId`;
const user = '/v1/sites/:key/users/:person';

/** What a site's own backend does with its groups and its people, with the site's secret. */
export function siteBackendRoutes(deps: SiteBackendRouteDeps): Route[] {
  return [
    ...groupRoutesOf(deps),
    ...memberRoutesOf(deps),
    ...trackRoutesOf(deps),
    ...userRoutesOf(deps),
  ];
}

function groupRoutesOf({
  siteGroups,
  sitePeople,
  idempotency,
  ownSite,
}: SiteBackendRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: groups,
      summary: 'The groups of the site; `?after=` and `?limit=` for more',
      answer: siteGroupsAnswer,
      async run(call) {
        const { siteId } = await ownSite(call);
        const { after, limit } = pageAsked(call.req);
        return siteGroups.list(siteId, after, limit);
      },
    }),
    route({
      method: 'POST',
      path: groups,
      summary: 'Makes a group with its owner; takes an Idempotency-Key',
      body: newGroupBody,
      answer: siteGroupAnswer,
      status: 201,
      async run(call) {
        const site = await ownSite(call);
        const { owner, ...wanted } = call.body;
        return idempotency.once(site.siteId, keyed(call, groups), async (makeId) => {
          const person = await sitePeople.ensure(site, owner.person, owner.name);
          return siteGroups.create(person, { ...wanted, groupId: makeId('group') });
        });
      },
    }),
    route({
      method: 'GET',
      path: group,
      summary: 'A group of the site',
      answer: siteGroupAnswer,
      async run(call) {
        await ownSite(call);
        return siteGroups.get(call.param('groupId'));
      },
    }),
    route({
      method: 'PATCH',
      path: group,
      summary: 'Changes a group’s name or policies',
      body: groupEditsBody,
      answer: siteGroupAnswer,
      async run(call) {
        const { siteId } = await ownSite(call);
        return siteGroups.change(siteId, call.param('groupId'), call.body);
      },
    }),
    route({
      method: 'DELETE',
      path: group,
      summary: 'Deletes a group for good',
      async run(call) {
        const { siteId } = await ownSite(call);
        await siteGroups.remove(siteId, call.param('groupId'));
      },
    }),
  ];
}

function memberRoutesOf({
  siteMembers,
  sitePeople,
  idempotency,
  ownSite,
}: SiteBackendRouteDeps): Route[] {
  return [
    listOf(ownSite, siteMembers, {
      path: `${group}/members`,
      summary: 'The members of a group; `?after=` and `?limit=` for more',
      answer: siteMembersAnswer,
    }),
    route({
      method: 'PUT',
      path: `${group}/members/:person`,
      summary:
        'Makes a person a member, or gives a member another role; `external:` and your own id names your people',
      body: memberBody,
      answer: siteMemberAnswer,
      async run(call) {
        const site = await ownSite(call);
        const { role, name } = call.body;
        return idempotency.once(site.siteId, keyed(call, call.req.path), async (makeId) => {
          const person = await sitePeople.ensure(site, call.param('person'), name);
          return siteMembers.put(person, call.param('groupId'), role, makeId);
        });
      },
    }),
    route({
      method: 'DELETE',
      path: `${group}/members/:person`,
      summary: 'Removes a member; `?ban=1` keeps them out',
      async run(call) {
        const site = await ownSite(call);
        const { userId } = await sitePeople.find(site, call.param('person'));
        const ban = flagAsked(call.req, 'ban');
        await siteMembers.remove(site.siteId, userId, call.param('groupId'), ban);
      },
    }),
  ];
}

function trackRoutesOf({ siteTracks, idempotency, ownSite }: SiteBackendRouteDeps): Route[] {
  return [
    listOf(ownSite, siteTracks, {
      path: `${group}/tracks`,
      summary: 'The playlist of a group in its order; `?after=` and `?limit=` for more',
      answer: siteTracksAnswer,
    }),
    route({
      method: 'POST',
      path: `${group}/tracks`,
      summary: 'Adds tracks of your catalogue, or with public addresses; takes an Idempotency-Key',
      body: tracksBody,
      answer: tracksAddedAnswer,
      status: 201,
      async run(call) {
        const { siteId } = await ownSite(call);
        const { tracks, after } = call.body;
        return idempotency.once(siteId, keyed(call, call.req.path), async (makeId) => ({
          items: await siteTracks.add(call.param('groupId'), tracks, after, makeId),
        }));
      },
    }),
    route({
      method: 'DELETE',
      path: `${group}/tracks/:itemId`,
      summary: 'Removes a track from the playlist',
      async run(call) {
        await ownSite(call);
        await siteTracks.remove(call.param('groupId'), call.param('itemId'));
      },
    }),
  ];
}

function userRoutesOf({
  sitePeople,
  signOuts,
  secondFactors,
  ownSite,
}: SiteBackendRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: user,
      summary: 'A person of the site; `external:` and your own id names your people',
      answer: sitePersonAnswer,
      async run(call) {
        const site = await ownSite(call);
        return sitePeople.describe(await sitePeople.find(site, call.param('person')));
      },
    }),
    route({
      method: 'DELETE',
      path: user,
      summary: 'Erases a person for good; `?files=1` with what they uploaded',
      async run(call) {
        const site = await ownSite(call);
        await sitePeople.erase(site, call.param('person'), flagAsked(call.req, 'files'));
      },
    }),
    route({
      method: 'DELETE',
      path: `${user}/second-factor`,
      summary:
        'Turns codes off for a person who has lost app and codes; the person is told by mail',
      async run(call) {
        const site = await ownSite(call);
        const person = await sitePeople.find(site, call.param('person'));
        await secondFactors.endFor(person, call.actor().userId);
      },
    }),
    route({
      method: 'DELETE',
      path: `${user}/sign-ins`,
      summary: 'Signs a person out everywhere: tokens at once, sockets within five seconds',
      async run(call) {
        const site = await ownSite(call);
        const person = await sitePeople.find(site, call.param('person'));
        await signOuts.everywhere(person, call.actor().userId);
      },
    }),
  ];
}

/** What a group has many of, page by page. */
function listOf(
  ownSite: SiteBackendRouteDeps['ownSite'],
  many: { list(groupId: GroupId, after: string | null, limit: number): Promise<unknown> },
  about: Pick<Route, 'path' | 'summary' | 'answer'>,
): Route {
  return route({
    method: 'GET',
    ...about,
    async run(call) {
      await ownSite(call);
      const { after, limit } = pageAsked(call.req);
      return many.list(call.param('groupId'), after, limit);
    },
  });
}

/** A request as its idempotency key stands for it. */
export function keyed(
  { req, body }: Pick<Call<unknown>, 'req' | 'body'>,
  name: string,
): { readonly key: string | undefined; readonly name: string; readonly body: unknown } {
  return { key: req.get('idempotency-key'), name: `${req.method} ${name}`, body };
}
