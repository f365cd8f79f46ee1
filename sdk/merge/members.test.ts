import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestLog } from './test-log.ts';

const person = (memberId: string, role: 'owner' | 'moderator' | 'member' = 'member') => ({
  memberId,
  name: memberId,
  role,
});

function trip(): TestLog {
  const log = new TestLog();
  log.append('members.join', person('ana', 'owner'));
  log.append('members.join', person('bo'), { by: 'server' });
  return log;
}

const names = (log: TestLog): string => [...log.group.members.present.keys()].join(' ');

describe('members', () => {
  it('[MG19] are all who joined', () => {
    equal(names(trip()), 'ana bo');
  });

  it('[MG20] come back as a new incarnation, and only by joining', () => {
    const log = trip();
    log.append('members.remove', { memberId: 'bo' });
    log.append('members.describe', { name: 'Bo' }, { by: 'bo' });
    log.append('members.role', { memberId: 'bo', role: 'moderator' });
    equal(names(log), 'ana');
    log.append('members.join', person('bo'), { by: 'server' });
    equal(log.group.members.present.get('bo')?.incarnation, 6);
    equal(log.group.members.former.has('bo'), false);
  });

  it('[MG21] keep their last owner, who can neither leave nor step down nor be removed', () => {
    const log = trip();
    log.append('members.leave', {});
    log.append('members.role', { memberId: 'ana', role: 'member' });
    log.append('members.remove', { memberId: 'ana' }, { by: 'bo' });
    equal(log.group.members.present.get('ana')?.role, 'owner');
    log.append('members.role', { memberId: 'bo', role: 'owner' });
    log.append('members.leave', {});
    equal(names(log), 'bo');
  });

  it('[MG20] remember a ban, also of one who had left', () => {
    const log = trip();
    log.append('members.leave', {}, { by: 'bo' });
    log.append('members.remove', { memberId: 'bo', ban: true });
    deepEqual(log.group.members.former.get('bo'), { seq: 3, how: 'banned', name: 'bo' });
  });

  it('remember who left and who was removed', () => {
    const log = trip();
    log.append('members.join', person('cy'), { by: 'server' });
    log.append('members.leave', {}, { by: 'bo' });
    log.append('members.remove', { memberId: 'cy' });
    equal(log.group.members.former.get('bo')?.how, 'left');
    equal(log.group.members.former.get('cy')?.how, 'removed');
  });

  it('remember over what stretches of the log they were away, however often they come back', () => {
    const log = trip();
    const comeAndGo = (said: number) => {
      log.append('members.leave', {}, { by: 'bo' });
      for (let count = 0; count < said; count++) log.add([`${log.ops.length}`]);
      log.append('members.join', person('bo'), { by: 'server' });
    };
    comeAndGo(2);
    deepEqual(log.group.members.present.get('bo')?.away, [[4, 5]]);
    comeAndGo(0);
    deepEqual(log.group.members.present.get('bo')?.away, [[4, 5]]);
    comeAndGo(1);
    deepEqual(log.group.members.present.get('bo')?.away, [
      [4, 5],
      [10, 10],
    ]);
    equal(log.group.members.present.get('ana')?.away, undefined);
  });

  it('say their own name and photo', () => {
    const log = trip();
    log.append('members.describe', { name: 'Bo B.', photoFileId: 'p1' }, { by: 'bo' });
    const { name, photoFileId } = log.group.members.present.get('bo') ?? {};
    deepEqual([name, photoFileId], ['Bo B.', 'p1']);
  });

  it('[MG11] leave the audio session with the group, and end it when they were the last', () => {
    const log = trip();
    log.append('session.start', { sessionId: 's' });
    log.append('session.join', { sessionId: 's' }, { by: 'bo' });
    log.append('members.remove', { memberId: 'bo' });
    deepEqual(log.group.session.running?.members, ['ana']);
    log.append('members.join', person('cy', 'owner'), { by: 'server' });
    log.append('members.leave', {});
    equal(log.group.session.running, null);
  });

  it('[SN8] remember so many absences at most, and then hide more of the oldest, never less', () => {
    const log = trip();
    const gone: number[] = [];
    for (let time = 0; time < 40; time++) {
      log.append('members.leave', {}, { by: 'bo' });
      log.append('repeat.set', { mode: 'all' });
      gone.push(log.ops.length);
      log.append('members.join', person('bo'), { by: 'server' });
    }
    const away = log.group.members.present.get('bo')?.away ?? [];
    equal(away.length, 16);
    equal(
      gone.every((seq) => away.some(([from, to]) => from <= seq && seq <= to)),
      true,
    );
  });
});

describe('invitations', () => {
  it('[MG18] count the joins that use them', () => {
    const log = trip();
    log.append('invitations.create', { code: 'abc', uses: 1 });
    log.append('members.join', { ...person('cy'), invitation: 'abc' }, { by: 'server' });
    equal(log.group.invitations.get('abc')?.usesLeft, 0);
  });

  it('are not spent by a join that changes nothing', () => {
    const log = trip();
    log.append('invitations.create', { code: 'abc', uses: 1 });
    log.append('members.join', { ...person('bo'), invitation: 'abc' }, { by: 'server' });
    equal(log.group.invitations.get('abc')?.usesLeft, 1);
  });

  it('[MG18] stay revoked', () => {
    const log = trip();
    log.append('invitations.create', { code: 'abc' });
    log.append('invitations.revoke', { code: 'abc' });
    log.append('invitations.create', { code: 'abc' });
    equal(log.group.invitations.get('abc')?.revoked, true);
  });
});
