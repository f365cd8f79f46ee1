import type { Request } from 'express';
import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { TripSpan } from '../trips/trip-of.ts';
import type { Trips, TripTerms } from '../trips/trips.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';
import { tripAnswer, tripLinkAnswer, tripLinksAnswer } from './trip-answers.ts';

export interface TripRouteDeps {
  readonly trips: Trips;
  readonly rateLimits: RateLimits;
}

/** Past drives, for members and for whoever has a link. Photos in them have a route of their own: they are no JSON. */
export function tripRoutes({ trips, rateLimits }: TripRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/groups/:groupId/trip',
      summary:
        'A past drive as you may see it: `from` and `until` in ms since 1970, at most three days apart',
      answer: tripAnswer,
      async run({ actor, param, req }) {
        await rateLimits.spend('trip', actor().userId);
        return trips.seen(actor(), param('groupId'), spanOf(req));
      },
    }),
    route({
      method: 'GET',
      path: '/v1/groups/:groupId/trips',
      summary: 'The trips that the group shares by links, with what each who was there says of it',
      answer: tripLinksAnswer,
      async run({ actor, param }) {
        await rateLimits.spend('trip', actor().userId);
        return trips.links(actor(), param('groupId'));
      },
    }),
    route({
      method: 'POST',
      path: '/v1/groups/:groupId/trips',
      summary:
        'Shares a past drive by a link: only you are in it until others who were there say yes',
      body: shareBody,
      answer: tripLinkAnswer,
      status: 201,
      async run({ actor, param, body }) {
        await rateLimits.spend('trip-share', actor().userId);
        return trips.share(actor(), param('groupId'), body);
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/groups/:groupId/trips/:tripId/answer',
      summary: 'Says whether you are in a shared trip; the last answer counts, at once',
      body: answerBody,
      async run({ actor, param, body: { answer } }) {
        await trips.answer(actor(), param('groupId'), param('tripId'), answer);
        return undefined;
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/groups/:groupId/trips/:tripId',
      summary: 'Ends a link, for good: for who shared it, owners and moderators',
      async run({ actor, param }) {
        await trips.end(actor(), param('groupId'), param('tripId'));
        return undefined;
      },
    }),
    route({
      method: 'GET',
      path: '/v1/trips/:code',
      summary: 'The trip that a link leads to, with those who said yes to it',
      answer: tripAnswer,
      async run({ param, req }) {
        // Nobody shall find a code by trying.
        await rateLimits.spend('trip', req.ip ?? 'unknown');
        return trips.byCode(param('code'));
      },
    }),
  ];
}

function spanOf({ query }: Request): TripSpan {
  const timeIn = (name: string): number => {
    const value = query[name];
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
    throw new JamzError('invalid', `${name} is a time in ms since 1970, given once`);
  };
  return { fromMs: timeIn('from'), untilMs: timeIn('until') };
}

const timeMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e14));

const shareBody: v.GenericSchema<unknown, TripTerms> = v.strictObject({
  fromMs: timeMs,
  untilMs: timeMs,
  title: v.exactOptional(
    v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.maxNameChars)),
  ),
  expiresAtMs: v.exactOptional(timeMs),
});

const answerBody: v.GenericSchema<unknown, { readonly answer: 'yes' | 'no' }> = v.strictObject({
  answer: v.picklist(['yes', 'no']),
});
