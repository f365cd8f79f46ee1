import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toRuns } from '../protocol/codec.ts';
import type { Op } from '../protocol/ops.ts';
import type { Commit } from '../protocol/wire.ts';
import { emptyState, foldCommit, foldPending, isApplied } from './fold.ts';
import { itemIds } from './playlist-order.ts';
import { stateHash } from './snapshot.ts';
import { startMs, TestLog } from './test-log.ts';

function commitOf(ops: readonly Op[], seq: number): Commit {
  return { generation: 1, seq, count: ops.length, atMs: startMs, hash: '', runs: toRuns(ops) };
}

describe('fold', () => {
  it('[OP13] gives one state for a log, however it was cut into commits', () => {
    const log = new TestLog().add(['a', 'b'], {}, 1_000).play('a', 0);
    log.append('messages.send', { messageId: 'm', text: 'hi' }, { by: 'bo' });
    const all = foldCommit(emptyState('g:road'), commitOf(log.ops, 1));
    const first = foldCommit(emptyState('g:road'), commitOf(log.ops.slice(0, 2), 1));
    const second = foldCommit(first, commitOf(log.ops.slice(2), 3));
    equal(stateHash(second), stateHash(all));
    equal(stateHash(log.state), stateHash(all));
  });

  it('[OP4] lets an op that came twice have one effect, though it takes a place in the log', () => {
    const log = new TestLog().add(['a']);
    const [op] = log.ops;
    const again = foldCommit(log.state, commitOf(op ? [op] : [], 2));
    equal(again, log.state);
    const sent = log.make('messages.send', { messageId: 'm', text: 'x' }) as unknown as Op;
    const after = foldCommit(log.state, commitOf(op ? [op, sent] : [], 2));
    equal(after.kind === 'group' && after.messages.get('m')?.seq, 3);
  });

  it('[OP12] leaves the state that it was given as it was', () => {
    const log = new TestLog().add(['a', 'b']);
    const before = stateHash(log.state);
    const given = log.state;
    const ops = new TestLog().add(['c', 'd'], { by: 'bo' }).ops;
    foldCommit(given, commitOf(ops, 3));
    equal(stateHash(given), before);
  });

  it('[OP5] remembers numbers as ranges, holes included', () => {
    const log = new TestLog();
    const ops = ['a', 'b', 'c'].map((messageId) =>
      log.make('messages.send', { messageId, text: 'x' }),
    );
    log.fold(ops[2] as unknown as Op);
    log.fold(ops[0] as unknown as Op);
    deepEqual(log.state.applied.get('ana'), [
      [1, 1],
      [3, 3],
    ]);
    deepEqual(
      [1, 2, 3].map((number) => isApplied(log.state, 'ana', number)),
      [true, false, true],
    );
  });

  it('[OP18] shows a pending op without counting it as applied', () => {
    const log = new TestLog().add(['a']);
    const op = log.make('playlist.add', { items: [{ itemId: 'b', title: 'b' }] }) as unknown as Op;
    const at = { generation: 1, seq: 2, atMs: startMs };
    const pending = foldPending(log.state, op, { at, edit: {} });
    deepEqual(pending.kind === 'group' && itemIds(pending.playlist), ['a', 'b']);
    equal(pending.applied, log.state.applied);
  });

  it('[OP15] changes nothing but the numbers for an op of the other kind of scope', () => {
    const person = new TestLog('u:ana');
    const { fields } = person.user;
    person.append('messages.send', { messageId: 'm', text: 'x' });
    equal(person.user.fields, fields);
    const group = new TestLog();
    const { info } = group.group;
    group.append('profile.update', { name: 'x' });
    equal(group.group.info, info);
    equal(isApplied(group.state, 'ana', 1), true);
  });
});
