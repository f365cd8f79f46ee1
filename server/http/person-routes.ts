import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { EraseOwn } from '../accounts/erase-own.ts';
import { type ExportFormat, exportFormats } from '../accounts/export-record.ts';
import { exportAnswer } from './answers.ts';
import { addressOf } from './auth-routes.ts';
import { eraseBody } from './bodies.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface PersonRouteDeps {
  readonly eraseOwn: EraseOwn;
  /** What is kept of a person, in pieces as it is read. */
  readonly exportOf: (userId: string, format: ExportFormat) => AsyncIterable<string>;
  readonly rateLimits: RateLimits;
}

/** What a person does with all that is kept of them: takes it along, or has it erased. */
export function personRoutes({ eraseOwn, exportOf, rateLimits }: PersonRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/me/export',
      summary: 'All that is kept of you, as `?format=json` or `?format=csv`',
      answer: exportAnswer,
      async run({ actor, req, res }) {
        const format = formatOf(req.query['format']);
        const { userId } = actor();
        await rateLimits.spend('export', userId);
        res.set({
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
          'content-disposition': `attachment; filename="trafficjamz.${format}"`,
          'cache-control': 'no-store',
        });
        await pipeline(Readable.from(exportOf(userId, format)), res);
        return undefined;
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/me',
      summary:
        'Deletes your account for good; with its password, or with a token of the last minute',
      body: eraseBody,
      async run({ actor, req, body }) {
        if (body.password !== undefined) {
          await rateLimits.spend('password', `${actor().userId} ${addressOf(req)}`);
          await rateLimits.spend('account', actor().userId);
        }
        await eraseOwn(actor(), body);
        return undefined;
      },
    }),
  ];
}

function formatOf(given: unknown): ExportFormat {
  const format = exportFormats.find((one) => one === (given ?? 'json'));
  if (format) return format;
  throw new JamzError('invalid', `format is one of ${exportFormats.join(', ')}`);
}
