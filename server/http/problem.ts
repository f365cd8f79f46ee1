import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { type ErrorCode, JamzError } from '../../sdk/protocol/errors.ts';
import { requestIdOf } from './request-log.ts';

/** The one place that knows which HTTP status a code has. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  'token-expired': 401,
  forbidden: 403,
  'origin-not-allowed': 403,
  'not-found': 404,
  gone: 410,
  removed: 403,
  invalid: 400,
  'too-large': 413,
  'unsupported-type': 415,
  'clock-ahead': 409,
  'update-needed': 409,
  'rate-limited': 429,
  'quota-exceeded': 403,
  'storage-full': 507,
  unavailable: 503,
  internal: 500,
};

const titles: Readonly<Record<ErrorCode, string>> = {
  unauthenticated: 'Not signed in',
  'token-expired': 'The token has expired',
  forbidden: 'Not allowed',
  'origin-not-allowed': 'This page may not use the site',
  'not-found': 'Not found',
  gone: 'No longer there',
  removed: 'No longer a member',
  invalid: 'Not valid',
  'too-large': 'Too large',
  'unsupported-type': 'Wrong kind of content',
  'clock-ahead': 'From the future',
  'update-needed': 'Update needed',
  'rate-limited': 'Too many requests',
  'quota-exceeded': 'Quota used up',
  'storage-full': 'No space left',
  unavailable: 'Not available now',
  internal: 'Our mistake',
};

/** Body of every answer that is not a success: RFC 9457 with our code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

/**
 * Express's last handler: whatever was thrown leaves as a problem; what we did not expect is logged.
 *
 * @param onProblem told of each, with the request that it answers
 */
export function problemHandler(
  log: Logger,
  onProblem: (error: JamzError, req: Request, res: Response) => void = () => {},
): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const error = asJamzError(thrown);
    onProblem(error, req, res);
    if (error.code === 'internal') {
      log.error({ err: thrown, requestId: requestIdOf(res) }, 'a request failed');
    }
    // Part of the answer is on its way: Express can only cut the connection.
    if (res.headersSent) next(thrown);
    else sendProblem(req, res, error);
  };
}

/** Answers with a problem. `status` stands in for the code's own where HTTP has a closer one. */
export function sendProblem(
  req: Request,
  res: Response,
  error: JamzError,
  status: number = statusOf[error.code],
): void {
  const { code, message, retryAfterMs } = error;
  if (status === 401) res.set('www-authenticate', 'Bearer');
  if (retryAfterMs !== undefined) res.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  // A body that we did not read to its end must not be taken for the next request.
  if (!req.complete) res.set('connection', 'close');
  const problem: Problem = {
    type: `urn:trafficjamz:problem:${code}`,
    title: titles[code],
    status,
    code,
    detail: message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  res
    .status(status)
    .set({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
    // As bytes: Express would add a charset to text, which this media type has none of.
    .send(Buffer.from(JSON.stringify(problem)));
}

function asJamzError(thrown: unknown): JamzError {
  if (thrown instanceof JamzError) return thrown;
  const { type, status } = propertiesOf(thrown);
  if (status === 413 || type === 'entity.too.large') {
    return new JamzError('too-large', 'The body is too large: send less at once');
  }
  if (status === 415) {
    return new JamzError('unsupported-type', 'The body has a charset or encoding we do not read');
  }
  if (type === 'entity.parse.failed') {
    return new JamzError('invalid', 'The body is not JSON: check its syntax');
  }
  // Express and its body parser mark what the caller did wrong with a status of 4xx.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new JamzError('invalid', 'The request cannot be read: check its address and its body');
  }
  return new JamzError('internal', 'Something went wrong on our side: try again', {
    cause: thrown,
  });
}

function propertiesOf(thrown: unknown): { type?: unknown; status?: unknown } {
  return typeof thrown === 'object' && thrown !== null ? thrown : {};
}
