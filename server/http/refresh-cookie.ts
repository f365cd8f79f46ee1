import type { Request, Response } from 'express';
import { isLoopback } from './loopback.ts';

/**
 * The cookie that carries a refresh token in browsers: out of reach of any script, sent to `/v1/auth` only, and
 * named after the namespace, so that two phones on one page do not share it.
 */
export function setRefreshCookie(
  req: Request,
  res: Response,
  namespace: string | undefined,
  token: string,
): void {
  res.cookie(nameOf(namespace), token, { ...attributesFor(req), maxAge: keptMs });
}

export function clearRefreshCookie(
  req: Request,
  res: Response,
  namespace: string | undefined,
): void {
  res.clearCookie(nameOf(namespace), attributesFor(req));
}

export function refreshTokenIn(req: Request, namespace: string | undefined): string | undefined {
  const start = `${nameOf(namespace)}=`;
  const pairs = req.get('cookie')?.split(';') ?? [];
  const found = pairs.map((pair) => pair.trim()).find((pair) => pair.startsWith(start));
  return found?.slice(start.length);
}

/** Longer than any token lives: the server decides, not the cookie. */
const keptMs = 90 * 24 * 3_600_000;

function nameOf(namespace: string | undefined): string {
  return `jamz_${namespace ?? 'main'}`;
}

function attributesFor(req: Request): CookieAttributes {
  const common = { httpOnly: true, path: '/v1/auth' } as const;
  // Browsers take `Secure` from localhost too. A plain http address of a LAN gets what works there: first party only.
  return req.secure || isLoopback(req.hostname)
    ? { ...common, secure: true, sameSite: 'none', partitioned: true }
    : { ...common, sameSite: 'lax' };
}

interface CookieAttributes {
  readonly httpOnly: true;
  readonly path: string;
  readonly secure?: true;
  readonly sameSite: 'none' | 'lax';
  readonly partitioned?: true;
}
