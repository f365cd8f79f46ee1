import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GroupAction } from '../api.ts';
import { type GroupPolicies, payloadShapes } from '../protocol/payloads.ts';
import { actionOf, type MemberAction, may } from './permissions.ts';
import { TestLog } from './test-log.ts';

/** The public list and this one are the same: neither line compiles otherwise. */
const asPublic = (action: MemberAction): GroupAction => action;
const fromPublic = (action: GroupAction): MemberAction => action;

const everyAction = [
  'listen control add-tracks remove-tracks move-tracks upload invite remove-members set-roles',
  'update-group delete-group send-messages save-places report-position',
]
  .join(' ')
  .split(' ') as GroupAction[];

function group(policies: Partial<GroupPolicies> = {}): TestLog {
  const log = new TestLog();
  const defaults = { join: 'invited', add: 'everyone', control: 'everyone' } as const;
  log.append('group.create', { name: 'Trip', policies: { ...defaults, ...policies } });
  log.append('members.join', { memberId: 'ana', name: 'Ana', role: 'owner' });
  log.append('members.join', { memberId: 'mo', name: 'Mo', role: 'moderator' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' });
  return log;
}

const denied = (log: TestLog, userId: string): string =>
  everyAction.filter((action) => !may(log.group, userId, fromPublic(asPublic(action)))).join(' ');

describe('permissions', () => {
  it('[MG22] let an owner do everything and an outsider nothing', () => {
    equal(denied(group(), 'ana'), '');
    equal(denied(group(), 'eve'), everyAction.join(' '));
  });

  it('[MG22] let a moderator remove, but not change roles or the group', () => {
    equal(denied(group(), 'mo'), 'set-roles update-group delete-group');
  });

  it('[MG22] keep a member from removing members as well', () => {
    equal(denied(group(), 'bo'), 'remove-members set-roles update-group delete-group');
  });

  it('[MG22] follow the policy for adding: owners only, though moderators take tracks down', () => {
    const log = group({ add: 'owners' });
    for (const action of ['add-tracks', 'move-tracks', 'upload'] as const) {
      deepEqual(
        ['ana', 'mo', 'bo'].map((user) => may(log.group, user, action)),
        [true, false, false],
      );
    }
    deepEqual(
      ['mo', 'bo'].map((user) => may(log.group, user, 'remove-tracks')),
      [true, false],
    );
  });

  it('[MG22] follow the policy for control', () => {
    const control = (policy: GroupPolicies['control']): boolean[] => {
      const { group: state } = group({ control: policy });
      return ['ana', 'mo', 'bo'].map((user) => may(state, user, 'control'));
    };
    deepEqual(control('everyone'), [true, true, true]);
    deepEqual(control('chosen'), [true, true, false]);
    deepEqual(control('owners'), [true, false, false]);
  });

  it('[MG22] end with membership and with the group', () => {
    const log = group();
    log.append('members.remove', { memberId: 'bo' });
    equal(may(log.group, 'bo', 'listen'), false);
    log.append('group.delete', {});
    equal(may(log.group, 'ana', 'listen'), false);
  });

  it('leave founding, joining, inviting and pruning to the server', () => {
    const types = Object.keys(payloadShapes) as (keyof typeof payloadShapes)[];
    const byServer = types.filter((type) => actionOf(type) === 'server');
    deepEqual(byServer, ['group.create', 'members.join', 'invitations.create', 'log.prune']);
    equal(
      types.every((type) => actionOf(type) !== undefined),
      true,
    );
  });
});
