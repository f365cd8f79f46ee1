import type { Request } from 'express';
import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { idPattern } from '../../sdk/protocol/ids.ts';
import type { Origins } from '../accounts/origins.ts';
import type { History } from '../history/history.ts';
import type { HistoryChoice } from '../history/history-choices.ts';
import type { LateFix } from '../history/late-fixes.ts';
import { idSchema } from './id-schema.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface HistoryRouteDeps {
  readonly history: History;
  readonly origins: Origins;
  readonly rateLimits: RateLimits;
}

/** Where members were and how much was played: what is kept, who may see it, and the end of it. */
export function historyRoutes({ history, origins, rateLimits }: HistoryRouteDeps): Route[] {
  /** Another site's secret finds nothing here. */
  const ownSite = async (key: string, siteId: string): Promise<string> => {
    const site = await origins.siteFor(key, undefined);
    if (site.siteId === siteId) return siteId;
    throw new JamzError('not-found', 'This secret is of another site');
  };

  return [
    route({
      method: 'GET',
      path: '/v1/groups/:groupId/positions',
      summary:
        'Where members were, as far as each lets you see it: `from` and `to` in ms since 1970, `memberId` for one',
      answer: historyAnswer,
      async run({ actor, param, req }) {
        await rateLimits.spend('history', actor().userId);
        const memberId = req.query['memberId'];
        if (memberId !== undefined && !(typeof memberId === 'string' && idPattern.test(memberId))) {
          throw new JamzError('invalid', 'memberId is the id of one member');
        }
        const span = { ...spanOf(req), ...(memberId === undefined ? {} : { memberId }) };
        return history.positions.page(actor(), param('groupId'), span);
      },
    }),
    route({
      method: 'POST',
      path: '/v1/groups/:groupId/positions',
      summary:
        'Tells where you were while you had no network: up to 1,000 fixes, as lists of time, latitude, longitude, accuracy, heading and speed (-1: unknown), and 1 for coarse or 0',
      body: lateBody,
      maxBodyBytes: 131_072,
      answer: lateAnswer,
      async run({ actor, param, body: { deviceId, fixes } }) {
        await rateLimits.spend('late-fixes', actor().userId);
        const kept = await history.lateFixes.take(
          ...([actor(), param('groupId'), deviceId, fixes.map(lateFixOf)] as const),
        );
        return { kept };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/me/history',
      summary: 'What you let be kept of where you were, and who may see it',
      answer: choiceAnswer,
      run: async ({ actor }) => {
        const choice = await history.choiceOf(actor());
        return told(choice, await history.choices.daysOf(actor().siteId));
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/me/history',
      summary:
        'Says who may see where you were, and for how many days it is kept; 0 for not at all',
      body: choiceBody,
      answer: choiceAnswer,
      run: async ({ actor, body }) => {
        const choice = await history.choose(actor(), body);
        return told(choice, await history.choices.daysOf(actor().siteId));
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/me/history',
      summary: 'Forgets where you were, in all groups and for good',
      run: async ({ actor }) => {
        await history.forget(actor().userId);
        return undefined;
      },
    }),
    route({
      method: 'GET',
      path: '/v1/sites/:key/history',
      summary: 'For how many days the site keeps where its people were',
      answer: daysAnswer,
      run: async ({ actor, param }) => {
        const days = await history.choices.daysOf(await ownSite(param('key'), actor().siteId));
        return { days };
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/sites/:key/history',
      summary: 'Says for how many days; 0 for not at all',
      body: daysBody,
      answer: daysAnswer,
      run: async ({ actor, param, body: { days } }) => {
        await history.choices.setDaysOf(await ownSite(param('key'), actor().siteId), days);
        return { days };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/sites/:key/plays',
      summary: 'How much was heard on the site: `from`, `to` and the width `every` in ms',
      answer: playsAnswer,
      run: async ({ actor, param, req }) => {
        const siteId = await ownSite(param('key'), actor().siteId);
        const { fromMs, toMs } = spanOf(req);
        const everyMs = figureIn(req, 'every', 3_600_000);
        if (everyMs < 60_000 || (toMs - fromMs) / everyMs > maxSums) {
          throw new JamzError('invalid', `every is a minute or more, and makes ${maxSums} at most`);
        }
        return { sums: await history.plays.sums(siteId, fromMs, toMs, everyMs) };
      },
    }),
  ];
}

const maxSums = 2_000;
const maxSpanMs = 400 * 24 * 3_600_000;

function spanOf(req: Request): { readonly fromMs: number; readonly toMs: number } {
  const [fromMs, toMs] = [figureIn(req, 'from'), figureIn(req, 'to')];
  if (fromMs < toMs && toMs - fromMs <= maxSpanMs) return { fromMs, toMs };
  throw new JamzError('invalid', 'from is before to, and not more than 400 days before');
}

function figureIn({ query }: Request, name: string, absent?: number): number {
  const value = query[name];
  if (value === undefined && absent !== undefined) return absent;
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  throw new JamzError('invalid', `${name} is a time in ms since 1970, given once`);
}

/** As a person is told: how long it is kept in the end, and not since when it is hidden. */
function told({ seenBy, keepDays }: HistoryChoice, siteDays: number): object {
  return { seenBy, keepDays: Math.min(siteDays, keepDays ?? siteDays), siteDays };
}

const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_650));

const choiceBody: v.GenericSchema<
  unknown,
  { readonly seenBy?: 'me' | 'group'; readonly keepDays?: number | null }
> = v.strictObject({
  seenBy: v.exactOptional(v.picklist(['me', 'group'])),
  keepDays: v.exactOptional(v.nullable(days)),
});

const daysBody: v.GenericSchema<unknown, { readonly days: number }> = v.strictObject({ days });

type LateRow = readonly [
  atMs: number,
  lat: number,
  lng: number,
  accuracyM: number,
  headingDeg: number,
  speedMps: number,
  coarse: number,
];

const within = (least: number, most: number) =>
  v.pipe(v.number(), v.minValue(least), v.maxValue(most));

const lateBody: v.GenericSchema<
  unknown,
  { readonly deviceId: string; readonly fixes: readonly LateRow[] }
> = v.strictObject({
  deviceId: idSchema,
  fixes: v.pipe(
    v.array(
      v.strictTuple([
        v.pipe(within(0, 1e14), v.integer()),
        ...([within(-90, 90), within(-180, 180), within(0, 1e6)] as const),
        ...([within(-1, 360), within(-1, 1_000), v.picklist([0, 1])] as const),
      ]),
    ),
    v.minLength(1),
    v.maxLength(1_000),
  ),
});

function lateFixOf([atMs, lat, lng, accuracyM, headingDeg, speedMps, coarse]: LateRow): LateFix {
  return {
    ...{ atMs, lat, lng, accuracyM, mode: coarse === 1 ? 'coarse' : 'precise' },
    ...(headingDeg < 0 ? {} : { headingDeg }),
    ...(speedMps < 0 ? {} : { speedMps }),
  };
}

const lateAnswer: v.GenericSchema = v.object({ kept: v.number() });

const choiceAnswer: v.GenericSchema = v.object({
  seenBy: v.picklist(['me', 'group']),
  keepDays: v.number(),
  siteDays: v.number(),
});

const daysAnswer: v.GenericSchema = v.object({ days: v.number() });

const historyAnswer: v.GenericSchema = v.object({
  fixes: v.array(
    v.object({
      memberId: idSchema,
      deviceId: idSchema,
      mode: v.picklist(['precise', 'coarse']),
      lat: v.number(),
      lng: v.number(),
      accuracyM: v.number(),
      headingDeg: v.exactOptional(v.number()),
      speedMps: v.exactOptional(v.number()),
      atMs: v.number(),
    }),
  ),
  everyMs: v.number(),
  gaps: v.array(v.object({ fromMs: v.number(), untilMs: v.number() })),
});

const playsAnswer: v.GenericSchema = v.object({
  sums: v.array(
    v.object({
      atMs: v.number(),
      plays: v.number(),
      heardMs: v.number(),
      groups: v.number(),
    }),
  ),
});
