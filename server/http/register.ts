import express, { type Express, type Request } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { GroupId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import { callerOf, type GroupInQuestion } from '../access/caller.ts';
import { type AccessRow, authorise, rowFor } from '../access/table.ts';
import { sendProblem } from './problem.ts';
import type { Route } from './route.ts';

/** What registration needs to know who knocks. */
export interface DoorDeps {
  /** @throws {JamzError} `unauthenticated`, `token-expired`, `origin-not-allowed` */
  readonly identify: (req: Request, row: AccessRow) => Promise<Actor>;
  /** The group of a `:groupId` in the path; undefined where there is none. */
  readonly groupInQuestion: (groupId: GroupId) => Promise<GroupInQuestion | undefined>;
}

const defaultMaxBodyBytes = 65_536;

/**
 * Registers routes on the app, each behind its row of the access table.
 *
 * @throws {Error} for a route without a row: the server does not start
 */
export function registerRoutes(app: Express, routes: readonly Route[], deps: DoorDeps): void {
  for (const route of routes) {
    const row = rowFor(route.method, route.path);
    const isPublic = row.verdicts.anonymous === 'yes';
    const parseJson = express.json({ limit: route.maxBodyBytes ?? defaultMaxBodyBytes });

    app[methodName(route)](route.path, async (req, res) => {
      // Who may not come in is turned away before a byte of the body is read.
      const actor = isPublic ? undefined : await deps.identify(req, row);
      if (!isPublic) authorise(row, callerOf(actor, await groupOf(req, deps)));
      if (route.body)
        await new Promise<void>((resolve, reject) => {
          parseJson(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
        });
      const answer = await route.run({
        req,
        res,
        origin: req.get('origin'),
        param: (name) => paramOf(req, name),
        actor: () => {
          if (actor) return actor;
          throw new Error(`${row.name} is open to everybody and asked who is there`);
        },
      });
      // A stream has ended its answer itself.
      if (res.writableEnded) return;
      if (!res.hasHeader('cache-control')) res.set('cache-control', 'no-store');
      if (route.answer) res.status(route.status ?? 200).json(answer);
      else res.status(route.status ?? 204).end();
    });
  }
  refuseOtherMethods(app, routes);
}

async function groupOf(req: Request, deps: DoorDeps): Promise<GroupInQuestion | undefined> {
  if (req.params['groupId'] === undefined) return undefined;
  const group = await deps.groupInQuestion(paramOf(req, 'groupId'));
  if (group) return group;
  throw new JamzError('not-found', 'There is no such group on this site: check its id');
}

function paramOf(req: Request, name: string): string {
  const value = req.params[name];
  if (typeof value === 'string') return value;
  throw new Error(`The route has no parameter :${name}`);
}

function methodName({ method }: Route): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  const name = method.toLowerCase();
  if (
    name === 'get' ||
    name === 'post' ||
    name === 'put' ||
    name === 'patch' ||
    name === 'delete'
  ) {
    return name;
  }
  throw new Error(`No route is registered for ${method}`);
}

/** Express answers 404 to a wrong method; the right answer names the methods there are (RFC 9110, 15.5.6). */
function refuseOtherMethods(app: Express, routes: readonly Route[]): void {
  const byPath = Map.groupBy(routes, (route) => route.path);
  for (const [path, atPath] of byPath) {
    const allowed = atPath.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method));
    app.all(path, (req, res) => {
      const allow = [...allowed, 'OPTIONS'].join(', ');
      res.set('allow', allow);
      const message = `${req.method} is not possible here: use ${allow}`;
      if (req.method === 'OPTIONS') res.status(204).end();
      else sendProblem(req, res, new JamzError('invalid', message), 405);
    });
  }
}
