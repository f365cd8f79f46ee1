import type { Request, Response } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { Accounts, SignedIn } from '../accounts/accounts.ts';
import type { AuthenticateBearer } from '../accounts/authenticate.ts';
import { deviceNameOf } from '../accounts/device-name.ts';
import { consoleSiteKey } from '../accounts/sites.ts';
import { isLoopback } from '../http/loopback.ts';

/** Who is signed in to the pages where people register their sites: two cookies that no script can read. */
export interface SiteSession {
  /** @returns undefined for nobody, also where a sign-in has ended */
  viewer(req: Request, res: Response): Promise<Actor | undefined>;
  begin(req: Request, res: Response, signedIn: SignedIn): void;
  end(req: Request, res: Response): Promise<void>;
}

export interface SiteSessionDeps {
  readonly accounts: Pick<Accounts, 'refresh' | 'signOut'>;
  readonly authenticateBearer: AuthenticateBearer;
  readonly consoleSiteId: () => Promise<string>;
}

const accessCookie = 'jamz_sites';
const refreshCookie = 'jamz_sites_refresh';
const keptMs = 60 * 24 * 3_600_000;

export function createSiteSession(deps: SiteSessionDeps): SiteSession {
  const { accounts, authenticateBearer, consoleSiteId } = deps;

  /** @returns undefined for a token that is over, or of another site of this server */
  async function actorOf(token: string): Promise<Actor | undefined> {
    const actor = await authenticateBearer(token, undefined).catch(asNobody);
    return actor && actor.siteId === (await consoleSiteId()) ? actor : undefined;
  }

  function begin(req: Request, res: Response, { accessToken, refreshToken }: SignedIn): void {
    for (const [name, value] of [
      [accessCookie, accessToken],
      [refreshCookie, refreshToken],
    ] as const) {
      res.cookie(nameIn(req, name), value, { ...attributesFor(req), maxAge: keptMs });
    }
  }

  return {
    begin,
    async viewer(req, res) {
      const access = cookieIn(req, accessCookie);
      const actor = access === undefined ? undefined : await actorOf(access);
      if (actor) return actor;
      const refresh = cookieIn(req, refreshCookie);
      if (refresh === undefined) return undefined;
      const renewed = await accounts.refresh(fromOf(req), refresh).catch(asNobody);
      if (!renewed) return undefined;
      begin(req, res, renewed);
      return actorOf(renewed.accessToken);
    },
    async end(req, res) {
      await accounts.signOut(fromOf(req), cookieIn(req, refreshCookie)).catch(asNobody);
      for (const name of [accessCookie, refreshCookie]) {
        res.clearCookie(nameIn(req, name), attributesFor(req));
      }
    },
  };
}

/** As the pages name themselves to the accounts: their own site, from this server's own origin. */
export function fromOf(req: Request): { siteKey: string; origin: undefined; device: string } {
  const device = deviceNameOf(req.get('user-agent'));
  return { siteKey: consoleSiteKey, origin: undefined, device };
}

function asNobody(error: unknown): undefined {
  if (error instanceof JamzError && over.has(error.code)) return undefined;
  throw error;
}

const over: ReadonlySet<string> = new Set(['unauthenticated', 'token-expired', 'not-found']);

function cookieIn(req: Request, name: string): string | undefined {
  const pairs = req.get('cookie')?.split(';') ?? [];
  const start = `${nameIn(req, name)}=`;
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length);
}

/** Over TLS a cookie is bound to this very host, which asks for the path `/` too. */
function nameIn(req: Request, name: string): string {
  return req.secure ? `__Host-${name}` : name;
}

function attributesFor(req: Request) {
  const secure = req.secure || isLoopback(req.hostname);
  const path = req.secure ? '/' : '/sites';
  return { httpOnly: true, path, sameSite: 'lax', secure } as const;
}
