import type { DatabaseSync } from 'node:sqlite';
import type { GroupPolicies, Role } from '../../../../sdk/protocol/payloads.ts';
import type { GroupRecord, MembershipStore } from '../../../ports/store.ts';
import { figure, json, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createMemberships(database: DatabaseSync, queue: WriteQueue): MembershipStore {
  const selectGroup = database.prepare('SELECT * FROM groups WHERE group_id = ?');
  const selectByPlace = database.prepare('SELECT * FROM groups WHERE site_id = ? AND place = ?');
  const insertGroup = database.prepare(`
    INSERT INTO groups (group_id, site_id, name, member_count, policies, deleted, place) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const updateGroup = database.prepare(`
    UPDATE groups SET name = ?, member_count = ?, policies = ?, deleted = ?, place = ? WHERE group_id = ?`);
  const selectOfUser = database.prepare(`
    SELECT groups.*, memberships.role FROM memberships JOIN groups USING (group_id)
    WHERE memberships.user_id = ? AND groups.deleted = 0 ORDER BY groups.name, groups.group_id`);
  const selectOfSite = database.prepare(`
    SELECT * FROM groups WHERE site_id = ? AND deleted = 0 AND group_id > ? ORDER BY group_id LIMIT ?`);
  const put = database.prepare(`
    INSERT INTO memberships (user_id, group_id, site_id, role) VALUES (?, ?, ?, ?)
    ON CONFLICT (user_id, group_id) DO UPDATE SET role = excluded.role`);
  const keepStay = database.prepare(
    'INSERT INTO stays (user_id, group_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = database.prepare('DELETE FROM memberships WHERE user_id = ? AND group_id = ?');

  return {
    async group(groupId) {
      const row = selectGroup.get(groupId);
      return queue.durable(row && toGroup(row));
    },
    async groupByPlace(siteId, place) {
      const row = selectByPlace.get(siteId, place);
      return queue.durable(row && toGroup(row));
    },
    createGroup({ groupId, siteId, name, memberCount, policies, deleted, place }) {
      return queue.write(() => {
        const { changes } = insertGroup.run(
          groupId,
          siteId,
          name,
          memberCount,
          JSON.stringify(policies),
          Number(deleted),
          place,
        );
        return changes > 0 ? 'written' : 'taken';
      });
    },
    updateGroup({ groupId, name, memberCount, policies, deleted, place }) {
      return queue.write(() => {
        updateGroup.run(
          name,
          memberCount,
          JSON.stringify(policies),
          Number(deleted),
          place,
          groupId,
        );
      });
    },
    async ofUser(userId) {
      const rows = selectOfUser.all(userId);
      return queue.durable(
        rows.map((row) => ({ ...toGroup(row), role: text(row, 'role') as Role })),
      );
    },
    async ofSite(siteId, after, limit) {
      return queue.durable(selectOfSite.all(siteId, after ?? '', limit).map(toGroup));
    },
    put({ userId, groupId, siteId, role }) {
      return queue.write(() => {
        put.run(userId, groupId, siteId, role);
        keepStay.run(userId, groupId);
      });
    },
    remove(userId, groupId) {
      return queue.write(() => {
        remove.run(userId, groupId);
      });
    },
  };
}

export function toGroup(row: Row): GroupRecord {
  return {
    groupId: text(row, 'group_id'),
    siteId: text(row, 'site_id'),
    name: text(row, 'name'),
    memberCount: figure(row, 'member_count'),
    policies: json<GroupPolicies>(row, 'policies'),
    deleted: figure(row, 'deleted') === 1,
    place: textOrNull(row, 'place'),
  };
}
