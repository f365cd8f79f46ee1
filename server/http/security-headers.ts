import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers that keep our own pages to themselves: a content security policy without any inline script or style,
 * which the elements run under on host pages too.
 *
 * @param https whether browsers reach us by a certificate that they trust, so that they may be told to insist on it
 */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        // The socket, also where an older browser does not count it as 'self'.
        connectSrc: ["'self'", 'ws:', 'wss:'],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        // MapLibre starts its worker from a blob where a page gives it no address.
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // A browser told to insist on https would lock people out of plain http://localhost.
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });
}

/** For what other sites' pages load from here: the API and the CDN folder. */
export const shared: RequestHandler = (_req, res, next) => {
  res.set('cross-origin-resource-policy', 'cross-origin');
  next();
};
