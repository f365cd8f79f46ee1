import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { isLoopback } from './loopback.ts';

/**
 * Headers that keep our own pages to themselves: a content security policy without any inline script or style,
 * which the elements run under on host pages too. Only sound and pictures may come from elsewhere: tracks are added by
 * their address as well as by upload.
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
        // The socket, also where an older browser does not count it as 'self'; and tracks, to be decoded, one's own
        // before they are on the server, too.
        connectSrc: ["'self'", 'ws:', 'wss:', 'blob:', elsewhere],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        mediaSrc: ["'self'", 'blob:', elsewhere],
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

/** Where tracks may be: on the page of this very machine, which is no https page, on plain http servers as well. */
function elsewhere({ headers: { host = '' } }: IncomingMessage): string {
  return isLoopback(host.replace(/:\d+$/, '')) ? 'https: http:' : 'https:';
}

/** For what other sites' pages load from here: the API and the CDN folder. */
export const shared: RequestHandler = (_req, res, next) => {
  res.set('cross-origin-resource-policy', 'cross-origin');
  next();
};
