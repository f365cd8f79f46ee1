import type { GroupState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, newId, type UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { GroupPolicies } from '../../sdk/protocol/payloads.ts';
import type { WireGroup } from '../../sdk/protocol/wire.ts';
import type { GroupInQuestion } from '../access/caller.ts';
import type { GroupRecord, Site, Store } from '../ports/store.ts';
import type { ServerDraft } from '../sync/job.ts';
import type { GroupLog } from './group-log.ts';

/** Who founds or enters a group. */
export interface Person {
  readonly userId: UserId;
  readonly siteId: string;
  readonly name: string;
}

/** Making groups, entering them, listing them. */
export interface Groups {
  /** The founder is its owner. */
  create(founder: Person, name: string): Promise<WireGroup>;
  /**
   * The group of a place of the site, as a page's own path: made on first use, entered on the first visit. Whoever
   * comes first owns it.
   *
   * @throws {JamzError} `forbidden` where the site is not open, or the group only by invitation; `removed` to who was
   *   removed or banned; `gone` once deleted
   */
  open(person: Person, place: string): Promise<WireGroup>;
  /** Enters by an invitation; who is in already spends nothing. @throws {JamzError} `not-found`, `gone`, `removed` */
  join(person: Person, code: string): Promise<WireGroup>;
  listOf(userId: UserId): Promise<readonly WireGroup[]>;
  /** For the access table: the group's site and state; undefined for an unknown group. */
  inQuestion(groupId: GroupId): Promise<GroupInQuestion | undefined>;
}

export interface GroupsDeps {
  readonly store: Pick<Store, 'memberships' | 'sites'>;
  readonly log: GroupLog;
  /** @throws {JamzError} `not-found`, `gone`: the group that a code of this site leads to */
  readonly groupOfCode: (siteId: string, code: string) => Promise<GroupId>;
  /** Told before somebody enters by a code. @throws {JamzError} `gone` for one that a ban has ended */
  readonly noteUse: (groupId: GroupId, code: string, userId: UserId) => Promise<void>;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  /** Asked before a site gets a group, or a group a member, more. @throws {JamzError} `quota-exceeded` */
  readonly admit?: (siteId: string, what: 'groups' | 'members', more: number) => Promise<void>;
  /** Whether a place of this site is free again once its group was deleted; default no. */
  readonly reopens?: (site: Site) => boolean;
  /** Called when a place's group has just been made, before anybody sees it. */
  readonly onOpened?: (group: {
    readonly groupId: GroupId;
    readonly site: Site;
    readonly founderId: UserId;
  }) => Promise<void>;
}

export function createGroups(deps: GroupsDeps): Groups {
  const { store, log, random } = deps;

  async function make(
    { siteId }: Person,
    name: string,
    policies: GroupPolicies,
    place: string | null,
  ): Promise<GroupRecord | undefined> {
    await deps.admit?.(siteId, 'groups', 1);
    const groupId = newId(random, 16);
    const deleted = false;
    const record = { groupId, siteId, name, memberCount: 0, policies, deleted, place };
    return (await store.memberships.createGroup(record)) === 'written' ? record : undefined;
  }

  /** Founds the group where its log is still empty, as after a crash in between, and lets the person in. */
  async function enter(
    person: Person,
    { groupId, name, policies }: GroupRecord,
    invitation?: string,
  ): Promise<{ readonly group: WireGroup; readonly founded: boolean }> {
    const { members } = await log.stateOf(groupId);
    if (!members.present.has(person.userId)) await deps.admit?.(person.siteId, 'members', 1);
    let founded = false;
    await log.append(groupId, (state) => {
      founded = false;
      refuseDeleted(state.info.info.deleted);
      const { present } = state.members;
      if (present.has(person.userId)) return [];
      founded = state.info.info.createdAtMs === 0;
      if (!founded && invitation === undefined) refuseUninvited(state, person.userId);
      const drafts: ServerDraft[] = [];
      if (founded) drafts.push({ type: 'group.create', payload: { name, policies } });
      drafts.push({
        type: 'members.join',
        authorId: person.userId,
        payload: {
          memberId: person.userId,
          name: person.name,
          role: founded ? 'owner' : 'member',
          ...(invitation === undefined ? {} : { invitation }),
        },
      });
      return drafts;
    });
    return { group: await seenBy(person.userId, groupId), founded };
  }

  async function seenBy(userId: UserId, groupId: GroupId): Promise<WireGroup> {
    const { info, members } = await log.stateOf(groupId);
    const me = members.present.get(userId);
    if (!me) throw new JamzError('removed', 'You were removed from this group just now');
    const { name, photoFileId } = info.info;
    return { id: groupId, name, role: me.role, memberCount: members.present.size, photoFileId };
  }

  async function atPlace(site: Site, place: string): Promise<GroupRecord | undefined> {
    const there = await store.memberships.groupByPlace(site.siteId, place);
    if (!there?.deleted || deps.reopens?.(site) !== true) return there;
    await store.memberships.updateGroup({ ...there, place: null });
    return undefined;
  }

  return {
    async create(founder, name) {
      const record = await make(founder, name, invited, null);
      if (!record) throw new Error('A group without a place cannot be taken');
      return (await enter(founder, record)).group;
    },

    async open(person, place) {
      const site = await store.sites.byId(person.siteId);
      if (site?.policy !== 'open') {
        throw new JamzError('forbidden', 'This site opens no groups by itself: join or make one');
      }
      const there = await atPlace(site, place);
      const made = there ?? (await make(person, nameOf(place, site), anyone, place));
      const record = made ?? (await store.memberships.groupByPlace(person.siteId, place));
      if (!record) throw new Error('The group of a place was taken and is not there');
      const { group, founded } = await enter(person, record);
      if (founded) {
        await deps.onOpened?.({ groupId: group.id, site, founderId: person.userId });
      }
      return group;
    },

    async join(person, code) {
      const groupId = await deps.groupOfCode(person.siteId, code);
      const { members } = await log.stateOf(groupId);
      if (members.present.has(person.userId)) return seenBy(person.userId, groupId);
      const record = await store.memberships.group(groupId);
      if (!record) throw new Error(`An invitation leads to the unknown group ${groupId}`);
      await deps.noteUse(groupId, code, person.userId);
      return (await enter(person, record, code)).group;
    },

    async listOf(userId) {
      const groups = await store.memberships.ofUser(userId);
      return groups
        .filter(({ deleted }) => !deleted)
        .map(({ groupId, name, role, memberCount }) => ({ id: groupId, name, role, memberCount }));
    },

    async inQuestion(groupId) {
      const record = await store.memberships.group(groupId);
      return record && { siteId: record.siteId, state: await log.stateOf(groupId) };
    },
  };
}

const invited: GroupPolicies = { join: 'invited', add: 'everyone', control: 'everyone' };
const anyone: GroupPolicies = { join: 'open', add: 'everyone', control: 'everyone' };

/** A path reads better without its slashes; the bare page is the site itself. */
function nameOf(place: string, site: Site): string {
  const name = place.replaceAll(/^\/+|\/+$/g, '').trim();
  return (name === '' ? site.name : name).slice(0, limits.maxNameChars);
}

/** Who was removed is told so by the state's own rules. */
function refuseUninvited({ info, members }: GroupState, userId: UserId): void {
  const how = members.former.get(userId)?.how ?? 'left';
  if (how !== 'left' || info.info.policies.join === 'open') return;
  throw new JamzError('forbidden', 'This group takes people by invitation: ask for a code');
}

function refuseDeleted(deleted: boolean): void {
  if (deleted) throw new JamzError('gone', 'This group was deleted');
}
