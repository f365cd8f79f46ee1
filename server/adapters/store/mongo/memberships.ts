import type { Filter } from 'mongodb';
import type { GroupRecord, MembershipRecord, MembershipStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { isDuplicate, upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createMemberships(
  { groups, memberships, stays }: Collections,
  gate: Gate,
): MembershipStore {
  const findGroup = async (
    filter: Partial<Documents['groups']>,
  ): Promise<GroupRecord | undefined> => {
    const found = await gate.run((within) => groups.findOne(filter, within));
    return found ? toGroup(found) : undefined;
  };
  const findAll = (
    filter: Filter<Documents['groups']>,
    order: Readonly<Record<string, 1>>,
    limit: number,
  ): Promise<Documents['groups'][]> =>
    gate.run((within) => groups.find(filter, within).sort(order).limit(limit).toArray());

  return {
    group: (groupId) => findGroup({ _id: groupId }),
    groupByPlace: (siteId, place) =>
      findGroup({ siteId, placeKey: placeKeyOf({ groupId: '', place }) }),
    async createGroup(group) {
      try {
        await gate.run((within) => groups.insertOne(groupDocument(group), within));
        return 'written';
      } catch (error) {
        if (isDuplicate(error)) return 'taken';
        throw error;
      }
    },
    async updateGroup(group) {
      const { _id, siteId: _site, ...changes } = groupDocument(group);
      await gate.run((within) => groups.updateOne({ _id }, { $set: changes }, within));
    },
    async ofUser(userId) {
      const own = await gate.run((within) => memberships.find({ userId }, within).toArray());
      const roles = new Map(own.map(({ groupId, role }) => [groupId, role]));
      const filter = { _id: { $in: [...roles.keys()] }, deleted: false };
      const found = await findAll(filter, { name: 1, _id: 1 }, 0);
      return found.flatMap((group) => {
        const role = roles.get(group._id);
        return role ? [{ ...toGroup(group), role }] : [];
      });
    },
    async ofSite(siteId, after, limit) {
      const filter = { siteId, deleted: false, _id: { $gt: after ?? '' } };
      return (await findAll(filter, { _id: 1 }, limit)).map(toGroup);
    },
    async put(membership) {
      const { _id, role, ...first } = membershipDocument(membership);
      const { userId, groupId } = membership;
      await upserting(() =>
        gate.run((within) =>
          stays.updateOne(
            { _id },
            { $setOnInsert: { userId, groupId } },
            { ...within, upsert: true },
          ),
        ),
      );
      const update = { $set: { role }, $setOnInsert: first };
      await upserting(() =>
        gate.run((within) => memberships.updateOne({ _id }, update, { ...within, upsert: true })),
      );
    },
    async remove(userId, groupId) {
      const _id = membershipIdOf({ userId, groupId });
      await gate.run((within) => memberships.deleteOne({ _id }, within));
    },
  };
}

export function groupDocument({ groupId: _id, ...group }: GroupRecord): Documents['groups'] {
  return { _id, ...group, placeKey: placeKeyOf({ groupId: _id, place: group.place }) };
}

export function membershipDocument(membership: MembershipRecord): Documents['memberships'] {
  return { _id: membershipIdOf(membership), ...membership };
}

export function membershipIdOf({
  userId,
  groupId,
}: Pick<MembershipRecord, 'userId' | 'groupId'>): string {
  return `${userId} ${groupId}`;
}

/** Unique within the site also where a group stands for no place. */
function placeKeyOf({ groupId, place }: Pick<GroupRecord, 'groupId' | 'place'>): string {
  return place === null ? `none ${groupId}` : `is ${place}`;
}

function toGroup({ _id: groupId, placeKey: _, ...group }: Documents['groups']): GroupRecord {
  return { groupId, ...group };
}
