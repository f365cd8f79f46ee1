import type { Device, Group, Push, SessionApi, User } from '../api.ts';
import { createHistoryAccount } from '../positions/history.ts';
import { JamzError } from '../protocol/errors.ts';
import type { FileId, GroupId } from '../protocol/ids.ts';
import { type GroupTrips, groupTrips, linkedTrip } from '../trips/trips-account.ts';
import { olderMessages } from './older-messages.ts';
import {
  createPersonData,
  forgetPerson,
  type PersonData,
  type PersonDataDeps,
} from './person-data.ts';
import { lookAtSecondFactor } from './second-factor.ts';

/** What a person does about their account now and then. */
export type PersonAccount = Pick<
  SessionApi,
  | 'upgrade'
  | 'requestPasswordReset'
  | 'requestEmailVerification'
  | 'changeSignIn'
  | 'secondFactor'
  | 'devices'
  | 'endDevice'
  | 'signOutElsewhere'
  | 'signOutAndForget'
>;

/** What people ask of the server about a group now and then: to let others in, what was before, to be safe there. */
export interface GroupAccount
  extends GroupTrips,
    Pick<Group, 'invite' | 'olderMessages' | 'report' | 'positionHistory'> {
  takeDown(fileId: FileId | null | undefined): Promise<void>;
}

/** Functions by their names: who asks for one knows what it takes. */
export type AnyAccount = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

export interface AccountDeps extends PersonDataDeps {
  readonly site: string;
  /** In [0, 1). */
  readonly random: () => number;
}

/** One for each replica: it keeps to whoever is signed in. */
const pushes = new WeakMap<AccountDeps, Promise<Push>>();

/** What a person does about their account and their data; with a group's id, what a member asks about that group. */
export function accountOf(deps: AccountDeps, groupId?: GroupId): AnyAccount {
  // Casts: each has functions alone.
  return groupId === undefined
    ? ({ ...personAccount(deps), ...dataAccount(deps) } as object as AnyAccount)
    : (groupAccount(deps, groupId) as object as AnyAccount);
}

function personAccount(deps: AccountDeps): PersonAccount {
  const { http, site, identity } = deps;
  return {
    async upgrade(account) {
      const { email, password, name } = account;
      const body = { email, password, ...(name === undefined ? {} : { name }) };
      const user = await http('POST', 'auth/upgrade', body, { expects: isUser });
      // A renewed sign-in tells everybody who watches, in all tabs after a reload.
      identity.expired();
      await identity.token().catch(() => {});
      return user;
    },
    async requestPasswordReset(email) {
      await http('POST', 'auth/request-reset', { site, email }, { bearer: false });
    },
    async requestEmailVerification() {
      await http('POST', 'auth/request-verification');
    },
    async changeSignIn(change) {
      await http('POST', 'newPassword' in change ? 'auth/password' : 'auth/email', change);
    },
    secondFactor: () => lookAtSecondFactor(http),
    devices: () => http('GET', 'me/devices', undefined, { expects: isDevices }),
    async endDevice(deviceId) {
      await http('DELETE', `me/devices/${encodeURIComponent(deviceId)}`);
    },
    async signOutElsewhere() {
      await http('DELETE', 'me/devices');
    },
    async signOutAndForget() {
      const user = identity.user$.value;
      await deps.signOut();
      if (user) await forgetPerson(user.id, deps);
    },
  };
}

function groupAccount(deps: AccountDeps, groupId: GroupId): GroupAccount {
  const { http } = deps;
  return {
    ...groupTrips(deps, groupId),
    positionHistory: (span) => createHistoryAccount(http).positionHistory(groupId, span),
    async invite({ expiresAt, uses } = {}) {
      const body = {
        ...(expiresAt === undefined ? {} : { expiresAtMs: expiresAt }),
        ...(uses === undefined ? {} : { uses }),
      };
      const path = `groups/${encodeURIComponent(groupId)}/invitations`;
      return http('POST', path, body, { expects: isInvitation });
    },
    olderMessages: (...page) => olderMessages(http, groupId, ...page),
    async report(memberId, reason) {
      await http('POST', `groups/${groupId}/reports`, { memberId, reason });
    },
    async takeDown(fileId) {
      if (!fileId) {
        throw new JamzError('not-found', 'This track has no file here that could be taken down.');
      }
      await http('DELETE', `files/${fileId}`);
    },
  };
}

function dataAccount(deps: AccountDeps): PersonData {
  const { identity } = deps;
  const { deletePositionHistory, positionHistoryChoice } = createHistoryAccount(deps.http);
  return {
    ...createPersonData(deps),
    ...{ deletePositionHistory, positionHistoryChoice, trip: linkedTrip(deps) },
    push() {
      const opening = pushes.get(deps) ?? pushOf(deps);
      pushes.set(deps, opening);
      // A page may register its worker later than it asks.
      const again = (): boolean => pushes.delete(deps);
      opening.then(({ state$ }) => state$.value === 'unsupported' && again(), again);
      return opening;
    },
    async privatePlaces() {
      const userId = identity.user$.value?.id;
      if (userId === undefined) throw new JamzError('unauthenticated', 'Sign in first.');
      const { privatePlacesOf } = await import('../positions/private-places.ts');
      const { caches: sealed, preferences: marks } = deps.storage;
      return privatePlacesOf({ sealed, marks, userId, random: deps.random });
    },
  };
}

async function pushOf({ http, identity, storage }: AccountDeps): Promise<Push> {
  const { openPush } = await import('../push/open-push.ts');
  return openPush({ http, user$: identity.user$, preferences: storage.preferences });
}

function isUser(json: unknown): json is User {
  return isRecord(json) && typeof json['id'] === 'string' && typeof json['guest'] === 'boolean';
}

function isDevices(json: unknown): json is readonly Device[] {
  return (
    Array.isArray(json) &&
    json.every(
      (one) => isRecord(one) && typeof one['id'] === 'string' && typeof one['name'] === 'string',
    )
  );
}

function isInvitation(json: unknown): json is Awaited<ReturnType<Group['invite']>> {
  return isRecord(json) && typeof json['code'] === 'string' && typeof json['url'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
