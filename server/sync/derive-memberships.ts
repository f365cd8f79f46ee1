import type { GroupState, ScopeState } from '../../sdk/merge/states.ts';
import { groupOfScope, type Scope, type UserId } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { EndedScope } from '../../sdk/protocol/wire.ts';
import type { BusMessage } from '../ports/bus.ts';
import type { GroupRecord, MembershipStore } from '../ports/store.ts';

/** What a stretch of a group's log changed in who is where. */
export interface MembershipChange {
  /** Users whose membership began, ended or has another role now. */
  readonly touched: readonly UserId[];
  /** Users who were in the group and are not. */
  readonly left: readonly UserId[];
  readonly deleted: boolean;
  /** The group looks different in lists. */
  readonly looks: boolean;
}

const shownCountCeiling = 200;

/** @param ops what leads from `before` to `after` */
export function membershipChange(
  before: ScopeState,
  after: ScopeState,
  ops: readonly Op[],
): MembershipChange | undefined {
  if (before.kind !== 'group' || after.kind !== 'group') return undefined;
  const { info: was, members: had } = before;
  const { info: is, members: has } = after;
  if (was === is && had === has) return undefined;
  const named = new Set(ops.flatMap(userNamedBy));
  const touched = [...named].filter(
    (userId) => had.present.get(userId)?.role !== has.present.get(userId)?.role,
  );
  return {
    touched,
    left: touched.filter((userId) => had.present.has(userId) && !has.present.has(userId)),
    deleted: is.info.deleted && !was.info.deleted,
    looks: was !== is || had.present.size !== has.present.size,
  };
}

/** Writes the change to the index behind "my groups". Writing it twice does no harm. */
export async function storeMemberships(
  store: MembershipStore,
  scope: Scope,
  after: GroupState,
  { touched, looks }: MembershipChange,
): Promise<void> {
  const groupId = groupOfScope(scope);
  const record = groupId === undefined ? undefined : await store.group(groupId);
  if (!record) return;
  const { present } = after.members;
  const writes = touched.map((userId) => {
    const member = present.get(userId);
    if (!member) return store.remove(userId, record.groupId);
    return store.put({
      userId,
      groupId: record.groupId,
      siteId: record.siteId,
      role: member.role,
    });
  });
  if (looks) writes.push(store.updateGroup(recordOf(record, after)));
  await Promise.all(writes);
}

/** Who has to be told of the change: whose sockets leave, and whose list of groups is another now. */
export function membershipNews(
  scope: Scope,
  before: GroupState,
  { touched, left, deleted, looks }: MembershipChange,
): readonly BusMessage[] {
  const everyone = () => [...before.members.present.keys()];
  const ended: BusMessage[] = deleted
    ? everyone().map((userId) => endOf(userId, { scope, code: 'gone', message: deletedMessage }))
    : left.map((userId) => endOf(userId, { scope, code: 'removed', message: removedMessage }));
  // In large groups a newcomer changes only a figure in everybody's list: not worth telling each of them.
  const tellAll = deleted || (looks && before.members.present.size <= shownCountCeiling);
  const told = new Set(tellAll ? [...everyone(), ...touched] : touched);
  return [...ended, ...[...told].map((userId): BusMessage => ({ kind: 'groups', userId }))];
}

/** Why somebody is no member any more; undefined for who is one. */
export function endOfStay(
  scope: Scope,
  { info, members }: GroupState,
  userId: UserId,
): EndedScope | undefined {
  if (info.info.deleted) return { scope, code: 'gone', message: deletedMessage };
  if (members.present.has(userId)) return undefined;
  return { scope, code: 'removed', message: removedMessage };
}

const deletedMessage = 'This group has been deleted';
const removedMessage = 'You are no longer a member of this group';

function endOf(userId: UserId, ended: EndedScope): BusMessage {
  return { kind: 'ended', userId, ended };
}

function userNamedBy(op: Op): readonly UserId[] {
  switch (op.type) {
    case 'members.join':
    case 'members.remove':
    case 'members.role':
      return [op.payload.memberId];
    case 'members.leave':
    case 'group.create':
      return [op.authorId];
    default:
      return [];
  }
}

function recordOf(record: GroupRecord, { info: { info }, members }: GroupState): GroupRecord {
  return {
    ...record,
    name: info.name,
    policies: info.policies,
    deleted: info.deleted,
    memberCount: members.present.size,
  };
}
