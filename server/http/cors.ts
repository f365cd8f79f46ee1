import type { RequestHandler } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { sendProblem } from './problem.ts';

/**
 * Lets the pages of other sites call the API.
 *
 * A preflight names no site, so here an origin passes when any site of this server lists it; which site it may use
 * is checked where the request names one. An origin that no site lists gets `origin-not-allowed` before any route
 * runs, and may read just that answer: an element can then say what is wrong in place of "offline".
 */
export function cors(isKnown: (origin: string) => Promise<boolean>): RequestHandler {
  return async (req, res, next) => {
    const origin = req.get('origin');
    res.vary('origin');
    if (origin === undefined) return next();
    res.set({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': exposedHeaders,
    });
    if (req.method === 'OPTIONS' && req.get('access-control-request-method') !== undefined) {
      res
        .set({
          'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
          'access-control-allow-headers': allowedHeaders,
          'access-control-max-age': '600',
        })
        .status(204)
        .end();
      return;
    }
    if (await isKnown(origin)) return next();
    const message = `No site of this server lets pages of ${origin} in: add this origin to the site's list`;
    sendProblem(req, res, new JamzError('origin-not-allowed', message));
  };
}

const allowedHeaders = [
  'authorization',
  'content-type',
  'if-none-match',
  'range',
  'tus-resumable',
  'upload-concat',
  'upload-defer-length',
  'upload-length',
  'upload-metadata',
  'upload-offset',
  'x-http-method-override',
  'x-requested-with',
].join(', ');

const exposedHeaders = [
  'accept-ranges',
  'content-length',
  'content-range',
  'etag',
  'location',
  'retry-after',
  'tus-extension',
  'tus-max-size',
  'tus-resumable',
  'tus-version',
  'upload-expires',
  'upload-length',
  'upload-metadata',
  'upload-offset',
  'x-request-id',
].join(', ');
