import { isOpen } from '../../sdk/merge/invitations.ts';
import { may } from '../../sdk/merge/permissions.ts';
import type { GroupState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, newId, type UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { GroupLog } from './group-log.ts';

/** Codes that let people into groups. */
export interface Invitations {
  /** @throws {JamzError} `forbidden`, `removed`, `invalid` for an end that is past */
  create(
    by: UserId,
    groupId: GroupId,
    terms: { readonly expiresAtMs?: number; readonly uses?: number },
  ): Promise<{ readonly code: string; readonly url: string }>;
  /** What somebody who holds a code may know before entering. @throws {JamzError} `not-found`, `gone` */
  lookUp(code: string): Promise<{ readonly groupName: string; readonly site: string }>;
  /** The group that a working code of this site leads to. @throws {JamzError} `not-found`, `gone` */
  check(siteId: string, code: string): Promise<GroupId>;
  /**
   * The group that a code of this site leads to, whether it still works or not: who is in already needs no use of it.
   *
   * @throws {JamzError} `not-found`
   */
  groupOf(siteId: string, code: string): Promise<GroupId>;
  /** Notes that somebody comes by a code. @throws {JamzError} `gone` for one that a ban has ended */
  noteUse(groupId: GroupId, code: string, userId: UserId): Promise<void>;
}

export interface InvitationsDeps {
  readonly store: Pick<Store, 'invitations' | 'memberships' | 'sites'>;
  readonly log: GroupLog;
  readonly clock: Clock;
  /** Numbers in [0, 1), cryptographic: a code is a secret. */
  readonly random: () => number;
  /** Where browsers reach the playground, without a slash at the end. */
  readonly publicUrl: () => string;
}

/** 62 bits: not to be guessed through a rate limit, and still short enough to read out. */
const codeChars = 12;

export function createInvitations(deps: InvitationsDeps): Invitations {
  const { store, log, clock, random, publicUrl } = deps;

  async function found(code: string): Promise<{ groupId: GroupId; siteId: string }> {
    const groupId = await store.invitations.groupOf(code);
    const group = groupId === undefined ? undefined : await store.memberships.group(groupId);
    if (!group) throw unknown();
    return group;
  }

  async function working(groupId: GroupId, code: string): Promise<GroupState> {
    const state = await log.stateOf(groupId);
    const invitation = state.invitations.get(code);
    if (!invitation) throw unknown();
    if (state.info.info.deleted) throw new JamzError('gone', 'This group was deleted');
    await refuseOfBanned(state, code);
    if (isOpen(invitation, clock.nowMs())) return state;
    throw new JamzError(
      'gone',
      'This invitation was revoked, has expired or is used up: ask for a new one',
    );
  }

  async function groupOf(siteId: string, code: string): Promise<GroupId> {
    const group = await found(code);
    if (group.siteId !== siteId) throw unknown();
    return group.groupId;
  }

  /**
   * A code by which somebody came who is banned now, or that they made, is dead: a guest who comes back as a new
   * person holds it still.
   */
  async function refuseOfBanned({ members, invitations }: GroupState, code: string): Promise<void> {
    const banned = [...members.former].flatMap(([userId, { how }]) =>
      how === 'banned' ? [userId] : [],
    );
    if (banned.length === 0) return;
    const maker = invitations.get(code)?.createdBy;
    const isTheirs = maker !== undefined && banned.includes(maker);
    if (!isTheirs && !(await store.invitations.wasUsedBy(code, banned))) return;
    throw new JamzError('gone', 'This invitation ended with a ban: ask for a new one');
  }

  return {
    groupOf,

    async noteUse(groupId, code, userId) {
      const state = await log.stateOf(groupId);
      // Who is banned is told so, not that the code is dead.
      if (state.members.former.get(userId)?.how === 'banned') return;
      await refuseOfBanned(state, code);
      await store.invitations.noteUse(code, userId);
    },

    async create(by, groupId, { expiresAtMs, uses }) {
      const code = newId(random, codeChars);
      await log.append(groupId, (state, atMs) => {
        if (!may(state, by, 'invite')) {
          throw new JamzError('forbidden', 'The rules of this group do not let you invite');
        }
        if (expiresAtMs !== undefined && expiresAtMs <= atMs) {
          throw new JamzError('invalid', 'expiresAtMs is past: choose a time to come');
        }
        const terms = {
          ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
          ...(uses === undefined ? {} : { uses }),
        };
        return [{ type: 'invitations.create', authorId: by, payload: { code, ...terms } }];
      });
      // After the log: a code that leads nowhere has not been shown to anybody.
      await store.invitations.put(code, groupId);
      return { code, url: `${publicUrl()}/?join=${code}` };
    },

    async lookUp(code) {
      const { groupId, siteId } = await found(code);
      const state = await working(groupId, code);
      const site = await store.sites.byId(siteId);
      if (!site) throw unknown();
      return { groupName: state.info.info.name, site: site.key };
    },

    async check(siteId, code) {
      const groupId = await groupOf(siteId, code);
      await working(groupId, code);
      return groupId;
    },
  };
}

function unknown(): JamzError {
  return new JamzError('not-found', 'This invitation is unknown: check the code');
}
