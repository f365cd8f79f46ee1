import { type ErrorCode, JamzError } from '../../sdk/protocol/errors.ts';
import { type Caller, callers, type Verdict } from './caller.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** One door: a route or a socket event, and the answer that each caller gets at it. */
export interface AccessRow {
  /** `POST /v1/groups` or `socket push`. */
  readonly name: string;
  readonly verdicts: Readonly<Record<Caller, Verdict>>;
  /** Opens also to the token of a person's service worker, which opens no other door. */
  readonly takesDrainToken?: true;
}

/**
 * Who may call what. A verdict `yes` opens the door only: what the group's policies and roles allow behind it is
 * `may` of `sdk/merge/permissions.ts`, and a person's own things are found by their own id.
 */
export const accessTable: readonly AccessRow[] = [
  ...doors(allow(callers), [
    'GET /healthz',
    'GET /readyz',
    'GET /openapi.json',
    // This machine, or a token of its own: see server/http/metrics-routes.ts.
    'GET /metrics',
    // Nothing in it tells whose it is.
    'POST /v1/metrics',
    'GET /',
    'GET /cdn',
    'POST /v1/auth/guest',
    'POST /v1/auth/sign-up',
    'POST /v1/auth/sign-in',
    'POST /v1/auth/host',
    // The refresh token, in a cookie or the body, is the permission.
    'POST /v1/auth/refresh',
    'POST /v1/auth/sign-out',
    'POST /v1/auth/request-reset',
    // The token of the mail is the permission; so it is on the pages that the mail leads to.
    'POST /v1/auth/reset',
    'POST /v1/auth/verify',
    'GET /reset',
    'POST /reset',
    'GET /verify',
    'POST /verify',
    'GET /account.css',
    'GET /account.js',
    // The cookie of the pages is the permission behind it, and whose a site is.
    'GET /sites',
    'GET /sites/:key',
    'POST /sites/sign-up',
    'POST /sites/sign-in',
    'POST /sites/sign-out',
    'POST /sites/forgot',
    'POST /sites/new',
    'POST /sites/:key/settings',
    'POST /sites/:key/secret',
    'GET /sites.css',
    'GET /sites.js',
    'GET /v1/sites/:key',
    'GET /v1/invitations/:code',
    'OPTIONS /v1/files/uploads',
    'OPTIONS /v1/files/uploads/:uploadId',
    // The signature in the address is the permission: media elements cannot send headers.
    'GET /v1/files/:fileId/audio',
    'GET /v1/files/:fileId/artwork',
    'HEAD /v1/files/:fileId/audio',
    'HEAD /v1/files/:fileId/artwork',
    // Whoever knows the id, which nobody guesses: pictures cannot send headers, either.
    'GET /v1/photos/:fileId/:size',
    'HEAD /v1/photos/:fileId/:size',
    // The code is the permission: it is not to be guessed, and ends.
    'GET /v1/trips/:code',
    'GET /v1/trips/:code/photos/:userId',
    'HEAD /v1/trips/:code/photos/:userId',
  ]),
  ...doors(signedIn(), [
    'GET /v1/me',
    'DELETE /v1/me',
    'GET /v1/me/export',
    'GET /v1/groups',
    'POST /v1/groups',
    'POST /v1/groups/join',
    'POST /v1/groups/open',
    'POST /v1/auth/drain',
    'POST /v1/auth/request-verification',
    // Each asks for the password, too.
    'POST /v1/auth/password',
    'POST /v1/auth/email',
    'POST /v1/auth/upgrade',
    'GET /v1/auth/second-factor',
    'POST /v1/auth/second-factor',
    'POST /v1/auth/second-factor/confirm',
    'POST /v1/auth/second-factor/end',
    'GET /v1/me/devices',
    'GET /v1/push',
    'POST /v1/push/browsers',
    // Only one's own is found.
    'DELETE /v1/push/browsers/:subscriptionId',
    'PUT /v1/push/preferences',
    'GET /v1/me/history',
    'PUT /v1/me/history',
    'DELETE /v1/me/history',
    'DELETE /v1/me/devices',
    'DELETE /v1/me/devices/:deviceId',
    // Only who began an upload finds it.
    'HEAD /v1/files/uploads/:uploadId',
    'PATCH /v1/files/uploads/:uploadId',
    'DELETE /v1/files/uploads/:uploadId',
    'GET /v1/files/by-upload/:uploadId',
    // One's own; of a group, only who may change the group.
    'POST /v1/photos',
    'socket time',
    'socket hello',
    'socket unfollow',
    'socket token',
  ]),
  // Each scope named in the body is asked for on its own, at the doors `push` and `pull`.
  { name: 'POST /v1/sync', verdicts: signedIn(), takesDrainToken: true },
  ...doors(members(), [
    'POST /v1/groups/:groupId/invitations',
    'GET /v1/groups/:groupId/messages',
    // What each member lets be seen is `seenBy`, which is theirs to say.
    'GET /v1/groups/:groupId/positions',
    'POST /v1/groups/:groupId/positions',
    'GET /v1/groups/:groupId/trip',
    'GET /v1/groups/:groupId/trips',
    // Who was there; behind it, who is in it is each one's own to say.
    'POST /v1/groups/:groupId/trips',
    'PUT /v1/groups/:groupId/trips/:tripId/answer',
    // Who shared it; of the others owners and moderators.
    'DELETE /v1/groups/:groupId/trips/:tripId',
    'POST /v1/files/uploads',
    'GET /v1/files/:fileId',
    'GET /v1/files/:fileId/url',
    'GET /v1/files/:fileId/peaks',
    'PUT /v1/files/:fileId/peaks',
    'socket follow',
    'socket push',
    'socket pull',
    'socket chunk',
    'socket live',
  ]),
  // Who was removed may have most to report.
  ...doors(allow(['ex-member', 'member', 'moderator', 'owner']), [
    'POST /v1/groups/:groupId/reports',
  ]),
  ...doors(allow(['moderator', 'owner', 'site-admin']), ['DELETE /v1/files/:fileId']),
  // One's own; and of people of the site.
  ...doors({ ...signedIn(), 'site-admin': 'yes' }, ['DELETE /v1/photos/:fileId']),
  // Without a group in question nobody can tell people of another site apart.
  ...doors({ ...allow(['site-admin']), 'other-site': 'forbidden' }, [
    'GET /v1/sites/:key/reports',
    'GET /v1/sites/:key/settings',
    'PATCH /v1/sites/:key/settings',
    'GET /v1/sites/:key/usage',
    'POST /v1/sites/:key/secret',
    'GET /v1/sites/:key/webhooks',
    'PUT /v1/sites/:key/webhooks',
    'POST /v1/sites/:key/webhooks/secret',
    'POST /v1/sites/:key/webhooks/retry',
    'GET /v1/sites/:key/webhooks/deliveries',
    'GET /v1/sites/:key/groups',
    'POST /v1/sites/:key/groups',
    'GET /v1/sites/:key/users/:person',
    'DELETE /v1/sites/:key/users/:person',
    'DELETE /v1/sites/:key/users/:person/sign-ins',
    'DELETE /v1/sites/:key/users/:person/second-factor',
    'GET /v1/sites/:key/history',
    'PUT /v1/sites/:key/history',
    'GET /v1/sites/:key/plays',
  ]),
  // Of no site: nobody is anything to it.
  ...doors({ ...allow(['operator']), 'ex-member': 'forbidden', 'other-site': 'forbidden' }, [
    'GET /v1/admin/sites',
    'POST /v1/admin/sites',
    'PATCH /v1/admin/sites/:key',
    'POST /v1/admin/sites/:key/secret',
    'GET /v1/admin/sites/:key/usage',
    'DELETE /v1/admin/sites/:key/users/:person/sign-ins',
    'DELETE /v1/admin/sites/:key/users/:person/second-factor',
    'GET /v1/admin/audit',
  ]),
  ...doors(allow(['site-admin']), [
    'GET /v1/sites/:key/groups/:groupId',
    'PATCH /v1/sites/:key/groups/:groupId',
    'GET /v1/sites/:key/groups/:groupId/members',
    'PUT /v1/sites/:key/groups/:groupId/members/:person',
    'DELETE /v1/sites/:key/groups/:groupId/members/:person',
    'GET /v1/sites/:key/groups/:groupId/tracks',
    'POST /v1/sites/:key/groups/:groupId/tracks',
    'DELETE /v1/sites/:key/groups/:groupId/tracks/:itemId',
    'DELETE /v1/sites/:key/groups/:groupId',
  ]),
];

const byName: ReadonlyMap<string, AccessRow> = new Map(accessTable.map((row) => [row.name, row]));

/**
 * The row of a route, asked when the route is registered: a route without a row keeps the server from starting.
 *
 * @param path as the router has it, from `/v1` on, parameters as `:name`
 * @throws {Error} when the table has no such row
 */
export function rowFor(method: Method, path: string): AccessRow {
  return rowNamed(`${method} ${path}`);
}

/** @throws {Error} when the table has no such row */
export function rowForEvent(event: string): AccessRow {
  return rowNamed(`socket ${event}`);
}

/** @throws {JamzError} with the code that the row has for this caller */
export function authorise(row: AccessRow, caller: Caller): void {
  const verdict = row.verdicts[caller];
  if (verdict === 'yes') return;
  throw new JamzError(verdict, denialOf(row, caller, verdict));
}

function denialOf({ verdicts }: AccessRow, caller: Caller, verdict: ErrorCode): string {
  if (verdict === 'forbidden' && verdicts.operator === 'yes') {
    return 'Only who operates this server may do this, with ADMIN_TOKEN';
  }
  if (verdict === 'forbidden' && caller === 'site-admin') {
    return 'This is for people: a site’s secret speaks for none';
  }
  if (verdict === 'forbidden' && caller === 'operator') {
    return 'The operator’s token speaks for no person and no site';
  }
  if (verdict === 'forbidden' && verdicts.owner !== 'yes') {
    return 'Only the site’s own backend may do this, with the site’s secret';
  }
  if (verdict === 'forbidden' && verdicts.member !== 'yes' && caller === 'member') {
    return 'Only an owner or a moderator of this group may do this';
  }
  return denials[verdict] ?? `Not for you: ${caller}`;
}

const denials: Readonly<Partial<Record<ErrorCode, string>>> = {
  unauthenticated: 'Sign in first: this needs an access token',
  forbidden: 'Only members of this group may do this: ask one of them for an invitation',
  removed: 'You are no longer a member of this group',
  'not-found': 'There is no such group on this site',
};

function rowNamed(name: string): AccessRow {
  const row = byName.get(name);
  if (!row) throw new Error(`"${name}" has no row in server/access/table.ts: add who may call it`);
  return row;
}

function doors(verdicts: Readonly<Record<Caller, Verdict>>, names: readonly string[]): AccessRow[] {
  return names.map((name) => ({ name, verdicts }));
}

function allow(who: readonly Caller[]): Record<Caller, Verdict> {
  const may = (caller: Caller, code: ErrorCode): Verdict => (who.includes(caller) ? 'yes' : code);
  return {
    anonymous: may('anonymous', 'unauthenticated'),
    outsider: may('outsider', 'forbidden'),
    'ex-member': may('ex-member', 'removed'),
    member: may('member', 'forbidden'),
    moderator: may('moderator', 'forbidden'),
    owner: may('owner', 'forbidden'),
    // Another site's groups do not exist for this one.
    'other-site': may('other-site', 'not-found'),
    'site-admin': may('site-admin', 'forbidden'),
    operator: may('operator', 'forbidden'),
  };
}

function signedIn(): Record<Caller, Verdict> {
  // A site's secret speaks for no person.
  const speakForNone: readonly Caller[] = ['anonymous', 'site-admin', 'operator'];
  return allow(callers.filter((caller) => !speakForNone.includes(caller)));
}

function members(): Record<Caller, Verdict> {
  return allow(['member', 'moderator', 'owner']);
}
