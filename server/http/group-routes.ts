import type { Groups } from '../groups/groups.ts';
import type { Invitations } from '../groups/invitations.ts';
import { groupAnswer, groupsAnswer, invitationAnswer, invitedToAnswer } from './answers.ts';
import { createGroupBody, invitationBody, joinGroupBody, openGroupBody } from './bodies.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface GroupRouteDeps {
  readonly groups: Groups;
  readonly invitations: Invitations;
  readonly rateLimits: RateLimits;
}

/** `/v1/groups` and `/v1/invitations`: what only the server can do for groups; the rest are ops. */
export function groupRoutes({ groups, invitations, rateLimits }: GroupRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/groups',
      summary: 'The groups you are in',
      answer: groupsAnswer,
      run: ({ actor }) => groups.listOf(actor().userId),
    }),
    route({
      method: 'POST',
      path: '/v1/groups',
      summary: 'Makes a group of your own',
      body: createGroupBody,
      answer: groupAnswer,
      status: 201,
      run: ({ actor, body }) => groups.create(actor(), body.name),
    }),
    route({
      method: 'POST',
      path: '/v1/groups/join',
      summary: 'Enters a group by an invitation code',
      body: joinGroupBody,
      answer: groupAnswer,
      async run({ actor, body, req }) {
        // Nobody shall find a code by trying.
        await rateLimits.spend('code', req.ip ?? 'unknown');
        return groups.join(actor(), body.code);
      },
    }),
    route({
      method: 'POST',
      path: '/v1/groups/open',
      summary: 'Enters the group of a place on an open site, and makes it on first use',
      body: openGroupBody,
      answer: groupAnswer,
      run: ({ actor, body }) => groups.open(actor(), body.place),
    }),
    route({
      method: 'POST',
      path: '/v1/groups/:groupId/invitations',
      summary: 'Makes a code and an address that let others in',
      body: invitationBody,
      answer: invitationAnswer,
      status: 201,
      run: ({ actor, body, param }) => invitations.create(actor().userId, param('groupId'), body),
    }),
    route({
      method: 'GET',
      path: '/v1/invitations/:code',
      summary: 'Which group a code leads to',
      answer: invitedToAnswer,
      async run({ param, req }) {
        await rateLimits.spend('code', req.ip ?? 'unknown');
        return invitations.lookUp(param('code'));
      },
    }),
  ];
}
