import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { emptyState, foldOp } from '../merge/fold.ts';
import type { ScopeState } from '../merge/states.ts';
import { toRuns } from '../protocol/codec.ts';
import { formatHlc } from '../protocol/hlc.ts';
import type { Op } from '../protocol/ops.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { FieldBook, type Overtaken } from './field-book.ts';

/** A log of one group, and the book of `ana`’s phone, which is told of it. */
describe('the book of own fields', () => {
  let state: ScopeState;
  let seq: number;
  let book: FieldBook;
  let counter: number;

  const op = <Type extends OpType>(
    who: string,
    type: Type,
    payload: Payloads[Type],
    { base = seq, atMs = 1_000 * (counter + 1), generation = 1 } = {},
  ): Op => {
    counter += 1;
    return {
      type,
      payload,
      opId: `${who}-${counter}`,
      number: counter,
      replicaId: `${who}-phone`,
      authorId: who,
      stamp: formatHlc(atMs, 0, who),
      base: { generation, seq: base },
      version: 1,
    } as Op;
  };
  const fold = (ops: readonly Op[]): void => {
    for (const one of ops) {
      seq += 1;
      state = foldOp(state, one, { at: { generation: 1, seq, atMs: 0 }, edit: {} });
    }
  };
  const mine = (ops: readonly Op[]): readonly Op[] =>
    ops.filter(({ authorId }) => authorId === 'ana');
  /** The log takes these in one commit, and the phone hears of it. */
  const commit = (...ops: readonly Op[]): readonly Overtaken[] => {
    const first = seq + 1;
    fold(ops);
    const runs = toRuns(ops);
    const told = { generation: 1, seq: first, count: ops.length, atMs: 0, hash: '', runs };
    return book.take({ commits: [told], own: mine(ops), state, end: { generation: 1, seq } });
  };
  /** The phone was away meanwhile, and takes a snapshot. */
  const snapshot = (...ops: readonly Op[]): readonly Overtaken[] => {
    fold(ops);
    const end = { generation: 1, seq };
    return book.take({ commits: null, own: mine(ops), state, end });
  };
  const rename = (who: string, name: string, more?: { base?: number; atMs?: number }): Op =>
    op(who, 'places.update', { placeId: 'camp', name }, more);
  const told = (lost: readonly Overtaken[]) =>
    lost.map(({ kind, fields, by }) => [kind, by, fields.map(({ theirs }) => theirs)]);

  beforeEach(() => {
    state = emptyState('g:crew');
    seq = 0;
    counter = 0;
    book = new FieldBook();
    commit(op('bo', 'places.save', { placeId: 'camp', name: 'Camp', lat: 1, lng: 2 }));
  });

  it('[NT1] knows a write that lost to one that the log had before', () => {
    const early = rename('ana', 'Ana’s', { atMs: 50_000 });
    commit(rename('bo', 'Bo’s', { atMs: 60_000 }));
    deepEqual(told(commit(early)), [['overtaken', 'bo', ['Bo’s']]]);
  });

  it('[NT1] knows a write that lost to one that came later, once', () => {
    const base = seq;
    commit(rename('ana', 'Ana’s', { atMs: 50_000 }));
    deepEqual(told(commit(rename('bo', 'Bo’s', { base, atMs: 60_000 }))), [
      ['overtaken', 'bo', ['Bo’s']],
    ]);
    deepEqual(told(commit(rename('bo', 'Bo’s too', { base, atMs: 70_000 }))), []);
  });

  it('[NT1] a write with an earlier stamp overtakes nothing, however late it comes', () => {
    const base = seq;
    commit(rename('ana', 'Ana’s', { atMs: 50_000 }));
    deepEqual(told(commit(rename('bo', 'Bo’s', { base, atMs: 40_000 }))), []);
    equal(book.writes.length, 1);
  });

  it('[NT1] a role follows the log, whatever the stamps say', () => {
    commit(op('bo', 'members.join', { memberId: 'cleo', name: 'Cleo', role: 'member' }));
    const base = seq;
    commit(op('ana', 'members.role', { memberId: 'cleo', role: 'owner' }, { atMs: 90_000 }));
    const later = { base, atMs: 80_000 };
    deepEqual(
      told(commit(op('bo', 'members.role', { memberId: 'cleo', role: 'moderator' }, later))),
      [['overtaken', 'bo', ['moderator']]],
    );
  });

  it('[NT2] a base of a later generation has seen what was there before it forked', () => {
    commit(rename('ana', 'Ana’s', { atMs: 50_000 }));
    const later = op(
      'bo',
      'places.update',
      { placeId: 'camp', name: 'Bo’s' },
      { generation: 2, base: 1, atMs: 60_000 },
    );
    deepEqual(told(commit(later)), []);
  });

  it('[NT8] what waited when a snapshot came is compared with it', () => {
    const base = seq;
    const waiting = rename('ana', 'Ana’s', { base, atMs: 50_000 });
    deepEqual(told(snapshot(rename('bo', 'Bo’s', { base, atMs: 60_000 }), waiting)), [
      ['overtaken', null, ['Bo’s']],
    ]);
  });

  it('[NT8] of an older write a snapshot claims nothing, because it says not what was seen', () => {
    const base = seq;
    commit(rename('ana', 'Ana’s', { atMs: 50_000 }));
    deepEqual(told(snapshot(rename('bo', 'Bo’s', { base, atMs: 60_000 }))), []);
    equal(book.writes.length, 0);
  });

  it('[NT8] a write that a snapshot left standing can still be overtaken', () => {
    const base = seq;
    commit(rename('ana', 'Ana’s', { atMs: 50_000 }));
    snapshot();
    deepEqual(told(commit(rename('bo', 'Bo’s', { base, atMs: 60_000 }))), [
      ['overtaken', 'bo', ['Bo’s']],
    ]);
  });

  it('[NT9] remembers a hundred writes of a scope and none of what others write', () => {
    for (let index = 0; index < 150; index++) {
      commit(op('bo', 'places.save', { placeId: `p${index}`, name: '', lat: 0, lng: 0 }));
      commit(op('ana', 'places.update', { placeId: `p${index}`, name: 'mine' }));
    }
    equal(book.writes.length, 100);
    equal(book.writes.at(-1)?.subject, 'place:p149');
  });

  it('[NT9] forgets what it removed itself', () => {
    commit(rename('ana', 'Ana’s'));
    commit(op('ana', 'places.remove', { placeId: 'camp' }));
    equal(book.writes.length, 0);
  });
});
