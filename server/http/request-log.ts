import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

export interface RequestLogDeps {
  readonly log: Logger;
  readonly newRequestId: () => string;
  /** Monotonic ms. */
  readonly nowMs: () => number;
}

/**
 * Gives every request an id, which the answer carries as `x-request-id`, and writes one line when it is answered.
 * The line has the route's pattern and never the address itself: addresses hold invitation codes and signatures.
 */
export function requestLog({ log, newRequestId, nowMs }: RequestLogDeps): RequestHandler {
  return (req, res, next) => {
    const requestId = newRequestId();
    const startedMs = nowMs();
    res.locals['requestId'] = requestId;
    res.set('x-request-id', requestId);
    res.once('close', () => {
      const route = routeOf(req);
      const line = {
        requestId,
        method: req.method,
        route: route ?? 'none',
        status: res.statusCode,
        tookMs: Math.round(nowMs() - startedMs),
        ...(res.writableFinished ? {} : { aborted: true }),
      };
      if (route !== undefined) log.info(line, 'request');
      else log.debug(line, 'request');
    });
    next();
  };
}

/** The pattern of the route that took a request; undefined where none did. */
export function routeOf(req: Request): string | undefined {
  const pattern: unknown = req.route?.path;
  return typeof pattern === 'string' ? req.baseUrl + pattern : undefined;
}

export function requestIdOf(res: Response): string | undefined {
  const requestId: unknown = res.locals['requestId'];
  return typeof requestId === 'string' ? requestId : undefined;
}
