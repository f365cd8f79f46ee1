import type { Request, Response } from 'express';
import { isLoopback } from './loopback.ts';

/**
 * The cookie that carries a refresh token in browsers: out of reach of any script, and named after the namespace, so
 * that two phones on one page do not share it. Over TLS its name begins with `__Host-`: then no other host, be it of
 * the same domain, and nobody on an unencrypted line can put one of theirs in its place. Such a cookie is sent to all
 * of this server, which reads it under `/v1/auth` alone. Without TLS it is sent there only.
 */
export function setRefreshCookie(
  req: Request,
  res: Response,
  namespace: string | undefined,
  token: string,
): void {
  res.cookie(nameOf(req, namespace), token, { ...attributesFor(req), maxAge: keptMs });
}

export function clearRefreshCookie(
  req: Request,
  res: Response,
  namespace: string | undefined,
): void {
  res.clearCookie(nameOf(req, namespace), attributesFor(req));
}

export function refreshTokenIn(req: Request, namespace: string | undefined): string | undefined {
  const start = `${nameOf(req, namespace)}=`;
  const pairs = req.get('cookie')?.split(';') ?? [];
  const found = pairs.map((pair) => pair.trim()).find((pair) => pair.startsWith(start));
  return found?.slice(start.length);
}

/** Longer than any token lives: the server decides, not the cookie. */
const keptMs = 90 * 24 * 3_600_000;

function nameOf(req: Request, namespace: string | undefined): string {
  const name = `jamz_${namespace ?? 'main'}`;
  return req.secure ? `__Host-${name}` : name;
}

function attributesFor(req: Request): CookieAttributes {
  const foreign = { httpOnly: true, secure: true, sameSite: 'none', partitioned: true } as const;
  if (req.secure) return { ...foreign, path: '/' };
  // Browsers take `Secure` from localhost too, but not the prefix. A plain http address of a LAN gets what works there:
  // first party only.
  return isLoopback(req.hostname)
    ? { ...foreign, path: '/v1/auth' }
    : { httpOnly: true, sameSite: 'lax', path: '/v1/auth' };
}

interface CookieAttributes {
  readonly httpOnly: true;
  readonly path: '/' | '/v1/auth';
  readonly secure?: true;
  readonly sameSite: 'none' | 'lax';
  readonly partitioned?: true;
}
