import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldPending } from './fold.ts';
import { conflictWindowMs, profileOf } from './profile.ts';
import { TestLog } from './test-log.ts';

const phone = { replicaId: 'phone' };
const laptop = { replicaId: 'laptop' };

/** Two devices, neither of which has seen the other, write the name: the laptop `apartMs` later. */
function twoNames(apartMs: number, second = 'Ana B.'): TestLog {
  const log = new TestLog('u:ana');
  log.append('profile.update', { name: 'Ana' }, { ...phone, seen: 0, madeMs: 0 });
  log.append('profile.update', { name: second }, { ...laptop, seen: 0, madeMs: apartMs });
  return log;
}

const openFields = (log: TestLog): string[] => log.user.conflicts.map(({ field }) => field);
const nameOf = (log: TestLog): string => profileOf(log.user).name;

describe('profile', () => {
  it('[CF1] asks when two devices write one field within five minutes; the later stands meanwhile', () => {
    const log = twoNames(60_000);
    equal(nameOf(log), 'Ana B.');
    const [open] = log.user.conflicts;
    deepEqual([open?.field, open?.mine.value, open?.theirs.value], ['name', 'Ana B.', 'Ana']);
  });

  it('[CF1] asks whichever of the two reaches the log first', () => {
    const log = new TestLog('u:ana');
    log.append('profile.update', { name: 'Ana B.' }, { ...laptop, seen: 0, madeMs: 60_000 });
    log.append('profile.update', { name: 'Ana' }, { ...phone, seen: 0, madeMs: 0 });
    equal(nameOf(log), 'Ana B.');
    const [open] = log.user.conflicts;
    deepEqual([open?.mine.value, open?.theirs.value], ['Ana B.', 'Ana']);
  });

  it('does not ask between what somebody signed up with and what they write before they have read it', () => {
    const log = new TestLog('u:ana');
    log.append('profile.update', { name: 'Ana' }, { replicaId: 'server', madeMs: 0 });
    log.append('profile.update', { name: 'Ana B.' }, { ...phone, seen: 0, madeMs: 1_000 });
    equal(nameOf(log), 'Ana B.');
    deepEqual(openFields(log), []);
  });

  it('[CF3] does not ask when the writes are five minutes apart, equal, or of different fields', () => {
    deepEqual(openFields(twoNames(conflictWindowMs)), []);
    deepEqual(openFields(twoNames(1_000, 'Ana')), []);
    const log = new TestLog('u:ana');
    log.append('profile.update', { name: 'Ana' }, { ...phone, seen: 0 });
    log.append('profile.update', { aiOptIn: true }, { ...laptop, seen: 0 });
    deepEqual(openFields(log), []);
  });

  it('[CF2] [MG26] does not ask when the second writer had seen the first, or is the same device', () => {
    const log = new TestLog('u:ana');
    log.append('profile.update', { name: 'Ana' }, { ...phone, madeMs: 0 });
    log.append('profile.update', { name: 'Ana B.' }, { ...laptop, madeMs: 1, seen: 1 });
    log.append('profile.update', { name: 'Ana C.' }, { ...laptop, madeMs: 2, seen: 1 });
    deepEqual([nameOf(log), openFields(log)], ['Ana C.', []]);
  });

  it('[CF4] closes a question with one answer, and two answers converge on the later', () => {
    const log = twoNames(60_000);
    const conflictId = log.user.conflicts[0]?.conflictId ?? '';
    const answer = (value: string) => ({ conflictId, field: 'name' as const, value });
    log.append('profile.answer', answer('Ana'), { ...phone, madeMs: 90_000, seen: 2 });
    deepEqual([nameOf(log), openFields(log)], ['Ana', []]);
    log.append('profile.answer', answer('Ana B.'), { ...laptop, madeMs: 80_000, seen: 2 });
    deepEqual([nameOf(log), openFields(log)], ['Ana', []]);
  });

  it('[CF7] takes a later write that had seen both sides for an answer', () => {
    const log = twoNames(60_000);
    log.append('profile.update', { name: 'A. B.' }, { ...phone, madeMs: 90_000, seen: 2 });
    deepEqual([nameOf(log), openFields(log)], ['A. B.', []]);
  });

  it('[CF9] takes every other write while a question is open, also of the field in question', () => {
    const log = twoNames(1_000);
    log.append('profile.update', { aiOptIn: true }, { ...phone, seen: 0 });
    log.append('profile.update', { name: 'Ana C.' }, { ...laptop, seen: 0, madeMs: 2_000 });
    const { aiOptIn, name } = profileOf(log.user);
    deepEqual([aiOptIn, name, openFields(log)], [true, 'Ana C.', ['name']]);
  });

  it('[CF8] keeps one question per field when a third device joins in', () => {
    const log = twoNames(60_000);
    log.append(
      'profile.update',
      { name: 'Anna' },
      { replicaId: 'tablet', seen: 0, madeMs: 30_000 },
    );
    deepEqual(openFields(log), ['name']);
    const [open] = log.user.conflicts;
    deepEqual([open?.mine.value, open?.theirs.value], ['Ana B.', 'Anna']);
  });

  it('[CF6] opens no question for an op that is still pending, but closes one', () => {
    const log = new TestLog('u:ana');
    log.append('profile.update', { name: 'Ana' }, { ...phone, seen: 0, madeMs: 0 });
    const context = { at: { generation: 1, seq: 3, atMs: 0 }, edit: {} };
    const update = log.make('profile.update', { name: 'X' }, { ...laptop, seen: 0, madeMs: 1 });
    const pending = foldPending(log.state, update, context);
    deepEqual(pending.kind === 'user' && [pending.conflicts, profileOf(pending).name], [[], 'X']);
    equal(pending.applied, log.state.applied);

    const asked = twoNames(60_000);
    const conflictId = asked.user.conflicts[0]?.conflictId ?? '';
    const answer = asked.make('profile.answer', { conflictId, field: 'name', value: 'Y' }, phone);
    const answered = foldPending(asked.state, answer, context);
    deepEqual(answered.kind === 'user' && answered.conflicts, []);
  });
});
