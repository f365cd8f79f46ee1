import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import { type GroupId, groupScope } from '../protocol/ids.ts';
import type { WireGroup, WireUser } from '../protocol/wire.ts';
import type { LoopbackAccounts } from './loopback-accounts.ts';
import { loopbackFetch } from './loopback-fetch.ts';
import type { LoopbackServer } from './loopback-server.ts';

export interface LoopbackRoutesDeps {
  readonly server: LoopbackServer;
  readonly accounts: LoopbackAccounts;
  readonly nowMs: () => number;
}

interface Call {
  readonly body: Readonly<Record<string, string>>;
  readonly request: Request;
  /** What stands in the path where the route has a star. */
  readonly named: string;
  readonly user: () => WireUser;
}

/** Status of the answer, and what it says; nothing for 204. */
type Reply = readonly [status: number, json?: unknown] | Response;
type Route = (call: Call) => Reply | Promise<Reply>;

/**
 * What a loopback server answers under `/v1`: signing in, groups, invitations and sync. What it does not have, as files,
 * is `not-found`.
 */
export function loopbackRoutes({
  server,
  accounts,
  nowMs,
}: LoopbackRoutesDeps): (request: Request) => Promise<Response> {
  const invitations = new Map<string, GroupId>();
  const places = new Map<string, GroupId>();
  let lastGroup = 0;

  const make = (name: string, { id, name: called }: WireUser): GroupId => {
    lastGroup += 1;
    const groupId = `group-${lastGroup}`;
    server.createGroup(groupId, [{ userId: id, name: called }], name);
    return groupId;
  };
  const enter = (groupId: GroupId, { id, name }: WireUser): WireGroup => {
    const of = (): WireGroup | undefined =>
      server.groupsOf(id).find((group) => group.id === groupId);
    if (!of()) {
      const member = { memberId: id, name, role: 'member' };
      server.submit(groupScope(groupId), id, 'members.join', member);
    }
    const group = of();
    if (!group) throw new JamzError('gone', 'The group was deleted.');
    return group;
  };

  const routes: Readonly<Record<string, Route>> = {
    'POST auth/guest': ({ body }) => [200, accounts.guest(body['name'] ?? 'Guest')],
    'POST auth/sign-up': ({ body: { email = '', password = '', name = '' } }) => [
      200,
      accounts.signUp({ email, password, name }),
    ],
    'POST auth/sign-in': ({ body: { email = '', password = '' } }) => [
      200,
      accounts.signIn({ email, password }),
    ],
    'POST auth/host': ({ body }) => [200, accounts.host(body['token'] ?? '')],
    'POST auth/refresh': ({ body }) => [200, accounts.refresh(body['refreshToken'])],
    'POST auth/sign-out': ({ body }) => {
      accounts.end(body['refreshToken'] ?? '');
      return [204];
    },
    'GET sites/*': ({ named }) => [200, { key: named, name: 'Loopback', policy: 'open' }],
    'GET me': ({ user }) => [200, { user: user(), groups: server.groupsOf(user().id) }],
    'GET groups': ({ user }) => [200, server.groupsOf(user().id)],
    'POST groups': ({ user, body }) => [201, enter(make(body['name'] ?? '', user()), user())],
    'POST groups/open': ({ user, body: { place = '' } }) => {
      const groupId = places.get(place) ?? make(place, user());
      places.set(place, groupId);
      return [200, enter(groupId, user())];
    },
    'POST groups/join': ({ user, body }) => {
      const groupId = invitations.get(body['code'] ?? '');
      if (groupId === undefined) throw new JamzError('not-found', 'There is no such code.');
      return [200, enter(groupId, user())];
    },
    'POST groups/*/invitations': ({ named, user, request }) => {
      user();
      const code = `code-${invitations.size + 1}`;
      invitations.set(code, named);
      return [201, { code, url: new URL(`/join/${code}`, request.url).href }];
    },
    'GET invitations/*': ({ named }) => {
      const state = server.stateOf(groupScope(invitations.get(named) ?? ''));
      if (state.kind !== 'group' || !invitations.has(named)) {
        throw new JamzError('not-found', 'There is no such code.');
      }
      return [200, { groupName: state.info.info.name, site: 'Loopback' }];
    },
    'POST sync': ({ user, request, body }) =>
      loopbackFetch(server, user().id, nowMs).fetch(request.url, { body: JSON.stringify(body) }),
    'POST metrics': () => [204],
  };

  return async (request) => {
    const [, path = ''] = new URL(request.url).pathname.split('/v1/');
    const [first = '', second = '', ...rest] = path.split('/');
    const found =
      routes[`${request.method} ${path}`] ??
      routes[`${request.method} ${[first, '*', ...rest].join('/')}`];
    const user = (): WireUser => {
      const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
      const known = accounts.userOf(token);
      if (!known) throw new JamzError('unauthenticated', 'Nobody has this token.');
      return known;
    };
    try {
      if (!found) {
        throw new JamzError('not-found', `A loopback server has no ${request.method} ${path}.`);
      }
      const text = await request.clone().text();
      const body = (text === '' ? {} : JSON.parse(text)) as Call['body'];
      const reply = await found({ body, request, named: decodeURIComponent(second), user });
      return reply instanceof Response ? reply : answer(...reply);
    } catch (error) {
      if (error instanceof JamzError) return problem(error);
      throw error;
    }
  };
}

function answer(status: number, json?: unknown): Response {
  if (json === undefined) return new Response(null, { status });
  return Response.json(json, { status });
}

const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  unauthenticated: 401,
  invalid: 400,
  gone: 410,
  'not-found': 404,
};

function problem({ code, message }: JamzError): Response {
  const status = statusOf[code] ?? 500;
  const body = { type: 'about:blank', title: code, status, code, detail: message };
  const headers = { 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify(body), { status, headers });
}
